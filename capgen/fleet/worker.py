"""The life of a worker process."""

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing import parent_process
from threading import Thread
from typing import Any

from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.task import Task


def prepare(directory: str, environment: Mapping[str, str], temporary: str) -> None:
    """Make a new worker as its parent is, however it was started.

    Its temporary files go to a folder that the parent removes: a worker that is killed cannot. Ctrl-C reaches every
    process of a terminal, and is the parent's to answer. A worker whose parent is gone ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.clear()
    os.environ.update(environment)
    os.environ["TMPDIR"] = tempfile.tempdir = temporary
    os.chdir(directory)
    Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()


def do(work: Callable[[Task], Outcome], task: Task) -> Outcome:
    """Do a task."""
    outcome = work(task)
    end_without_node(outcome)
    _settle()
    return outcome


@cache
def _settle() -> None:
    """Let the garbage collector pass over what the first task has imported: looking at it costs a tenth of the time."""
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def end_without_node(outcome: Outcome) -> None:
    """End this process where a task failed because its Node.js was killed: the next one would fail over that too.

    What it was doing is then done by another. Does nothing in a process that is nobody's worker.
    """
    cdk: Any = sys.modules.get("capgen.terraform.cdk")
    if outcome.status is Status.FAILED and cdk is not None and parent_process() is not None and not cdk.answers():
        os._exit(1)


def process_id() -> int:
    """Return which process this is."""
    return os.getpid()
