"""What became of a fleet as plain data: schemas/build.schema.json describes the form."""

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from capgen.assess import Assessment, RegionAssessment
from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.result import Fleet
from capgen.report.fleet.summary import summary
from capgen.report.json import diagnostics_as_json

VERSION = "capgen-build/v1"


def fleet_document(fleet: Fleet) -> dict[str, Any]:
    """Return what `build` and `compile` of many specs did and found."""
    assessment, shard = fleet.assessment, fleet.options.shard
    counts = asdict(summary(fleet))
    del counts["stale"]
    return {
        "version": VERSION,
        "ok": fleet.ok,
        "out": fleet.options.out.as_posix(),
        "today": assessment.terms.today.isoformat() if assessment else None,
        "fail_on": str(assessment.terms.fail_on) if assessment else None,
        "shard": f"{shard.number}/{shard.count}" if shard else None,
        "summary": counts,
        "deployments": _deployments(fleet),
        **diagnostics_as_json((*fleet.diagnostics, *(assessment.waiver_diagnostics if assessment else ()))),
    }


def _deployments(fleet: Fleet) -> list[dict[str, Any]]:
    regions: dict[str, list[RegionAssessment]] = defaultdict(list)
    for region in fleet.assessment.regions if fleet.assessment else ():
        regions[region.deployment].append(region)
    return [
        outcome_data(outcome) | {
            "regions": [
                _region(fleet.assessment, region, fleet.passed[region.name])
                for region in (regions[outcome.deployment] if outcome.deployment else ())
                if fleet.assessment is not None and outcome.status is not Status.FAILED
            ]
        }
        for outcome in fleet.outcomes
    ]  # fmt: skip


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """Return what every document of a fleet tells of a deployment."""
    return {
        "spec": outcome.spec,
        "deployment": outcome.deployment,
        "status": str(outcome.status),
        "directory": outcome.directory,
        **diagnostics_as_json(outcome.diagnostics),
    }


def _region(assessment: Assessment, region: RegionAssessment, passed: int) -> dict[str, Any]:
    return {
        "region": region.region,
        "judged": region.judged,
        "resources": region.resources,
        "passed": passed,
        "findings": [finding.to_json() | {"fails": assessment.terms.fails(finding)} for finding in region.findings],
        "waived": [finding.to_json() for finding in region.waived],
        **diagnostics_as_json(region.diagnostics),
    }
