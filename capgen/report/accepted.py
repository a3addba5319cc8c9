"""What waivers do in an assessment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from capgen.assess import Assessment
from capgen.findings import Finding, Waiver


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A waiver and how many findings it accepts. `deployment` is the one that carries it, None for a shared file's."""

    waiver: Waiver
    deployment: str | None
    findings: int
    expired: bool

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            **self.waiver.to_json(),
            "deployment": self.deployment,
            "deployments": list(self.waiver.deployments),
            "regions": list(self.waiver.regions),
            "accepts": self.findings,
            "expired": self.expired,
        }


def accepted(assessment: Assessment) -> list[Accepted]:
    """Return every waiver that was meant for what was assessed, those of the deployments first, in order."""
    carried = [(region.deployment, waiver) for region in assessment.regions for waiver in region.carried]
    keys = dict.fromkeys([*carried, *((None, waiver) for waiver in assessment.terms.waivers)])
    return [
        Accepted(
            waiver=waiver,
            deployment=deployment,
            findings=sum(
                finding.waiver == waiver
                for region in assessment.regions
                if deployment in (None, region.deployment)
                for finding in region.waived
            ),
            expired=waiver.lasts < assessment.terms.today,
        )
        for deployment, waiver in keys
    ]


def next_expiry(waived: Iterable[Finding]) -> date | None:
    """Return the first day on which a waiver of these findings ends, or None where none does."""
    days = (finding.waiver.expires for finding in waived if finding.waiver is not None)
    return min((day for day in days if day is not None), default=None)
