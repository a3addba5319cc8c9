"""What travels to a worker that shares no disk with this machine, and back.

Specs and the bases they extend travel there as they were loaded, and the files of an output travel back and are written
here, in one swap as always.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from capgen.diagnostics import in_reading_order
from capgen.diagnostics.disk import disk_problem
from capgen.fleet.outcome import Outcome
from capgen.fleet.store import key_of
from capgen.fleet.task import Task
from capgen.fleet.tree import tree_state
from capgen.fleet.work import failed
from capgen.load import load_spec
from capgen.write.manifest import read_manifest
from capgen.write.write import write_deployment

_LARGEST = 1_048_576
"""Bytes of a file beside an output that is taken along. Terraform's configuration is smaller."""


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
        return failed(task, disk_problem(error, f"a file of {task.deployment}"))


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
