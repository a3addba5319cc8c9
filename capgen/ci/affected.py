"""Read what `capgen affected --format json` prints."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, Severity


def read_affected(file: Path) -> tuple[frozenset[tuple[str, str]] | None, list[Diagnostic]]:
    """Return deployment and region of every root that a change touches, or None and why not.

    A region that is compiled no longer is none of them, since nothing of it is left to plan: that is a warning.
    """
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8"))
        touched = frozenset(_key(each) for each in content["include"])
        return touched, [_deleted(*_key(each)) for each in content.get("deleted", ())]
    except OSError as error:
        return None, [_unreadable(file, str(error.strerror))]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return None, [_unreadable(file, f"{type(error).__name__}: {error}")]


def _key(entry: Mapping[str, Any]) -> tuple[str, str]:
    return str(entry["deployment"]), str(entry["region"])


def _deleted(deployment: str, region: str) -> Diagnostic:
    return Diagnostic(
        rule="pipeline-deleted",
        severity=Severity.WARNING,
        message=f"{deployment} in {region} is compiled no longer; what it is in AWS stays",
        hint='a pipeline destroys nothing: before its output goes, follow "Take it down" in the region\'s RUNBOOK.md',
    )


def _unreadable(file: Path, reason: str) -> Diagnostic:
    return Diagnostic(
        rule="pipeline-affected",
        message=f"{file} is not what capgen affected --format json prints ({reason})",
        allowed='{"include": [{"deployment": …, "region": …, …}]}',
    )
