"""Do one task: the function that every worker runs, here or elsewhere."""

import hashlib
import threading
import traceback
from pathlib import Path

from capgen.diagnostics import Diagnostic
from capgen.diagnostics.disk import disk_problem
from capgen.fleet.difference import differences
from capgen.fleet.known import texts_of
from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.region_digests import region_digests
from capgen.fleet.task import Task, Verb
from capgen.load import load_spec
from capgen.pipeline import Validated, validate_loaded
from capgen.pipeline.compile import compile_validated, expected_files
from capgen.write.manifest import MANIFEST

_lock = threading.Lock()


def perform(task: Task) -> Outcome:
    """Do a task. Whatever goes wrong fails this deployment alone, and its old output stays.

    One thread at a time: Node.js answers one question after the other, and checkov keeps what it does in its classes.
    """
    with _lock:
        try:
            return _perform(task)
        except OSError as error:
            return failed(task, disk_problem(error, f"a file of {task.deployment}"))
        except Exception as error:  # noqa: BLE001 : a bug that one spec meets must not fail the others
            return failed(task, _bug(task, error))


def failed(task: Task, *diagnostics: Diagnostic) -> Outcome:
    """Return what stands for a deployment of which nothing was written."""
    told = (*task.told, *diagnostics)
    return Outcome(spec=task.spec, deployment=task.deployment, status=Status.FAILED, diagnostics=told,
                   document=task.document)  # fmt: skip


def _perform(task: Task) -> Outcome:
    document, told = task.document, task.told
    if document is None and not task.remote:
        document, loaded = load_spec(Path(task.path))
        told = tuple(loaded)
    validated = validate_loaded(document, told)
    if validated.model is None:
        return Outcome(spec=task.spec, deployment=task.deployment, status=Status.FAILED,
                       diagnostics=validated.diagnostics, document=document)  # fmt: skip
    if validated.model.name != task.deployment:
        return failed(task, _renamed(task))
    if task.remote:
        from capgen.fleet.remote import perform_remotely

        return perform_remotely(task, validated)
    if task.verb in (Verb.CHECK, Verb.DIGEST):
        return _in_memory(task, validated)
    return _on_disk(task, validated)


def _in_memory(task: Task, validated: Validated) -> Outcome:
    expected = expected_files(validated)
    assert expected is not None
    directory = Path(task.out) / expected.name
    found = differences(directory, expected.files) if task.verb is Verb.CHECK else ()
    return Outcome(
        spec=task.spec,
        deployment=expected.name,
        status=Status.STALE if found else Status.UNCHANGED,
        directory=directory.as_posix(),
        diagnostics=validated.diagnostics,
        told=validated.diagnostics,
        texts=_texts(validated),
        differences=found,
        manifest=_sha256(expected.files[MANIFEST]),
        region_digests=region_digests(expected.files) if task.verb is Verb.DIGEST else None,
    )


def _on_disk(task: Task, validated: Validated) -> Outcome:
    directory: Path | None = Path(task.out) / task.deployment
    diagnostics = validated.diagnostics
    if task.write:
        compiled = compile_validated(validated, Path(task.out))
        directory, diagnostics = compiled.directory, compiled.diagnostics
    if directory is None:
        return Outcome(spec=task.spec, deployment=task.deployment, status=Status.FAILED, diagnostics=diagnostics,
                       document=validated.document)  # fmt: skip
    outcome = Outcome(
        spec=task.spec,
        deployment=directory.name,
        status=Status.BUILT if task.write else Status.UNCHANGED,
        directory=directory.as_posix(),
        diagnostics=diagnostics,
        told=validated.diagnostics,
        texts=_texts(validated),
        manifest=_sha256((directory / MANIFEST).read_bytes()),
    )
    if task.terms is None:
        return outcome
    from capgen.fleet.judge import judged

    return judged(task, outcome, validated)


def _texts(validated: Validated) -> dict[str, str] | None:
    return texts_of(validated.document) if validated.document else None


def _renamed(task: Task) -> Diagnostic:
    return Diagnostic(
        rule="fleet-changed",
        message=f"{task.spec} was given another name while the fleet was being built",
        hint="build it again",
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _bug(task: Task, error: Exception) -> Diagnostic:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return Diagnostic(
        rule="fleet-bug",
        message=f"capgen failed on {task.spec}: {type(error).__name__}{where}: {error}",
        hint=f"this is a mistake of capgen's: capgen {task.verb} with this file alone shows all of it",
    )
