"""Where a result stands, as SARIF's location objects have it."""

from typing import Any

from capgen.assess import Assessment, RegionAssessment
from capgen.diagnostics import Diagnostic, Location
from capgen.findings import Finding
from capgen.report.files import absolute_uri, compiled_file, diagnostic_file, relative_uri
from capgen.report.sarif.message import message

SOURCE_ROOT = "%SRCROOT%"
"""Stands for the root of the repository, which capgen takes the working directory to be."""


def of_finding(assessment: Assessment, region: RegionAssessment, finding: Finding) -> dict[str, Any]:
    """Return the locations of a finding: the spec's line where it is known, beside the compiled file's line."""
    compiled = _physical(compiled_file(assessment, finding.file), {"startLine": finding.line})
    logical = {"logicalLocations": [_logical(region, finding)]}
    if finding.spec is None:
        return {"locations": [compiled | logical]}
    spec = _physical(finding.spec.file, _region(finding.spec)) | logical
    told = message("what it compiles to")
    return {"locations": [spec], "relatedLocations": [{"id": 1, **compiled, "message": told}]}


def of_diagnostic(assessment: Assessment, diagnostic: Diagnostic) -> list[dict[str, Any]]:
    """Return the location of a diagnostic, if it has one."""
    file = diagnostic_file(assessment, diagnostic)
    if file is None or diagnostic.location is None:
        return []
    return [_physical(file, _region(diagnostic.location))]


def _logical(region: RegionAssessment, finding: Finding) -> dict[str, Any]:
    return {"name": finding.address, "fullyQualifiedName": f"{region.name}/{finding.address}", "kind": "resource"}


def _physical(file: str, region: dict[str, int]) -> dict[str, Any]:
    relative = relative_uri(file)
    artifact = {"uri": absolute_uri(file)} if relative is None else {"uri": relative, "uriBaseId": SOURCE_ROOT}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _region(place: Location) -> dict[str, int]:
    end = {"endLine": place.line, "endColumn": place.column + place.length}
    return {"startLine": place.line, "startColumn": place.column, **end}
