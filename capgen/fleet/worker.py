"""The life of a worker process."""

import os
import signal
import tempfile
from collections.abc import Mapping
from multiprocessing import parent_process
from threading import Thread


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


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def process_id() -> int:
    """Return which process this is."""
    return os.getpid()
