"""Accept findings for a stated reason, for a stated time."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial

from capgen.assess.assessment import RegionAssessment, Terms
from capgen.assess.waiver_diagnostics import expired, expires_soon, unused
from capgen.diagnostics import Diagnostic, in_reading_order
from capgen.findings import Finding, Waiver
from capgen.reach.differences import TITLES
from capgen.scan import check_ids

_Key = tuple[str, Waiver]
"""A waiver and the deployment that carries it, empty for one of a shared file."""


@dataclass(frozen=True)
class _Use:
    """What the waivers in scope did: which of them cover a finding, and which of them let one stand."""

    meant: dict[_Key, Waiver] = field(default_factory=dict)
    covering: set[_Key] = field(default_factory=set)
    too_late: set[_Key] = field(default_factory=set)


def apply_waivers(
    regions: Sequence[RegionAssessment], terms: Terms, incomplete: Collection[str] = (), *, more: bool = False
) -> tuple[list[RegionAssessment], list[Diagnostic]]:
    """Split each region's findings into those that stand and those that are waived; and judge the waivers themselves.

    A waiver that has expired is an error, and the finding stands. So is one that matches nothing in any region that it
    is meant for: what it excused is gone. A waiver that several regions of a deployment carry is one waiver. Where
    several cover a finding, the one that lasts longest is named. `incomplete` are the deployments of which not every
    region is among `regions`. `more` says that there are whole deployments of which nothing is known here: a waiver of
    a shared file that matches nothing may then match there.
    """
    use, known = _Use(), cache(lambda: check_ids(terms.policies) | TITLES.keys())
    applied = [_applied(region, terms, use) if region.judged else region for region in regions]
    diagnostics = [
        diagnostic
        for key, waiver in use.meant.items()
        if waiver.expires is not None
        for diagnostic in _judged(
            key, terms, use, known, partial(_may_match_elsewhere, key, regions, incomplete, more=more)
        )
    ]
    return applied, in_reading_order(diagnostics)


def _applied(region: RegionAssessment, terms: Terms, use: _Use) -> RegionAssessment:
    shared = (waiver for waiver in terms.waivers if waiver.applies(region.deployment, region.region))
    waivers = {(region.deployment, each): each for each in region.carried} | {("", each): each for each in shared}
    use.meant.update(waivers)
    findings = [_waived(finding, waivers, terms, use) for finding in region.findings]
    return replace(
        region,
        findings=tuple(finding for finding in findings if finding.waiver is None),
        waived=tuple(finding for finding in findings if finding.waiver is not None),
    )


def _waived(finding: Finding, waivers: Mapping[_Key, Waiver], terms: Terms, use: _Use) -> Finding:
    covering = {key: waiver for key, waiver in waivers.items() if waiver.covers(finding)}
    use.covering.update(covering)
    lasting = max(covering.values(), key=lambda waiver: waiver.lasts, default=None)
    if lasting is not None and lasting.lasts >= terms.today:
        return replace(finding, waiver=lasting)
    use.too_late.update(covering)
    return finding


def _judged(
    key: _Key,
    terms: Terms,
    use: _Use,
    known: Callable[[], frozenset[str]],
    may_match_elsewhere: Callable[[], bool],
) -> list[Diagnostic]:
    waiver = use.meant[key]
    if key not in use.covering:
        return [] if may_match_elsewhere() else [unused(waiver, known())]
    if waiver.lasts < terms.today:
        return [expired(waiver, findings_stand=key in use.too_late)]
    return expires_soon(waiver, terms.today)


def _may_match_elsewhere(
    key: _Key, regions: Sequence[RegionAssessment], incomplete: Collection[str], *, more: bool
) -> bool:
    """Say whether the waiver is also meant for a region of which nothing is known, since it was not judged."""
    deployment, waiver = key
    if not deployment:
        return more or any(not region.judged and waiver.applies(region.deployment, region.region) for region in regions)
    if waiver.spec.startswith("regions."):
        return False
    return deployment in incomplete or any(not region.judged and region.deployment == deployment for region in regions)
