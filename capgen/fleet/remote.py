"""Do a task on a machine that does not share the disk of the one that asks."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from capgen.fleet.compiler import compiler_digest
from capgen.fleet.known import texts_of
from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.task import Task
from capgen.fleet.worker import end_without_node
from capgen.pipeline import Expected, Validated, expected_files
from capgen.write.manifest import MANIFEST


def perform_elsewhere(task: Task) -> tuple[str, Outcome]:
    """Do a task and say with which capgen: another one may compile something else."""
    from capgen.fleet.work import perform

    outcome = perform(task)
    end_without_node(outcome)
    return compiler_digest(), outcome


def perform_remotely(task: Task, validated: Validated) -> Outcome:
    """Compile into a temporary folder, lay what lies beside the output there too, judge it, and hand the files back."""
    expected = expected_files(validated)
    assert expected is not None
    outcome = Outcome(
        spec=task.spec,
        deployment=expected.name,
        status=Status.BUILT if task.write else Status.UNCHANGED,
        directory=(Path(task.out) / expected.name).as_posix(),
        diagnostics=validated.diagnostics,
        told=validated.diagnostics,
        texts=texts_of(validated.document) if validated.document else None,
        manifest=hashlib.sha256(expected.files[MANIFEST]).hexdigest(),
        files=dict(expected.files) if task.write else None,
    )
    return outcome if task.terms is None else _judged(task, outcome, validated, expected)


def _judged(task: Task, outcome: Outcome, validated: Validated, expected: Expected) -> Outcome:
    from capgen.fleet.judge import judged

    assert task.terms is not None
    with TemporaryDirectory(prefix="capgen-") as folder:
        here, directory = Path(folder), Path(folder) / "out" / expected.name
        _lay(directory, {**task.beside, **expected.files})
        _lay(here / "policies", task.policies)
        terms = replace(task.terms, policies=here / "policies" if task.terms.policies else None)
        local = replace(task, out=str(here / "out"), terms=terms)
        found = judged(local, replace(outcome, directory=directory.as_posix()), validated)
    return replace(found, directory=outcome.directory)


def _lay(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
