"""Who accepted what, why and until when, and what each waiver covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from capgen.assess import Assessment
from capgen.assess.waiver_diagnostics import SOON
from capgen.findings import Finding, FindingSeverity, Waiver
from capgen.report.html.quote import Quote, Quotes


class Standing(StrEnum):
    """What is with a waiver on the day of the report, what needs someone first."""

    EXPIRED = "expired"
    UNUSED = "covers nothing"
    SOON = "expires soon"
    HOLDS = "holds"
    PROFILE = "of the profile"


@dataclass(frozen=True, kw_only=True)
class WaiverRow:
    """A waiver. `days` are those left, negative where it has expired, None where it has no end.

    `covered` are the findings that it matches, each with its region's name; an expired waiver excuses none of them.
    `shared` says that it is of a file for many deployments, `scope` where it applies.
    """

    waiver: Waiver
    standing: Standing
    days: int | None
    scope: str
    covered: tuple[tuple[str, Finding], ...]
    quote: Quote | None
    shared: bool

    @property
    def worst(self) -> FindingSeverity | None:
        """Return how bad the worst finding is that it covers."""
        return min((finding.severity for _, finding in self.covered), key=lambda each: each.rank, default=None)


def waiver_rows(assessment: Assessment, quotes: Quotes) -> tuple[WaiverRow, ...]:
    """Return every waiver that is meant for one of the regions, or for none, what needs someone first.

    One that several regions of a deployment carry is one waiver.
    """
    regions: dict[tuple[str, Waiver], list[str]] = {("", waiver): [] for waiver in assessment.terms.waivers}
    found: dict[tuple[str, Waiver], list[tuple[str, Finding]]] = {}
    for region in assessment.regions:
        carried = [(region.deployment, waiver) for waiver in region.carried]
        shared = [("", each) for each in assessment.terms.waivers if each.applies(region.deployment, region.region)]
        for key in (*carried, *shared):
            regions.setdefault(key, []).append(region.name)
            covered = (finding for finding in (*region.findings, *region.waived) if key[1].covers(finding))
            found.setdefault(key, []).extend((region.name, finding) for finding in covered)
    rows = [_row(assessment, key, names, tuple(found.get(key, ())), quotes) for key, names in regions.items()]
    order = list(Standing)
    return tuple(sorted(rows, key=lambda row: (order.index(row.standing), row.waiver.lasts, row.waiver.check,
                                               row.waiver.resource, row.scope)))  # fmt: skip


def _row(
    assessment: Assessment, key: tuple[str, Waiver], regions: list[str], covered: tuple[tuple[str, Finding], ...],
    quotes: Quotes,
) -> WaiverRow:  # fmt: skip
    deployment, waiver = key
    days = (waiver.expires - assessment.terms.today).days if waiver.expires else None
    return WaiverRow(
        waiver=waiver,
        standing=_standing(days, used=bool(covered)),
        days=days,
        scope=_scope(regions) if deployment else f"shared: deployments {', '.join(waiver.deployments)}; "
                                                 f"regions {', '.join(waiver.regions)}",
        covered=covered,
        quote=quotes.at(waiver.place),
        shared=not deployment,
    )  # fmt: skip


def _standing(days: int | None, *, used: bool) -> Standing:
    if days is None:
        return Standing.PROFILE
    if not used:
        return Standing.UNUSED
    if days < 0:
        return Standing.EXPIRED
    return Standing.SOON if days <= SOON.days else Standing.HOLDS


def _scope(regions: Iterable[str]) -> str:
    return ", ".join(regions)
