"""`capgen scan`."""

from pathlib import Path
from typing import Annotated

import typer

from capgen import pipeline
from capgen.cli.console import print_assessment, print_json, show_diagnostics
from capgen.cli.options import (
    Exit,
    FailOnOption,
    Format,
    FormatOption,
    Level,
    PoliciesOption,
    ReportOption,
    TodayOption,
    WaiversOption,
)
from capgen.cli.terms import terms_of


def scan_command(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A root, a deployment, or a folder of deployments.")],
    today: TodayOption,
    spec: Annotated[
        Path | None,
        typer.Option(metavar="SPEC", help="The spec that DIR was compiled from: its flows and waivers count."),
    ] = None,
    waivers: WaiversOption = None,
    policies: PoliciesOption = None,
    fail_on: FailOnOption = Level.LOW,
    report: ReportOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Judge compiled Terraform, as `build` does. Fails on findings that no waiver covers."""
    terms, refused = terms_of(today, waivers, policies, fail_on)
    scanned = pipeline.not_scanned(terms, refused) if refused else pipeline.scan(directory, terms, spec)
    if format is Format.JSON:
        from capgen.report.results import scanned_document

        print_json(scanned_document(scanned))
    else:
        show_diagnostics(scanned.diagnostics, scanned.validated.document if scanned.validated else None)
        print_assessment(scanned.assessment, report)
    if report is not None:
        from capgen.report.write import write_report

        write_report(report, scanned.assessment, scanned.validated)
        if format is Format.TEXT:
            print(f"report: {report / 'index.html'}")
    raise typer.Exit(Exit.GOOD if scanned.ok else Exit.REFUSED)
