"""The judgement of compiled regions: every fact that a report tells."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from capgen.diagnostics import Diagnostic, has_errors
from capgen.evaluate import Flattened
from capgen.findings import Finding, FindingSeverity, Waiver
from capgen.permissions import Holder
from capgen.reach import Reachability
from capgen.scan import Passed
from capgen.topology import IntendedFlow


@dataclass(frozen=True, kw_only=True)
class Terms:
    """On what terms regions are judged.

    `today` is the day for which waivers hold. `waivers` come from shared files, beside those that the regions carry.
    `policies` is a folder of the user's own checks. Findings below `fail_on` are told and do not fail.
    """

    today: date
    waivers: tuple[Waiver, ...] = ()
    policies: Path | None = None
    fail_on: FindingSeverity = FindingSeverity.LOW

    def fails(self, finding: Finding) -> bool:
        """Say whether a finding that stands is bad enough to fail."""
        return finding.severity.rank <= self.fail_on.rank


@dataclass(frozen=True, kw_only=True)
class RegionAssessment:
    """What one region will be, and what policy says about it. With an error among the diagnostics it was not judged.

    `name` is how messages call the region: the path of its root below what was assessed. `resources` counts what was
    judged. `carried` are the waivers that the region's root carries, `intended` the flows that its spec asks for: None
    where nothing says what is intended.
    """

    name: str
    deployment: str
    region: str
    findings: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()
    passed: tuple[Passed, ...] = ()
    resources: int = 0
    reachability: Reachability = field(default_factory=Reachability)
    intended: tuple[IntendedFlow, ...] | None = None
    holders: tuple[Holder, ...] = ()
    flattened: Flattened | None = None
    carried: tuple[Waiver, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def judged(self) -> bool:
        """Say whether policy was asked at all."""
        return not has_errors(self.diagnostics)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """Every region that was assessed, and what there is to say about the waivers.

    `base` is the folder that was assessed, as its path was given: the files of findings are relative to it.
    """

    terms: Terms
    base: str = ""
    regions: tuple[RegionAssessment, ...] = ()
    waiver_diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that kept a region from being judged, or a waiver from holding."""
        return (*(found for region in self.regions for found in region.diagnostics), *self.waiver_diagnostics)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What policy finds and no waiver covers, region by region."""
        return tuple(finding for region in self.regions for finding in region.findings)

    @property
    def failing(self) -> tuple[Finding, ...]:
        """Those findings that are bad enough to fail."""
        return tuple(finding for finding in self.findings if self.terms.fails(finding))

    @property
    def ok(self) -> bool:
        """Whether everything was judged, every waiver holds, and no finding that fails stands."""
        return not self.failing and not has_errors(self.diagnostics)
