"""The judgement of a plan: every fact that a reviewer is told, and whether it may be applied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from capgen.assess import Assessment
from capgen.compare import RegionChanges
from capgen.diagnostics import Diagnostic, has_errors
from capgen.gate.body import Unjudged
from capgen.gate.danger import Danger
from capgen.gate.drift import Drift
from capgen.gate.planned import Kind, PlannedChange


class Verdict(StrEnum):
    """What may be done with a plan, the worst last."""

    PASSED = "passed"
    REFUSED = "refused"
    UNUSABLE = "unusable"
    DANGEROUS = "dangerous"


@dataclass(frozen=True, kw_only=True)
class OutputChange:
    """An output of the root that changes. `action` is Terraform's; values are told nowhere."""

    name: str
    action: str
    sensitive: bool

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"name": self.name, "action": self.action, "sensitive": self.sensitive}


@dataclass(frozen=True, kw_only=True)
class Review:
    """A plan that was judged, or what kept it from being judged.

    `plan` is the file's name. `changes` are all resources, `region` what follows from them. `others` counts the
    resources of other providers, which are not judged. `failed_checks` are the plan's own checks that fail, with their
    messages. `rooted` says whether a compiled root was named, `held` whether it says what is intended. `diagnostics`
    are about the plan, the root and what is allowed; the assessment has its own.
    """

    plan: str
    assessment: Assessment
    region: RegionChanges
    changes: tuple[PlannedChange, ...] = ()
    dangers: tuple[Danger, ...] = ()
    drift: Drift = field(default_factory=Drift)
    outputs: tuple[OutputChange, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    others: Mapping[str, int] = field(default_factory=dict)
    failed_checks: tuple[tuple[str, str], ...] = ()
    rooted: bool = False
    held: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def readable(self) -> bool:
        """Say whether the plan was judged."""
        return bool(self.assessment.regions)

    @property
    def all_diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that there is to say about plan, root, allowances and waivers."""
        return (*self.diagnostics, *self.assessment.diagnostics)

    @property
    def standing(self) -> tuple[Danger, ...]:
        """The dangerous changes that nobody allows."""
        return tuple(danger for danger in self.dangers if not danger.allowed)

    @property
    def forgotten(self) -> tuple[PlannedChange, ...]:
        """The databases, buckets and the like that Terraform lets go of."""
        return tuple(change for change in self.changes if change.kind is Kind.FORGET and change.stateful)

    @property
    def verdict(self) -> Verdict:
        """What may be done with the plan."""
        if self.standing:
            return Verdict.DANGEROUS
        if not self.readable or has_errors(self.diagnostics):
            return Verdict.UNUSABLE
        return Verdict.PASSED if self.assessment.ok else Verdict.REFUSED
