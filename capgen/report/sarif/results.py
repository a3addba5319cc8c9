"""Findings and diagnostics as SARIF's result objects."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from capgen.assess import Assessment, RegionAssessment
from capgen.diagnostics import Diagnostic
from capgen.findings import Finding, Waiver
from capgen.report.sarif.locations import of_diagnostic, of_finding
from capgen.report.sarif.message import message, plain
from capgen.report.sarif.rules import LEVELS, level_of


def results_of_findings(assessment: Assessment) -> list[dict[str, Any]]:
    """Return a result for each finding of each region, those that stand first and the worst of them first."""
    told = [(region, finding) for region in assessment.regions for finding in (*region.findings, *region.waived)]
    told.sort(key=lambda each: (each[1].waiver is not None, each[1].severity.rank))
    seen: Counter[str] = Counter()
    return [_result(assessment, region, finding, seen) for region, finding in told]


def results_of_diagnostics(assessment: Assessment, diagnostics: list[Diagnostic]) -> Iterator[dict[str, Any]]:
    """Return a result for each thing that is wrong with a spec or with a waiver, and has a place."""
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        path = diagnostic.path or diagnostic.value or ""
        yield {
            "ruleId": diagnostic.rule,
            "level": level_of(diagnostic),
            "message": message(diagnostic.message, diagnostic.hint or ""),
            "locations": of_diagnostic(assessment, diagnostic),
            "partialFingerprints": _fingerprint(seen, diagnostic.rule, path, diagnostic.message),
        }


def _result(assessment: Assessment, region: RegionAssessment, finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    result = {
        "ruleId": finding.check,
        "level": LEVELS[finding.severity],
        "message": message(finding.message, f"{finding.address} in {region.name}", finding.fix),
        **of_finding(assessment, region, finding),
        "partialFingerprints": _fingerprint(seen, finding.check, region.deployment, region.region, finding.address),
        "properties": {
            "deployment": region.deployment,
            "region": region.region,
            "fails": finding.waiver is None and assessment.terms.fails(finding),
        },
    }
    return result if finding.waiver is None else result | {"suppressions": [_suppression(finding.waiver)]}


def _suppression(waiver: Waiver) -> dict[str, Any]:
    until = f"until {waiver.expires}" if waiver.expires else "as long as the environment's profile is chosen"
    justification = plain(f"{waiver.owner}: {waiver.reason} ({until})")
    return {"kind": "external", "status": "accepted", "justification": justification}


def _fingerprint(seen: Counter[str], *parts: str) -> dict[str, str]:
    """Return what makes a result the same one after lines moved. GitHub reads this one key.

    https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support#data-for-preventing-duplicated-alerts
    """
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[digest] += 1
    return {"primaryLocationLineHash": f"{digest}:{seen[digest]}"}
