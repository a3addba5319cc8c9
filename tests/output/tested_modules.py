"""Run the tests that come with compiled modules: where they stand, or many of them in one process."""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.terraform.harness import Result, Terraform

NO_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}


def each_in_its_place(terraform: Terraform, folders: list[Path]) -> list[Result]:
    """Run `terraform test` in each directory, as a reviewer does. Only the first takes the provider from the mirror."""
    first, *others = folders
    terraform.at(first).init().require()
    for folder in others:
        shutil.copytree(first / ".terraform", folder / ".terraform", symlinks=True)
        shutil.copy(first / ".terraform.lock.hcl", folder)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda folder: terraform.at(folder, **NO_CREDENTIALS).test(), folders))


@dataclass(frozen=True)
class Outcome:
    """What the test of one module came to: the status of each run, and what was said where it failed."""

    runs: Mapping[str, str]
    said: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether there were runs and all of them passed."""
        return set(self.runs.values()) == {"pass"}


def all_at_once(terraform: Terraform, root: Path, folders: Mapping[str, Path]) -> dict[str, Outcome]:
    """Run the tests of many modules from one root that names each of them, since most of a run is the provider's start.

    The directories stand below the root.
    """
    for name, folder in folders.items():
        (file,) = (folder / "tests").iterdir()
        test = json.loads(file.read_text(encoding="utf-8"))
        for run in test["run"].values():
            run["module"] = {"source": f"./{folder.relative_to(root).as_posix()}"}
        (root / "tests").mkdir(exist_ok=True)
        (root / "tests" / f"{name}.tftest.json").write_text(json.dumps(test), encoding="utf-8")
        shutil.copy(folder / "versions.tf.json", root)
    command = terraform.at(root, **NO_CREDENTIALS)
    command.init().require()
    return _outcomes(command.run("test", "-json"))


def _outcomes(result: Result) -> dict[str, Outcome]:
    runs: dict[str, dict[str, str]] = defaultdict(dict)
    said: dict[str, list[str]] = defaultdict(list)
    for line in result.stdout.splitlines():
        message = json.loads(line)
        name = Path(message.get("@testfile", "")).name.partition(".")[0]
        if message["type"] == "test_run" and "status" in message["test_run"]:
            runs[name][message["@testrun"]] = message["test_run"]["status"]
        elif message["type"] == "diagnostic":
            said[name].append(f"{message['diagnostic']['summary']}: {message['diagnostic'].get('detail', '')}")
    assert runs, result
    return {name: Outcome(statuses, tuple(said[name])) for name, statuses in runs.items()}
