"""`capgen build` and `capgen compile`."""

from pathlib import Path

import typer

from capgen import pipeline
from capgen.cli.console import print_assessment, print_json, progress, show_diagnostics
from capgen.cli.options import (
    Exit,
    FailOnOption,
    Format,
    FormatOption,
    Level,
    OutOption,
    PoliciesOption,
    ReportOption,
    SpecArgument,
    TodayOption,
    WaiversOption,
)
from capgen.cli.terms import terms_of

_OUT = Path("out")


def build_command(
    spec: SpecArgument,
    today: TodayOption,
    out: OutOption = _OUT,
    waivers: WaiversOption = None,
    policies: PoliciesOption = None,
    fail_on: FailOnOption = Level.LOW,
    report: ReportOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Compile a spec into Terraform, then judge it. Fails on findings that no waiver covers."""
    terms, refused = terms_of(today, waivers, policies, fail_on)
    if refused:
        built = pipeline.not_built(terms, refused)
    else:
        with progress() as show:
            built = pipeline.build(spec, out, terms, show)
    if format is Format.JSON:
        from capgen.report.results import built_document

        print_json(built_document(built))
    else:
        show_diagnostics(built.diagnostics, built.compiled.validated.document)
        if built.compiled.directory is not None:
            print_assessment(built.assessment, report)
            print(built.compiled.directory)
    if report is not None:
        from capgen.report.write import write_report

        write_report(report, built.assessment, built.compiled.validated, diagnostics=built.compiled.diagnostics)
        if format is Format.TEXT:
            print(f"report: {report / 'index.html'}")
    raise typer.Exit(Exit.GOOD if built.ok else Exit.REFUSED)


def compile_command(spec: SpecArgument, out: OutOption = _OUT, format: FormatOption = Format.TEXT) -> None:
    """Compile a spec into Terraform without judging it."""
    with progress() as show:
        compiled = pipeline.compile_spec(spec, out, show)
    if format is Format.JSON:
        from capgen.report.results import compiled_document

        print_json(compiled_document(compiled))
    else:
        show_diagnostics(compiled.diagnostics, compiled.validated.document)
        if compiled.directory is not None:
            print(compiled.directory)
    raise typer.Exit(Exit.GOOD if compiled.directory is not None else Exit.REFUSED)
