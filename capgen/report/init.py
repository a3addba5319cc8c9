"""What `capgen init` made, as data."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from capgen.blueprints.matrix import MatrixResult
from capgen.diagnostics import Diagnostic
from capgen.report.json import diagnostics_as_json


def single_document(path: Path | None, told: Sequence[Diagnostic]) -> dict[str, Any]:
    """Return the one spec; null where none was written."""
    return {"ok": path is not None, "spec": path.as_posix() if path else None, **diagnostics_as_json(told)}


def matrix_document(blueprint: str, made: MatrixResult, told: Sequence[Diagnostic]) -> dict[str, Any]:
    """Return every spec of a matrix with its row; none where something is wrong, since then none was written."""
    return {
        "ok": made.ok,
        "blueprint": blueprint,
        "specs": [
            {
                "spec": each.path.as_posix(),
                "deployment": each.deployment,
                "file": each.row.file,
                "line": each.row.line,
                "changed": each.changed,
            }
            for each in made.specs
        ],
        **diagnostics_as_json(told),
    }
