"""Stage 14 on a plan of Terraform's."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic, in_reading_order
from capgen.pipeline.results import Progress

if TYPE_CHECKING:  # checkov is behind it
    from capgen.assess import Terms
    from capgen.gate import Review


def review(
    plan: Path,
    terms: "Terms",
    *,
    tree: Path | None = None,
    allow: Sequence[str] = (),
    progress: Progress = lambda _: None,
) -> "Review":
    """Judge the JSON of a Terraform plan. `tree` is the compiled root that it was made from."""
    progress("review")
    from capgen.gate import review_plan

    return review_plan(plan, terms, tree=tree, allow=allow)


def not_reviewed(plan: Path, terms: "Terms", diagnostics: Iterable[Diagnostic]) -> "Review":
    """Return what is known where the terms themselves were refused: nothing was judged."""
    from capgen.assess import Assessment
    from capgen.compare import RegionChanges
    from capgen.gate import Review

    return Review(plan=plan.name, assessment=Assessment(terms=terms), region=RegionChanges(region=plan.stem),
                  diagnostics=tuple(in_reading_order(diagnostics)))  # fmt: skip
