"""Stop a regular expression that would search for ever: some take twice as long for every character of a text."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooSlowError(Exception):
    """The time is over."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in the block after `seconds` of wall clock.

    Python's `re` looks for signals while it searches, so that a timer ends it. Where there is no timer (Windows,
    another thread than the main one, or one that runs already), the block is not bounded.
    """
    free = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not free or signal.getitimer(signal.ITIMER_REAL) != (0.0, 0.0):
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
