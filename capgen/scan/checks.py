"""capgen's own words about every check: how bad a failure is, why, what to do, and which part of the spec decides."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from capgen.findings.finding import FindingSeverity
from capgen.resources import table
from capgen.scan.policies import POLICIES

_INDEX = "https://www.checkov.io/5.Policy%20Index/terraform.html"


@dataclass(frozen=True, kw_only=True)
class Check:
    """What to tell about a failed check. `spec` is a path in the spec, or empty when none is known.

    `rationale` says why it matters and `link` is a page about it; either may be empty.
    """

    title: str
    severity: FindingSeverity
    fix: str
    spec: str
    rationale: str = ""
    link: str = ""


def describe(
    check: str,
    name: str = "",
    guideline: str | None = None,
    severity: FindingSeverity | None = None,
    type: str = "",
) -> Check:
    """Describe a check by its id, where it matters for the type of block that it judged.

    One that the tables do not know, or not fully, is told in its own words: `name`, `guideline` and `severity`. It is
    medium where it says nothing.
    """
    known = _table().get(check, {})
    return Check(
        title=known.get("title") or name.strip(),
        severity=FindingSeverity(known.get("severity") or severity or FindingSeverity.MEDIUM),
        fix=known.get("fix") or _advice(check, guideline),
        spec=known.get("specs", {}).get(type) or known.get("spec") or "",
        rationale=known.get("rationale") or "",
        link=known.get("link") or guideline or "",
    )


def stock_checks() -> dict[str, Check]:
    """Return every check of checkov that applies to what capgen emits, by id in the order of the table."""
    return {id: describe(id) for id in table("policy/checks.json")["checks"]}


def _advice(check: str, guideline: str | None) -> str:
    page = guideline or (_INDEX if check.startswith(("CKV_", "CKV2_")) else None)
    return f"see the check's guideline: {page}" if page else "correct what the policy's title asks for"


@cache
def _table() -> dict[str, dict[str, Any]]:
    own = {
        policy.id: {
            "title": policy.title,
            "severity": policy.severity,
            "fix": policy.fix,
            "spec": policy.spec,
            "specs": policy.specs,
            "rationale": policy.rationale,
            "link": policy.link,
        }
        for policy in POLICIES
    }
    return {**table("policy/checks.json")["checks"], **own, **table("policy/reachability.json")["checks"]}
