"""capgen's own words about every check: how bad a failure is, what to do, and which part of the spec decides."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from capgen.resources import schemas_dir
from capgen.scan.finding import FindingSeverity
from capgen.scan.own_checks import OWN_CHECKS

_INDEX = "https://www.checkov.io/5.Policy%20Index/terraform.html"


@dataclass(frozen=True, kw_only=True)
class Check:
    """What to tell about a failed check. `spec` is a path in the spec, or empty when none is known."""

    title: str
    severity: FindingSeverity
    fix: str
    spec: str


def describe(check: str, name: str, guideline: str | None) -> Check:
    """Describe a check. One that the table does not know, or not fully, is told in checkov's words and is medium."""
    known = _table().get(check, {})
    severity = known.get("severity") or FindingSeverity.MEDIUM
    return Check(
        title=known.get("title") or name.strip(),
        severity=FindingSeverity(severity),
        fix=known.get("fix") or f"see the check's guideline: {guideline or _INDEX}",
        spec=known.get("spec") or "",
    )


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = (schemas_dir() / "policy" / "checks.json").read_text(encoding="utf-8")
    own = {check.id: {"severity": check.severity, "fix": check.fix, "spec": check.spec} for check in OWN_CHECKS}
    return {**json.loads(text)["checks"], **own}
