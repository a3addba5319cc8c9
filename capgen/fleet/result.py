"""What became of a fleet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic, has_errors, in_reading_order
from capgen.fleet.options import Options
from capgen.fleet.outcome import Outcome, Status

if TYPE_CHECKING:  # only a judgement needs it
    from capgen.assess import Assessment


@dataclass(frozen=True, kw_only=True)
class Fleet:
    """What became of every deployment, by the path of its spec.

    `assessment` has the judged regions, waivers applied; `passed` counts the checks that each passes, by its name.
    `orphans` are outputs that no spec has.
    """

    options: Options
    outcomes: tuple[Outcome, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    assessment: "Assessment | None" = None
    passed: Mapping[str, int] = field(default_factory=dict)
    orphans: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every deployment was done, and nothing that fails stands."""
        done = all(outcome.status in (Status.BUILT, Status.UNCHANGED) for outcome in self.outcomes)
        return done and not has_errors(self.all_diagnostics) and (self.assessment is None or self.assessment.ok)

    @property
    def all_diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that there is to say."""
        told = [diagnostic for outcome in self.outcomes for diagnostic in outcome.diagnostics]
        assessed = self.assessment.diagnostics if self.assessment else ()
        return tuple(in_reading_order([*told, *self.diagnostics, *assessed]))

    def with_status(self, status: Status) -> list[Outcome]:
        """Return the outcomes of one kind."""
        return [outcome for outcome in self.outcomes if outcome.status is status]
