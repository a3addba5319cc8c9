"""Judgements as plain data and back, for the store: nothing from a disk is ever run."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from sys import intern
from typing import Any

from capgen.assess import RegionAssessment
from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.findings import Finding, FindingSeverity, Waiver


@dataclass(frozen=True, kw_only=True)
class JudgedRegion:
    """A region before waivers are applied. `passed` counts the checks that it passes.

    From the store, and where no report is asked for, the assessment has findings, carried waivers and diagnostics, and
    nothing of what only a report tells.
    """

    assessment: RegionAssessment
    passed: int


def slim(region: RegionAssessment) -> RegionAssessment:
    """Leave out what only a report tells. The texts that findings of a fleet have in common are kept once."""
    return RegionAssessment(
        name=region.name,
        deployment=region.deployment,
        region=region.region,
        findings=tuple(shared(finding) for finding in region.findings),
        resources=region.resources,
        carried=tuple(_shared_waiver(waiver) for waiver in region.carried),
        diagnostics=region.diagnostics,
    )


def shared(finding: Finding) -> Finding:
    """Return a finding whose texts are shared with every other finding that has the same."""
    return replace(
        finding,
        check=intern(finding.check),
        message=intern(finding.message),
        address=intern(finding.address),
        fix=intern(finding.fix),
        spec_path=intern(finding.spec_path),
        why=intern(finding.why),
        link=intern(finding.link),
    )


def _shared_waiver(waiver: Waiver) -> Waiver:
    return replace(waiver, check=intern(waiver.check), resource=intern(waiver.resource), owner=intern(waiver.owner),
                   reason=intern(waiver.reason), spec=intern(waiver.spec))  # fmt: skip


def region_data(judged: JudgedRegion) -> dict[str, Any]:
    """Return a region as plain data."""
    region = judged.assessment
    return {
        "name": region.name,
        "deployment": region.deployment,
        "region": region.region,
        "resources": region.resources,
        "passed": judged.passed,
        "findings": [_without(asdict(finding), "waiver") for finding in region.findings],
        "carried": [_waiver_data(waiver) for waiver in region.carried],
        "diagnostics": [asdict(diagnostic) for diagnostic in region.diagnostics],
    }


def region_of(data: Mapping[str, Any]) -> JudgedRegion:
    """Return the region that plain data tells of. Raises KeyError, TypeError or ValueError for any other data."""
    region = RegionAssessment(
        name=data["name"],
        deployment=data["deployment"],
        region=data["region"],
        resources=data["resources"],
        findings=tuple(_finding(finding) for finding in data["findings"]),
        carried=tuple(_waiver(waiver) for waiver in data["carried"]),
        diagnostics=tuple(diagnostic_of(diagnostic) for diagnostic in data["diagnostics"]),
    )
    return JudgedRegion(assessment=region, passed=data["passed"])


def diagnostic_of(data: Mapping[str, Any]) -> Diagnostic:
    """Return the diagnostic that plain data tells of, as `asdict` gives it."""
    return Diagnostic(**{**data, "severity": Severity(data["severity"]), "location": _place(data["location"])})


def _finding(data: Mapping[str, Any]) -> Finding:
    severity, spec = FindingSeverity(data["severity"]), _place(data["spec"])
    return shared(Finding(**{**data, "severity": severity, "spec": spec}))


def _waiver_data(waiver: Waiver) -> dict[str, Any]:
    return {**asdict(waiver), "expires": waiver.expires and waiver.expires.isoformat()}


def _waiver(data: Mapping[str, Any]) -> Waiver:
    expires = data["expires"] and date.fromisoformat(data["expires"])
    patterns = {name: tuple(data[name]) for name in ("deployments", "regions")}
    return _shared_waiver(Waiver(**{**data, **patterns, "expires": expires, "place": _place(data["place"])}))


def _place(data: Mapping[str, Any] | None) -> Location | None:
    return None if data is None else Location(intern(data["file"]), data["line"], data["column"], data["length"])


def _without(data: dict[str, Any], name: str) -> dict[str, Any]:
    del data[name]
    return data
