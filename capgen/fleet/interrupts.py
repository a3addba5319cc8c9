"""Ctrl-C and termination where processes start and end: neither is to be cut in two."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import resource_tracker
from threading import current_thread, main_thread

_NUMBERS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def held_back() -> Iterator[None]:
    """Answer Ctrl-C and a termination afterwards. Does nothing in a thread, which they never interrupt."""
    if current_thread() is not main_thread():
        yield
        return
    came: set[int] = set()
    before = {number: signal.signal(number, lambda number, _: came.add(number)) for number in _NUMBERS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in sorted(came):
            signal.raise_signal(late)


def start_deaf_server() -> None:
    """Start the process that workers are forked from so that it, and they, never hear of Ctrl-C: not while it imports.

    What a process blocks, those that it starts block: https://man7.org/linux/man-pages/man7/signal.7.html. The tracker
    of resources goes first, because starting it unblocks the signal.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        import_module("multiprocessing.forkserver").ensure_running()  # not everywhere is there such a module
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
