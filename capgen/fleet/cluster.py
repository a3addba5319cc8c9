"""Do tasks on a Dask cluster, through its interface of concurrent.futures."""

import re
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from importlib import import_module
from typing import Any

from capgen.diagnostics import Diagnostic
from capgen.fleet.compiler import compiler_digest
from capgen.fleet.outcome import Outcome
from capgen.fleet.parcel import delivered, packed
from capgen.fleet.pool import Outcomes, Told
from capgen.fleet.remote import perform_elsewhere
from capgen.fleet.run import Runner
from capgen.fleet.task import Task
from capgen.fleet.work import failed

_SECONDS = 15
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss|ucx)://)?[^\s/]+:[0-9]+")
"""A host and a port: of another form, Dask waits for long and says nothing of use."""

_AHEAD = 2
"""Tasks that are under way for each thread of the cluster: none waits for this machine, and few fill its memory."""


class ClusterError(Exception):
    """The cluster cannot be used: why, for the user."""


def cluster_runner(address: str) -> Runner:
    """Return what does tasks on the cluster of a scheduler. Raises ClusterError where it cannot be reached."""
    if not _ADDRESS.fullmatch(address):
        raise ClusterError(f"{address!r} is no address of a scheduler: give HOST:PORT or tcp://HOST:PORT")
    try:
        make_client: Any = import_module("distributed").Client  # Any: it has no types
    except ImportError:
        raise ClusterError("Dask is not installed: pip install 'capgen[dask]'") from None
    try:
        client: Any = make_client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(f"there is no scheduler of Dask at {address}: {error}") from None

    def run(tasks: Sequence[Task], started: Told) -> Outcomes:
        try:
            yield from _run(client, tasks, started)
        finally:
            client.close()

    return run


def _run(client: Any, tasks: Sequence[Task], started: Told) -> Outcomes:
    executor = client.get_executor(pure=False)
    waiting, running = list(reversed(tasks)), dict[Future[tuple[str, Outcome]], Task]()
    try:
        while waiting or running:
            most = _AHEAD * max(1, sum(client.nthreads().values()))  # asked again: workers come and go
            while waiting and len(running) < most:
                task = waiting.pop()
                started(task)
                parcel = packed(task)
                if isinstance(parcel, Task):
                    running[executor.submit(perform_elsewhere, parcel)] = task
                else:
                    yield parcel
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield _outcome(running.pop(future), future)
    finally:
        for future in running:
            future.cancel()
        executor.shutdown()


def _outcome(task: Task, future: "Future[tuple[str, Outcome]]") -> Outcome:
    try:
        digest, outcome = future.result()
    except Exception as error:  # noqa: BLE001 : whatever Dask makes of a worker that is lost fails this task alone
        return failed(task, _lost(task, error))
    if digest != compiler_digest():
        return failed(task, _other_capgen(task))
    return delivered(task, outcome)


def _lost(task: Task, error: Exception) -> Diagnostic:
    return Diagnostic(
        rule="fleet-worker-lost",
        message=f"the cluster did not finish {task.spec}: {type(error).__name__}: {error}",
        hint="the logs of the cluster's workers say more; capgen must be installed there",
    )


def _other_capgen(task: Task) -> Diagnostic:
    return Diagnostic(
        rule="fleet-other-capgen",
        message=f"the worker that compiled {task.spec} has another capgen, Python or dependency: nothing was written",
        hint="install on the workers exactly what is installed here",
    )
