"""`capgen validate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from capgen import pipeline
from capgen.cli.console import print_json, show_diagnostics
from capgen.cli.fleet_options import SpecsArgument, specs_of
from capgen.cli.options import Exit, Format, FormatOption
from capgen.diagnostics import Diagnostic
from capgen.pipeline import Validated

if TYPE_CHECKING:
    from capgen.fleet.find import Found


def validate_command(specs: SpecsArgument, format: FormatOption = Format.TEXT) -> None:
    """Find everything that is wrong with specs, without compiling them."""
    found = specs_of(specs)
    each, told = (
        _searched(found) if found.searched else ([(f.path, pipeline.validate(f.path)) for f in found.files], ())
    )
    if not each:
        raise typer.BadParameter(f"there is no deployment spec in {', '.join(specs)}", param_hint="SPEC")
    if format is not Format.JSON:
        show_diagnostics(told)
    good = True
    documents = []
    for path, validated in each:
        good = good and validated.model is not None
        if format is Format.JSON:
            documents.append(_document(path, validated))
        else:
            _show(path, validated)
    if format is Format.JSON:
        alone = len(documents) == 1 and not found.searched
        print_json(documents[0] if alone else {"ok": good, "specs": documents})
    raise typer.Exit(Exit.GOOD if good else Exit.REFUSED)


def _searched(found: "Found") -> tuple[list[tuple[Path, Validated]], tuple[Diagnostic, ...]]:
    """Validate the specs among files that were not named one by one. Finding out which these are costs imports."""
    from capgen.fleet.survey import survey

    surveyed = survey(found.files)
    each = [(member.path, pipeline.validate_loaded(member.document, member.told)) for member in surveyed.members]
    return each, surveyed.diagnostics


def _document(spec: Path, validated: Validated) -> dict[str, Any]:
    from capgen.report.json import diagnostics_as_json

    return {"ok": validated.model is not None, "spec": str(spec), **diagnostics_as_json(validated.diagnostics)}


def _show(spec: Path, validated: Validated) -> None:
    show_diagnostics(validated.diagnostics, validated.document)
    if validated.model is not None:
        regions = ", ".join(region.values.region for region in validated.model.regions)
        print(f"{spec}: valid, {validated.model.name} in {regions}")
