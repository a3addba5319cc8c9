"""`capgen explain`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from capgen.cli.console import print_json, show_diagnostics
from capgen.cli.options import Exit, Format, FormatOption, SpecArgument
from capgen.diagnostics import Diagnostic, did_you_mean, has_errors
from capgen.load import Document, SpecPath, dotted

if TYPE_CHECKING:
    from capgen.pipeline.explain import Explained


def explain_command(
    spec: SpecArgument,
    path: Annotated[
        str | None,
        typer.Argument(metavar="[PATH]", help="A value or a section, such as database.multi_az or network."),
    ] = None,
    region: Annotated[str | None, typer.Option(metavar="REGION", help="Tell this region alone.")] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Tell each effective value of each region: which line, profile or default decided it, and what it overrode.

    A spec that a rule refuses is told as well; the exit code is then 1.
    """
    from capgen.pipeline.explain import explain
    from capgen.report.explain import explained_document, select

    explained = explain(spec)
    model = explained.model
    path, region = _of_region(path, region)
    wrong = _wrong_question(explained, path, region)
    selected = select(model, path, region) if model and not wrong else []
    if format is Format.JSON:
        print_json(explained_document(explained, selected, wrong))
    else:
        show_diagnostics([*explained.diagnostics, *wrong], explained.document)
        if model is not None and selected:
            from rich.console import Console

            from capgen.report.explain_text import print_explained

            print_explained(Console(highlight=False), model, selected)
    raise typer.Exit(Exit.REFUSED if has_errors([*explained.diagnostics, *wrong]) else Exit.GOOD)


def _of_region(path: str | None, region: str | None) -> tuple[str | None, str | None]:
    """Take the region out of a path such as regions.eu-west-1.database."""
    parts = path.split(".", 2) if path else []
    if len(parts) > 1 and parts[0] == "regions":
        return (parts[2] if len(parts) > len(("regions", "name")) else None), region or parts[1]
    return path, region


def _wrong_question(explained: "Explained", path: str | None, region: str | None) -> list[Diagnostic]:
    from capgen.report.explain import known_names

    document, model = explained.document, explained.model
    if document is None or model is None:
        return []
    regions = [each.values.region for each in model.regions]
    if region is not None and region not in regions:
        return [
            Diagnostic(rule="explain-region", message=f'{model.name} has no region "{region}"', value=region,
                       allowed=", ".join(regions), hint=did_you_mean(region, regions))
        ]  # fmt: skip
    names = known_names(each for each in model.regions if region in (None, each.values.region))
    if path is None or path in names:
        return []
    parents = [name for name in names if path.startswith((f"{name}.", f"{name}["))]
    hint = _taken_back(document, path) or did_you_mean(path, names) or did_you_mean(path.lower(), names)
    if hint is None and parents:
        hint = f"capgen explain SPEC {max(parents, key=len)} tells what there is"
    return [
        Diagnostic(rule="explain-path", message=f'{model.name} has no value "{path}"', value=path, hint=hint,
                   allowed="a path of the effective values, such as database.multi_az, access.egress[0] or network")
    ]  # fmt: skip


def _taken_back(document: Document, path: str) -> str | None:
    """Say which null takes back what would stand at a path, in any region or at the top."""
    for at, place in document.places.items():
        if not document.has(at) and path in {_of_region(dotted(each), None)[0] for each in _beneath(document, at)}:
            return f"the null in {place.value.file}:{place.value.line} takes it back"
    return None


def _beneath(document: Document, at: SpecPath) -> Iterator[SpecPath]:
    """Yield the paths that a null takes back: its own, and those within what lies beneath it."""
    yield at
    below = [(each.document, each.path) for each in document.overridden.get(at, ())]
    if at in document.resets:
        below.append((document, at[2:]))
    for said, section in below:
        yield from ((*at, *path[len(section) :]) for path in said.places if path[: len(section)] == section)
