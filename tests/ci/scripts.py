"""The shell of a pipeline: taken out of its jobs, run with stand-ins for every command that reaches outside."""

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.terraform.harness import Terraform


@cache
def parsed_yaml(text: str) -> Any:
    """Return what a file holds. Read once and shared: do not change it."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


STRICT = "set -eo pipefail\n"
"""How both services begin a script."""

_LOG = """#!/bin/bash
printf -v words '%s\\x1f' "$(basename "$0")" "$@"
printf '%s\\n' "${words//$'\\n'/$'\\x1e'}" >> "$COMMANDS"
"""
"""One line for each command, and bash writes a line at once: the two sides of a pipe log at the same time."""
_STUBS = {
    "capgen": _LOG,
    "terraform": _LOG + 'case " $* " in *" plan "*) exit "${PLAN_CODE:-2}" ;; *" show "*) echo "{}" ;; esac\n',
    "gh": _LOG + 'printf "%s" "$GH_PRINTS"\n',
    "curl": _LOG + 'cat > /dev/null; printf "%s" "$CURL_PRINTS"\n',
    "python": _LOG + 'case "$*" in -c*) exec python3 "$@" ;; esac\n',
}


@dataclass(frozen=True)
class Script:
    """A script, the job it is of, its name there, and what the job gives it."""

    job: str
    name: str
    text: str
    env: Mapping[str, Any] = field(default_factory=dict)

    @property
    def in_sh(self) -> bool:
        """Whether it runs in the image of Terraform or OpenTofu, which has no bash."""
        return self.job.startswith(("plan ", "apply "))


def github_scripts(text: str) -> list[Script]:
    """Return the `run` blocks of a workflow or of a composite action."""
    document = parsed_yaml(text)
    jobs = document["jobs"] if "jobs" in document else {"action": document["runs"]}
    return [
        Script(job, str(step.get("name", "")), step["run"], step.get("env", {}))
        for job, content in jobs.items()
        for step in content["steps"]
        if "run" in step
    ]


def gitlab_jobs(text: str) -> dict[str, dict[str, Any]]:
    """Return what each job is with what it extends, as GitLab merges them, and not what is there to be extended."""
    known = {name: content for name, content in parsed_yaml(text).items() if isinstance(content, dict)}
    return {
        name: _extended(content, known)
        for name, content in known.items()
        if not name.startswith(".") and ("script" in content or "extends" in content or "stage" in content)
    }


def _extended(job: dict[str, Any], known: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return _laid(_extended(known[job["extends"]], known), job) if "extends" in job else job


def _laid(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay maps over each other, key by key; lists as a whole: https://docs.gitlab.com/ci/yaml/yaml_optimization/."""
    both = {key: _laid(under[key], over[key]) for key in under.keys() & over.keys()
            if isinstance(under[key], dict) and isinstance(over[key], dict)}  # fmt: skip
    return {**under, **over, **both}


def gitlab_scripts(text: str) -> list[Script]:
    """Return the script of each job, with what comes before it."""
    return [
        Script(job, part, "\n".join(content[part]), content.get("variables", {}))
        for job, content in gitlab_jobs(text).items()
        for part in ("before_script", "script")
        if part in content
    ]


@dataclass(frozen=True)
class Ran:
    """How a script ended, what it printed, and the commands that it ran, as words."""

    code: int
    output: str
    commands: list[list[str]]


def run(script: Script, folder: Path, **env: str) -> Ran:
    """Run a script in the folder with stand-ins, in the shell that the service has."""
    stubs = folder / ".stubs"
    for name, text in {**_STUBS, "tofu": _STUBS["terraform"]}.items():
        stub = stubs / name
        if not stub.exists():
            stubs.mkdir(exist_ok=True)
            stub.write_text(text, encoding="utf-8")
            stub.chmod(0o755)
    files = {name: str(folder / f".{name.lower()}") for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "COMMANDS")}
    for file in files.values():
        Path(file).unlink(missing_ok=True)
    environment = {"PATH": f"{stubs}:/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "RUNNER_TEMP": str(folder),
                   **files, **env}  # fmt: skip
    shell = ["sh", "-c", "set -e\n" + script.text] if script.in_sh else ["bash", "-c", STRICT + script.text]
    done = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    log = Path(files["COMMANDS"])
    return Ran(done.returncode, done.stdout + done.stderr, list(_commands(log)) if log.exists() else [])


def script_of(scripts: list[Script], job: str, name: str) -> Script:
    """Return the script of a job that has this name."""
    return next(script for script in scripts if (script.job, script.name) == (job, name))


def real_commands(folder: Path, capgen: Path, terraform: Terraform) -> dict[str, str]:
    """Return the environment in which capgen, terraform and git are the real ones, and gh alone is a stand-in."""
    stubs = folder / ".real"
    stubs.mkdir()
    for name, text in (
        ("gh", _STUBS["gh"]),
        ("capgen", f'#!/bin/bash\nexec "{capgen}/capgen" "$@"\n'),
        ("terraform", f'#!/bin/bash\nexec "{terraform.binary}" "$@"\n'),
    ):
        (stubs / name).write_text(text, encoding="utf-8")
        (stubs / name).chmod(0o755)
    return {**terraform.environment(), "PATH": f"{stubs}:/usr/local/bin:/usr/bin:/bin"}


def _commands(log: Path) -> Iterator[list[str]]:
    for line in log.read_text(encoding="utf-8").split("\n")[:-1]:
        yield line.replace("\x1e", "\n").split("\x1f")[:-1]
