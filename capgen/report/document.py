"""An assessment as plain data: report.json, and what `--format json` prints.

schemas/report.schema.json describes the form.
"""

from collections.abc import Iterable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from capgen import __version__
from capgen.assess import Assessment, RegionAssessment
from capgen.diagnostics import Diagnostic, has_errors
from capgen.model.effective import EffectiveValue, effective_values
from capgen.report.accepted import accepted
from capgen.report.json import diagnostics_as_json
from capgen.report.judged import judged_flows

if TYPE_CHECKING:
    from capgen.compare import RegionChanges
    from capgen.model.regional import DeploymentModel
    from capgen.pipeline import Validated

VERSION = "capgen-report/v1"


def report_document(
    assessment: Assessment,
    validated: "Validated | None" = None,
    changes: "tuple[RegionChanges, ...]" = (),
    diagnostics: Iterable[Diagnostic] | None = None,
) -> dict[str, Any]:
    """Return every fact of an assessment. `directory` is what the files of findings are relative to.

    `diagnostics` is everything that the stages have to say; without it, what the spec and the assessment have.
    """
    if diagnostics is None:
        diagnostics = (*(validated.diagnostics if validated else ()), *assessment.diagnostics)
    told = tuple(diagnostics)
    return {
        "version": VERSION,
        "ok": assessment.ok and not has_errors(told),
        "today": assessment.terms.today.isoformat(),
        "fail_on": str(assessment.terms.fail_on),
        "tool": {"capgen": __version__, "checkov": version("checkov")},
        "directory": assessment.base or None,
        "regions": [_region(assessment, region) for region in assessment.regions],
        "waivers": [waiver.to_json() for waiver in accepted(assessment)],
        "configuration": _configuration(validated.model) if validated and validated.model else [],
        "changes": [change.to_json() for change in changes],
        **diagnostics_as_json(told),
    }


def _region(assessment: Assessment, region: RegionAssessment) -> dict[str, Any]:
    return {
        "name": region.name,
        "deployment": region.deployment,
        "region": region.region,
        "judged": region.judged,
        "resources": region.resources,
        "passed": len(region.passed),
        "findings": [finding.to_json() | {"fails": assessment.terms.fails(finding)} for finding in region.findings],
        "waived": [finding.to_json() for finding in region.waived],
        "reachability": _reachability(region),
        "permissions": [holder.to_json() for holder in region.holders],
        **diagnostics_as_json(region.diagnostics),
    }


def _reachability(region: RegionAssessment) -> dict[str, Any]:
    reached = region.reachability
    return {
        "nodes": [
            {"address": node.address, "tier": node.tier, "public": node.public, "ports": list(node.ports)}
            for node in reached.nodes
        ],
        "flows": [
            judged.flow.to_json() | {"verdict": str(judged.verdict), "spec": judged.spec}
            for judged in judged_flows(region)
        ],
        "needs": [need.to_json() for need in reached.needs],
        "unknown": list(reached.unknown),
    }


def _configuration(model: "DeploymentModel") -> list[dict[str, Any]]:
    return [
        {
            "deployment": model.name,
            "region": region.values.region,
            "values": [_value(value) for value in effective_values(region)],
        }
        for region in model.regions
    ]


def _value(value: EffectiveValue) -> dict[str, Any]:
    place = value.location
    return {
        "path": value.name,
        "value": value.value,
        "origin": value.kind,
        "file": place.file if place else None,
        "line": place.line if place else None,
    }
