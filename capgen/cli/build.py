"""`capgen build` and `capgen compile`."""

from pathlib import Path

import typer

from capgen import pipeline
from capgen.cli.console import print_json, print_scans, progress, show_diagnostics
from capgen.cli.options import Exit, Format, FormatOption, OutOption, SpecArgument

_OUT = Path("out")


def build_command(spec: SpecArgument, out: OutOption = _OUT, format: FormatOption = Format.TEXT) -> None:
    """Compile a spec into Terraform, then judge it with checkov. Fails on findings that no waiver covers."""
    with progress() as show:
        built = pipeline.build(spec, out, show)
    if format is Format.JSON:
        from capgen.report.results import built_document

        print_json(built_document(built))
    else:
        show_diagnostics(built.diagnostics, built.compiled.validated.document)
        if built.compiled.directory is not None:
            print_scans(built.scans)
            print(built.compiled.directory)
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
