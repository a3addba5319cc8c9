"""Worker processes of this machine."""

import multiprocessing
import os
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic
from capgen.fleet.interrupts import held_back, start_deaf_server
from capgen.fleet.outcome import Outcome
from capgen.fleet.task import Task
from capgen.fleet.work import failed
from capgen.fleet.worker import do, prepare, process_id
from capgen.write.interrupted import put_back

Work = Callable[[Task], Outcome]
Outcomes = Generator[Outcome, None, None]
Told = Callable[[Task], None]

_TRIES = 2
"""A worker may be killed for what another process did: what it was doing is tried once more."""

_LONGEST = 70
"""Characters of a temporary folder in which a socket's path still has its 104: such a server listens at one."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_in_pool(work: Work, tasks: Sequence[Task], jobs: int, started: Told, preload: str | None) -> Outcomes:
    """Yield the outcome of each task as it is ready. However this ends, no worker outlives it.

    `work` must be importable. `preload` is the module that all workers need.
    """
    with held_back():
        context = _context(preload)
    pending = deque((task, 1) for task in tasks)
    with tempfile.TemporaryDirectory(prefix="capgen-workers-", ignore_cleanup_errors=True) as temporary:
        workers = [_Worker(work, context, temporary) for _ in range(min(jobs, len(tasks)))]
        try:
            ready: list[Outcome] = []
            while pending or ready or any(worker.busy for worker in workers):
                for worker in workers:
                    if pending and not worker.busy:
                        task, tried = pending.popleft()
                        started(task)
                        worker.begin(task, tried)
                yield from ready  # whoever takes them does so while the workers work
                ready.clear()
                wait([worker.future for worker in workers if worker.future is not None], return_when=FIRST_COMPLETED)
                for worker in workers:
                    if worker.future is not None and worker.future.done():
                        task, tried, outcome = worker.end()
                        if outcome is not None:
                            ready.append(outcome)
                        elif tried < _TRIES:
                            pending.append((task, tried + 1))
                        else:
                            ready.append(failed(task, _killed(task)))
        finally:
            with held_back():
                for worker in workers:
                    worker.stop()


def _context(preload: str | None) -> Any:
    """Return how processes start: forked from one that has imported what all of them need, where there is such a way.

    Never forked from this process itself: a copy has its locks, and not the threads that would let go of them.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods() or len(tempfile.gettempdir()) > _LONGEST:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload] if preload else [])
    start_deaf_server()
    return context


class _Worker:
    """One process and its successors. Each does one task at a time, so that one that dies tells whose fault it was."""

    def __init__(self, work: Work, context: Any, temporary: str) -> None:
        self._work, self._context, self._temporary = work, context, temporary
        self._executor: ProcessPoolExecutor | None = None
        self._pid: Future[int] | None = None
        self._task: tuple[Task, int] | None = None
        self.future: Future[Outcome] | None = None

    @property
    def busy(self) -> bool:
        return self.future is not None

    def begin(self, task: Task, tried: int) -> None:
        if self._executor is None:
            self._start()
        assert self._executor is not None
        self._task = task, tried
        try:
            self.future = self._executor.submit(do, self._work, task)
        except BrokenProcessPool as error:  # it died while it had nothing to do
            self.future = Future()
            self.future.set_exception(error)

    def end(self) -> tuple[Task, int, Outcome | None]:
        """Return the task and its outcome, which is None where the process died over it."""
        assert self.future is not None
        assert self._task is not None
        future, (task, tried) = self.future, self._task
        self.future = self._task = None
        try:
            return task, tried, future.result()
        except BrokenProcessPool:
            self.stop()
            put_back(Path(task.out), [task.deployment])
            return task, tried, None

    def stop(self) -> None:
        """End the process, at once where it is busy, and put right what it leaves."""
        if self._executor is None:
            return
        if self.busy and self._pid is not None:
            with suppress(BrokenProcessPool, ProcessLookupError):
                os.kill(self._pid.result(), signal.SIGTERM)
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = None
        if self._task is not None:
            put_back(Path(self._task[0].out), [self._task[0].deployment])
        self._task = self.future = None

    def _start(self) -> None:
        self._executor = ProcessPoolExecutor(
            max_workers=1, mp_context=self._context, initializer=prepare,
            initargs=(os.getcwd(), dict(os.environ), self._temporary),  # noqa: PTH109 : plain text travels
        )  # fmt: skip
        with held_back():  # the first task starts the process
            self._pid = self._executor.submit(process_id)


def _killed(task: Task) -> Diagnostic:
    return Diagnostic(
        rule="fleet-worker-killed",
        message=f"the process that worked on {task.spec} was killed, twice: its output is as it was",
        hint="the machine may be short of memory: give fewer --jobs",
    )
