"""Diagnostics as data, the facts of the text, one field each; and data as JSON text."""

import json
from collections.abc import Iterable
from typing import Any

from capgen.diagnostics import Diagnostic, in_reading_order


def json_text(data: object) -> str:
    """Write data as indented JSON.

    Half a surrogate pair, which JSON can escape and UTF-8 cannot hold, stays an escape.
    """
    text = json.dumps(data, indent=2, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode()


def diagnostics_as_json(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return a dict for `json.dumps`. Every diagnostic has every field; what it does not say is null."""
    return {"diagnostics": [_fields(diagnostic) for diagnostic in in_reading_order(diagnostics)]}


def _fields(diagnostic: Diagnostic) -> dict[str, Any]:
    place = diagnostic.location
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "path": diagnostic.path,
        "value": diagnostic.value,
        "allowed": diagnostic.allowed,
        "hint": diagnostic.hint,
        "link": diagnostic.link,
    }
