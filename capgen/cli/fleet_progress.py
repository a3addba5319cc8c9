"""How a fleet gets on, on a terminal only, and nothing afterwards."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_SHOWN = 3


class Silent:
    """Tells nothing: what is piped or logged is not to be filled with bars."""

    def total(self, count: int) -> None:
        """Pass over it."""

    def started(self, name: str) -> None:
        """Pass over it."""

    def finished(self, name: str) -> None:
        """Pass over it."""


class Bar:
    """A bar with counts and the names of what is being worked on."""

    def __init__(self, progress: Any) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None)
        self._current: dict[str, None] = {}

    def total(self, count: int) -> None:
        """Set how many there are."""
        self._progress.update(self._task, total=count)

    def started(self, name: str) -> None:
        """Show a name."""
        self._current[name] = None
        self._show()

    def finished(self, name: str) -> None:
        """Take a name away and count it."""
        self._current.pop(name, None)
        self._progress.advance(self._task)
        self._show()

    def _show(self) -> None:
        from rich.markup import escape

        names = list(self._current)
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        self._progress.update(self._task, description=escape(", ".join(names[:_SHOWN]) + more))


@contextmanager
def fleet_progress() -> Iterator[Silent | Bar]:
    """Show a bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress)
