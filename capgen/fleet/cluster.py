"""Do tasks on a Dask cluster, through its interface of concurrent.futures.

Workers need no disk in common with this machine: specs and the bases they extend travel there as they were loaded, and
the files of an output travel back and are written here, in one swap as always.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, in_reading_order
from capgen.diagnostics.disk import disk_problem
from capgen.fleet.compiler import compiler_digest
from capgen.fleet.outcome import Outcome
from capgen.fleet.pool import Outcomes, Told
from capgen.fleet.remote import perform_elsewhere
from capgen.fleet.run import Runner
from capgen.fleet.store import key_of
from capgen.fleet.task import Task
from capgen.fleet.tree import tree_state
from capgen.fleet.work import failed
from capgen.load import load_spec
from capgen.write.manifest import read_manifest
from capgen.write.write import write_deployment

_SECONDS = 15
_AHEAD = 2
"""Tasks that are under way for each thread of the cluster: none waits for this machine, and few fill its memory."""

_LARGEST = 1_048_576
"""Bytes of a file beside an output that is taken along. Terraform's configuration is smaller."""


class ClusterError(Exception):
    """The cluster cannot be used: why, for the user."""


def cluster_runner(address: str) -> Runner:
    """Return what does tasks on the cluster of a scheduler. Raises ClusterError where it cannot be reached."""
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
    most = _AHEAD * max(1, sum(client.nthreads().values()))
    waiting, running = list(reversed(tasks)), dict[Future[tuple[str, Outcome]], Task]()
    try:
        while waiting or running:
            while waiting and len(running) < most:
                task = waiting.pop()
                started(task)
                running[executor.submit(perform_elsewhere, packed(task))] = task
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


def packed(task: Task) -> Task:
    """Return a task with its spec and everything else that its judgement depends on."""
    document, told = (task.document, task.told) if task.document else load_spec(Path(task.path))
    beside, _ = _beside(Path(task.out) / task.deployment)
    policies = task.terms.policies if task.terms else None
    theirs = _files(policies) if policies else {}
    return replace(task, remote=True, document=document, told=tuple(told), beside=beside if task.terms else {},
                   policies=theirs)  # fmt: skip


def delivered(task: Task, outcome: Outcome) -> Outcome:
    """Write what a worker has compiled, and say of the output as it now lies here."""
    if outcome.files is None or outcome.deployment is None:
        return replace(outcome, tree=_tree(task, outcome))
    try:
        directory, problems = write_deployment(outcome.deployment, outcome.files, Path(task.out))
        if directory is None:
            return failed(task, *problems)
        told = tuple(in_reading_order([*outcome.diagnostics, *problems]))
        return replace(outcome, diagnostics=told, tree=_tree(task, outcome), files=None)
    except OSError as error:
        return failed(task, disk_problem(error))


def _tree(task: Task, outcome: Outcome) -> str | None:
    """Return the digest of the output here, or None where the worker was not given all of it."""
    if task.terms is None or outcome.directory is None:
        return None
    directory = Path(outcome.directory)
    state, (_, complete) = tree_state(directory), _beside(directory)
    return key_of(state) if state is not None and complete else None


def _beside(directory: Path) -> tuple[Mapping[str, bytes], bool]:
    """Return the files of an output that capgen did not write, and whether these are all that a judgement may read."""
    state = tree_state(directory) if directory.is_dir() else {}
    manifest = read_manifest(directory)
    if state is None or (state and manifest is None):
        return {}, False
    others = {path: directory / path for path in state if manifest is None or path not in manifest["files"]}
    small = {path: file.read_bytes() for path, file in others.items() if file.stat().st_size <= _LARGEST}
    return {path: content for path, content in small.items() if path != "manifest.json"}, len(small) == len(others)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        Path(os.path.relpath(file, folder)).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


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
