"""`capgen validate`."""

import typer

from capgen import pipeline
from capgen.cli.console import print_json, show_diagnostics
from capgen.cli.options import Exit, Format, FormatOption, SpecArgument


def validate_command(spec: SpecArgument, format: FormatOption = Format.TEXT) -> None:
    """Find everything that is wrong with a spec, without compiling it."""
    validated = pipeline.validate(spec)
    if format is Format.JSON:
        from capgen.report.json import diagnostics_as_json

        print_json({"ok": validated.model is not None, "spec": str(spec), **diagnostics_as_json(validated.diagnostics)})
    else:
        show_diagnostics(validated.diagnostics, validated.document)
        if validated.model is not None:
            regions = ", ".join(region.values.region for region in validated.model.regions)
            print(f"{spec}: valid, {validated.model.name} in {regions}")
    raise typer.Exit(Exit.GOOD if validated.model is not None else Exit.REFUSED)
