"""Fleets of the example, and what does their tasks in this process."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from capgen.fleet.find import find_specs
from capgen.fleet.fleet import run_fleet
from capgen.fleet.options import Options
from capgen.fleet.pool import Outcomes, Told
from capgen.fleet.result import Fleet
from capgen.fleet.store import Store
from capgen.fleet.task import Task, Verb
from capgen.fleet.work import perform
from tests.output.example import example_spec
from tests.output.variants import patched


def write_spec(file: Path, name: str, **patch: Any) -> Path:
    """Write the example under another name, with a patch."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(patched(example_spec(), {"name": name, **patch}), encoding="utf-8")
    return file


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


class Silent:
    """Is told how a fleet gets on, and keeps it."""

    def __init__(self) -> None:
        self.events: list[tuple[str, object]] = []

    def total(self, count: int) -> None:
        self.events.append(("total", count))

    def started(self, name: str) -> None:
        self.events.append(("started", name))

    def finished(self, name: str) -> None:
        self.events.append(("finished", name))


class Inline:
    """Does tasks in this process, and counts them."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    def __call__(self, tasks: Sequence[Task], started: Told) -> Outcomes:
        for task in tasks:
            self.tasks.append(task)
            started(task)
            yield perform(task)


def run(
    here: Path, *arguments: str, verb: Verb = Verb.COMPILE, runner: Any = None, watch: Any = None, **options: Any
) -> Fleet:
    """Run a fleet whose specs, output and store lie in a folder, which is the working directory."""
    found = find_specs(arguments or ["specs"])
    chosen = Options(verb=verb, out=Path("out"), **options)
    return run_fleet(found, chosen, runner or Inline(), Store(here / "cache"), watch or Silent())


def statuses(fleet: Fleet) -> dict[str, str]:
    """Return what became of each deployment."""
    return {outcome.deployment or outcome.spec: str(outcome.status) for outcome in fleet.outcomes}
