"""`capgen scan`."""

from pathlib import Path
from typing import Annotated

import typer

from capgen import pipeline
from capgen.cli.console import print_json, print_scans, show_diagnostics
from capgen.cli.options import Exit, Format, FormatOption


def scan_command(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A root, a deployment, or a folder of deployments.")],
    spec: Annotated[
        Path | None,
        typer.Option(metavar="SPEC", help="The spec that DIR was compiled from: findings then name its lines."),
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Judge compiled Terraform with checkov, as `build` does. Fails on findings that no waiver covers."""
    scanned = pipeline.scan(directory, spec)
    if format is Format.JSON:
        from capgen.report.results import scans_document

        print_json({"ok": scanned.ok, **scans_document(scanned.scans, scanned.diagnostics)})
    else:
        show_diagnostics(scanned.diagnostics, scanned.document)
        print_scans(scanned.scans)
    raise typer.Exit(Exit.GOOD if scanned.ok else Exit.REFUSED)
