"""A fleet in numbers."""

from dataclasses import dataclass

from capgen.fleet.outcome import Status
from capgen.fleet.result import Fleet
from capgen.report.words import count


@dataclass(frozen=True, kw_only=True)
class Summary:
    """How many deployments there are of each kind, and how many findings. `failing` of the findings fail."""

    deployments: int
    built: int
    unchanged: int
    stale: int
    failed: int
    findings: int
    failing: int
    waived: int


def summary(fleet: Fleet) -> Summary:
    """Count."""
    assessment = fleet.assessment
    return Summary(
        deployments=len(fleet.outcomes),
        built=len(fleet.with_status(Status.BUILT)),
        unchanged=len(fleet.with_status(Status.UNCHANGED)),
        stale=len(fleet.with_status(Status.STALE)),
        failed=len(fleet.with_status(Status.FAILED)),
        findings=len(assessment.findings) if assessment else 0,
        failing=len(assessment.failing) if assessment else 0,
        waived=sum(len(region.waived) for region in assessment.regions) if assessment else 0,
    )


def built_words(found: Summary) -> str:
    """Write how many there are of each kind: `3 deployments: 1 built, 1 unchanged, 1 failed`."""
    kinds = f"{found.built:,} built, {found.unchanged:,} unchanged, {found.failed:,} failed"
    return f"{count(found.deployments, 'deployment')}: {kinds}"
