"""checkov's solvers hand every vertex to a thread pool, which loses exceptions and the order of things."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from capgen.scan.engine import Engine


class _InlineExecutor:
    """Stands in for a thread pool: runs what it is given at once, so that an exception is not lost in a future."""

    def submit(self, function: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(function(*arguments))
        return future


@contextmanager
def inline_executors(parts: Engine) -> Iterator[None]:
    """Let checkov's solvers run in this thread."""
    saved = [(user, user.ThreadPoolExecutor) for user in parts.executor_users]
    try:
        for user, _ in saved:
            user.ThreadPoolExecutor = _InlineExecutor
        yield
    finally:
        for user, executor in saved:
            user.ThreadPoolExecutor = executor
