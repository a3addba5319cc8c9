"""Make the plans in plans/ anew: `python -m tests.gate.make_plans [hcl] [rich] [example]`.

Takes ten minutes, Terraform and a provider mirror.

They are genuine: what `terraform show -json` prints, less what tells of the machine, and less the modules that a
scenario is not about.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.emulator.emulator import Emulator
from tests.emulator.override import environment, write_override
from tests.gate.running import REGION, Running
from tests.gate.scenarios import SCENARIOS
from tests.gate.trim import trimmed
from tests.output.example import GOLDEN
from tests.terraform.harness import Terraform
from tests.terraform.mirror import Missing, find_toolchain

PLANS = Path(__file__).with_name("plans")
HCL = Path(__file__).with_name("hcl")
RICH = Path(__file__).parents[1] / "trees" / "rich"


def main(names: Sequence[str]) -> None:
    """Make the plans of these groups, or all."""
    toolchain = find_toolchain()
    if isinstance(toolchain, Missing):
        sys.exit(toolchain.reason)
    with TemporaryDirectory() as folder, Emulator.started(Path(folder) / "emulator.log") as emulator:
        terraform = Terraform.create(toolchain, Path(folder) / "home")
        for group, make in (("hcl", _hcl), ("rich", _rich), ("example", _example)):
            if not names or group in names:
                emulator.reset()
                make(terraform, Path(folder) / group, emulator)


def _hcl(terraform: Terraform, folder: Path, emulator: Emulator) -> None:
    _save("hcl", _turned(terraform, Path(shutil.copytree(HCL, folder)), emulator))


def _rich(terraform: Terraform, folder: Path, emulator: Emulator) -> None:
    """Plan the tree that tests/trees/rich holds, before and after it is applied."""
    command = _turned(terraform, Path(shutil.copytree(RICH, folder)) / REGION, emulator)
    _save("rich_first", command)
    _settled(command)
    _save("rich_nothing", command)


def _example(terraform: Terraform, folder: Path, emulator: Emulator) -> None:
    """Plan the compiled example, apply it, and plan every scenario from there."""
    running = Running(tree=Path(shutil.copytree(GOLDEN / "cap-production", folder)), emulator=emulator)
    command = _turned(terraform, running.root, emulator)
    _save("first", command)
    _settled(command)
    for name, change in SCENARIOS.items():
        with _restored(running.tree):
            change(running)
            command.init().require()
            _save(name, command)


def _settled(command: Terraform) -> None:
    """Apply, and let the state take over what AWS has made of it, which would be drift otherwise."""
    command.apply().require()
    command.run("apply", "-refresh-only", "-auto-approve", "-input=false").require()


def _turned(terraform: Terraform, root: Path, emulator: Emulator) -> Terraform:
    emulator.plant_named_in(root, REGION)
    write_override(root, emulator.url)
    command = terraform.at(root, **environment(emulator.url))
    command.init().require()
    return command


def _save(name: str, command: Terraform) -> None:
    saved = command.directory / "saved.tfplan"
    planned = command.plan(f"-out={saved}").require(0, 1, 2)
    shown = command.show_json(saved)
    saved.unlink()
    text = _lines(trimmed(name, shown))
    PLANS.mkdir(exist_ok=True)
    (PLANS / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"{name}: exit {planned.exit_code}, {len(json.dumps(shown))} -> {len(text)} bytes", flush=True)
    if planned.exit_code == 1:
        print(planned.stderr, flush=True)


def _lines(document: dict[str, Any]) -> str:
    """Write each part of the plan in one line, as short as can be."""
    return "{" + ",\n".join(f"{json.dumps(key)}:{json.dumps(value, separators=(',', ':'), sort_keys=True)}"
                            for key, value in document.items()) + "}\n"  # fmt: skip


@contextmanager
def _restored(tree: Path) -> Iterator[None]:
    """Put the files of a tree back afterwards; state and provider stay."""
    files = {path: path.read_bytes() for path in tree.rglob("*.tf.json")}
    try:
        yield
    finally:
        for path in tree.rglob("*.tf.json"):
            if path not in files:
                path.unlink()
        for path, content in files.items():
            path.write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
