"""What travels to a worker that shares no disk with this machine, and back.

Specs and the bases they extend travel there as they were loaded, and the files of an output travel back and are written
here, in one swap as always.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from capgen.diagnostics import Diagnostic, in_reading_order
from capgen.diagnostics.disk import disk_problem
from capgen.fleet.outcome import Outcome
from capgen.fleet.store import key_of
from capgen.fleet.task import Task
from capgen.fleet.tree import links, tree_state
from capgen.fleet.work import failed
from capgen.load import load_spec
from capgen.write.manifest import MANIFEST, read_manifest
from capgen.write.write import write_deployment

_LARGEST = 8_388_608
"""Bytes of a file beside an output that can travel: client, scheduler and worker hold all that travels in memory."""


def packed(task: Task) -> Task | Outcome:
    """Return a task with its spec and everything else that its judgement depends on.

    Where not all of that can travel, the outcome is that the task failed: what is missing there would not be judged.
    """
    try:
        document, told = (task.document, task.told) if task.document else load_spec(Path(task.path))
        if task.terms is None:
            return replace(task, remote=True, document=document, told=tuple(told))
        directory = Path(task.out) / task.deployment
        others = _others(directory)
        stays = _stays(task, directory, others)
        if stays is not None:
            return failed(task, stays)
        beside = {path: file.read_bytes() for path, file in others.items()}
        policies = _files(task.terms.policies) if task.terms.policies else {}
        return replace(task, remote=True, document=document, told=tuple(told), beside=beside,
                       policies=policies)  # fmt: skip
    except OSError as error:
        return failed(task, disk_problem(error, f"a file of {task.deployment}"))


def delivered(task: Task, outcome: Outcome) -> Outcome:
    """Write what a worker has compiled, and say of the output as it now lies here."""
    try:
        if outcome.files is None or outcome.deployment is None:
            return replace(outcome, tree=_tree(task, outcome))
        directory, problems = write_deployment(outcome.deployment, outcome.files, Path(task.out))
        if directory is None:
            return failed(task, *problems)
        told = tuple(in_reading_order([*outcome.diagnostics, *problems]))
        return replace(outcome, diagnostics=told, tree=_tree(task, outcome), files=None)
    except OSError as error:
        return failed(task, disk_problem(error, f"a file of {task.deployment}"))


def _tree(task: Task, outcome: Outcome) -> str | None:
    """Return the digest of the output here, or None where nothing was judged."""
    if task.terms is None or outcome.directory is None:
        return None
    state = tree_state(Path(outcome.directory))
    return None if state is None else key_of(state)


def _others(directory: Path) -> dict[str, Path]:
    """Return the files of an output that capgen did not write: none where it wrote nothing, which is refused later."""
    state = tree_state(directory) if directory.is_dir() else {}
    manifest = read_manifest(directory)
    if state is None or manifest is None:
        return {}
    return {path: directory / path for path in state if path not in manifest["files"] and path != MANIFEST}


def _stays(task: Task, directory: Path, others: Mapping[str, Path]) -> Diagnostic | None:
    """Return what to say of a file that a judgement here would read, and that cannot travel."""
    linked = links(directory) if directory.is_dir() else []
    large = [str(file) for file in others.values() if file.stat().st_size > _LARGEST]
    if not linked and not large:
        return None
    why = "a symbolic link" if linked else f"larger than {_LARGEST // 1_048_576} MiB"
    instead = "put the file itself in its place" if linked else "move it out of the output"
    file = (linked or large)[0]
    return Diagnostic(
        rule="fleet-not-sent",
        message=f"{file} is {why} and cannot be sent to the cluster: {task.deployment} would be judged without it",
        hint=f"{instead}, or build this deployment without --executor dask",
    )


def _files(folder: Path) -> dict[str, bytes]:
    return {
        Path(os.path.relpath(file, folder)).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
