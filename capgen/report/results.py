"""The results of the commands as data for `--format json`."""

from typing import Any

from capgen.pipeline import Built, Compiled, Scanned
from capgen.report.document import report_document
from capgen.report.json import diagnostics_as_json


def compiled_document(compiled: Compiled) -> dict[str, Any]:
    """Return what `compile` did: `directory` is null when the input was refused."""
    model = compiled.validated.model
    return {
        "ok": compiled.directory is not None,
        "deployment": model.name if model else None,
        "directory": compiled.directory.as_posix() if compiled.directory else None,
        **diagnostics_as_json(compiled.diagnostics),
    }


def built_document(built: Built) -> dict[str, Any]:
    """Return what `build` did and found, in the form of report.json. Nothing was written where `directory` is null."""
    document = report_document(built.assessment, built.compiled.validated, diagnostics=built.diagnostics)
    return document | {"ok": built.ok}


def scanned_document(scanned: Scanned) -> dict[str, Any]:
    """Return what `scan` found, in the form of report.json."""
    return report_document(scanned.assessment, scanned.validated) | {"ok": scanned.ok}
