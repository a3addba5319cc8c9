"""The judgement of a plan as diagnostics, for the forms of a report that know no plans."""

from capgen.diagnostics import Diagnostic
from capgen.gate.review import Review
from capgen.report.review_words import allowance, danger_in_words


def review_diagnostics(review: Review) -> tuple[Diagnostic, ...]:
    """Return what there is to say about the plan, and an error for each dangerous change that nobody allows."""
    dangers = (
        Diagnostic(
            rule="plan-dangerous",
            message=danger_in_words(danger),
            value=", ".join(danger.addresses) or None,
            hint=f"change the plan, or let it pass with {allowance(danger)}" if danger.addresses else "change the plan",
        )
        for danger in review.standing
    )
    return (*review.diagnostics, *dangers)
