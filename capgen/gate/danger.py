"""What must not happen unless someone says so, address by address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from capgen.compare import ExposureChange
from capgen.diagnostics import Diagnostic, did_you_mean
from capgen.gate.drift import Drift
from capgen.gate.planned import Kind, PlannedChange


class DangerKind(StrEnum):
    """Data that is lost; the Internet that is let in by the plan; or that was let in by hand, and stays."""

    DATA = "data"
    WORLD = "world"
    DRIFT = "drift"


@dataclass(frozen=True, kw_only=True)
class Danger:
    """One dangerous change. `addresses` are those that `--allow` has to name, all of them.

    `change` or `exposure` is what it is about.
    """

    kind: DangerKind
    addresses: tuple[str, ...]
    allowed: bool
    change: PlannedChange | None = None
    exposure: ExposureChange | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"kind": str(self.kind), "addresses": list(self.addresses), "allowed": self.allowed,
                "action": None if self.change is None else str(self.change.kind),
                "flow": None if self.exposure is None else self.exposure.flow.to_json()}  # fmt: skip


def dangers(
    changes: Sequence[PlannedChange], exposure: Sequence[ExposureChange], drift: Drift, allow: Sequence[str]
) -> tuple[Danger, ...]:
    """Return every dangerous change, and whether it is allowed."""
    return tuple(_dangers(changes, exposure, drift, frozenset(allow)))


def _dangers(
    changes: Sequence[PlannedChange], exposure: Sequence[ExposureChange], drift: Drift, allow: frozenset[str]
) -> Iterator[Danger]:
    for change in changes:
        if change.dangerous:
            yield Danger(kind=DangerKind.DATA, addresses=(change.address,), allowed=change.address in allow,
                         change=change)  # fmt: skip
    for kind, found in ((DangerKind.WORLD, exposure), (DangerKind.DRIFT, drift.stays)):
        for opened in found:
            if opened.opened and opened.world:
                rules = opened.flow.rules
                yield Danger(kind=kind, addresses=rules, allowed=bool(rules) and allow.issuperset(rules),
                             exposure=opened)  # fmt: skip


def stale_allowances(
    found: Sequence[Danger], changes: Sequence[PlannedChange], allow: Sequence[str]
) -> Iterator[Diagnostic]:
    """Say of each `--allow` that names nothing dangerous that it must go: left there, it would allow the next plan."""
    known = {address for danger in found for address in danger.addresses}
    for address in sorted(set(allow) - known):
        planned = next((change for change in changes if change.address == address), None)
        if planned is None or planned.kind is Kind.NONE:
            reason, hint = "the plan does nothing dangerous to it", did_you_mean(address, known)
        else:
            reason, hint = f"to {planned.kind} it is not dangerous", None
        yield Diagnostic(
            rule="review-allow",
            message=f"--allow {address} matches nothing: {reason}",
            value=address,
            hint=hint or "remove it: an allowance that stays would let the next plan pass",
        )
