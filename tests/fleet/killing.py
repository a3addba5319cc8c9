"""Work for worker processes that die over one deployment, as an out-of-memory killer has it."""

import os
import signal
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import pytest

from capgen.fleet import work
from capgen.fleet.outcome import Outcome
from capgen.fleet.task import Task
from capgen.fleet.work import perform

VICTIM = "cap-b"


def dies_between_the_renames(task: Task) -> Outcome:
    """Kill the worker of one deployment when its old output is moved away and the new one is not there yet."""
    if task.deployment == VICTIM:
        rename = Path.rename

        def killing(path: Path, target: Path) -> Path:
            if path.name == "new":
                os.kill(os.getpid(), signal.SIGKILL)
            return rename(path, target)

        Path.rename = killing  # type: ignore[method-assign,assignment]  # this process is about to die
    return perform(task)


def dies_once(task: Task) -> Outcome:
    """Kill the worker of one deployment the first time only."""
    mark = Path("died")
    if task.deployment == VICTIM and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return perform(task)


def loses_node_once(task: Task) -> Outcome:
    """Kill the Node.js of a worker over one deployment, the first time only."""
    mark = Path("died")
    if task.deployment == VICTIM and not mark.exists():
        mark.touch()
        import_module("capgen.terraform.cdk")
        for child in _children():
            os.kill(child, signal.SIGKILL)
    return perform(task)


def _children() -> list[int]:
    own = Path(f"/proc/{os.getpid()}/task")
    return [int(child) for thread in own.iterdir() for child in (thread / "children").read_text().split()]


def raises(task: Task) -> Outcome:
    """Meet a mistake of capgen's in one deployment."""

    if task.deployment == VICTIM:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(work, "validate_loaded", _mistaken)
            return perform(task)
    return perform(task)


def _mistaken(*_: object) -> NoReturn:
    raise ZeroDivisionError("a mistake")
