"""`capgen review`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from capgen import pipeline
from capgen.cli.console import print_json, progress, show_diagnostics
from capgen.cli.options import (
    Exit,
    FailOnOption,
    Level,
    PoliciesOption,
    ReportOption,
    TodayOption,
    WaiversOption,
)
from capgen.cli.terms import terms_of

if TYPE_CHECKING:
    from capgen.gate import Review


class ReviewFormat(StrEnum):
    """How the review is printed on standard output."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def review_command(
    plan: Annotated[
        Path, typer.Argument(metavar="PLAN.json", help="What terraform show -json prints of a saved plan.")
    ],
    today: TodayOption,
    tree: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The compiled root that the plan was made from: its waivers and flows count."),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="A dangerous change to let pass. May be given several times."),
    ] = None,
    waivers: WaiversOption = None,
    policies: PoliciesOption = None,
    fail_on: FailOnOption = Level.LOW,
    report: ReportOption = None,
    format: Annotated[
        ReviewFormat, typer.Option("--format", "-f", help="How to print the result.")
    ] = ReviewFormat.TEXT,
) -> None:
    """Judge a Terraform plan before it is applied.

    Exit code 0: it may be applied. 1: policy findings stand, or waivers do not hold. 2: it cannot be judged, or an
    --allow matches nothing. 3: data would be lost, or the world let in, and nobody allows it.
    """
    terms, refused = terms_of(today, waivers, policies, fail_on)
    with progress() as show:
        review = pipeline.not_reviewed(plan, terms, refused) if refused else pipeline.review(
            plan, terms, tree=tree, allow=allow or (), progress=show)  # fmt: skip
    if report is not None and review.readable:
        from capgen.report.review_diagnostics import review_diagnostics
        from capgen.report.write import write_report

        write_report(report, review.assessment, changes=(review.region,), diagnostics=review_diagnostics(review))
    _show(review, format, report)
    raise typer.Exit(Exit.REFUSED if refused else _exit_code(review))


def _show(review: "Review", format: ReviewFormat, report: Path | None) -> None:
    if format is ReviewFormat.JSON:
        from capgen.report.review_document import review_document

        print_json(review_document(review))
        return
    show_diagnostics(review.all_diagnostics)
    if format is ReviewFormat.MARKDOWN:
        from capgen.report.review_markdown import review_markdown

        print(review_markdown(review), end="")
    else:
        from rich.console import Console

        from capgen.report.review_text import print_review

        print_review(Console(highlight=False), review, reported=report is not None)
        if report is not None and review.readable:
            print(f"report: {report / 'index.html'}")


def _exit_code(review: "Review") -> Exit:
    from capgen.gate import Verdict

    return {
        Verdict.PASSED: Exit.GOOD,
        Verdict.REFUSED: Exit.REFUSED,
        Verdict.UNUSABLE: Exit.USAGE,
        Verdict.DANGEROUS: Exit.DANGEROUS,
    }[review.verdict]
