"""`capgen init`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from capgen.cli.console import print_json, show_diagnostics
from capgen.cli.options import Exit, Format, FormatOption
from capgen.diagnostics import Diagnostic, has_errors
from capgen.load import Document
from capgen.pipeline import validate_text


def init_command(
    blueprint: Annotated[
        str, typer.Argument(metavar="BLUEPRINT", help="Name of the blueprint, such as cap-fullstack.")
    ],
    name: Annotated[str | None, typer.Option(help="Name of the deployment: the guide's stack name.")] = None,
    region: Annotated[str | None, typer.Option(help="AWS region.")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the blueprint. May be given several times."),
    ] = None,
    parameters: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Parameters from a YAML map or from a CloudFormation parameter file."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The spec to write.", show_default="<name>.yaml"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the spec if it exists.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Write a commented spec from a blueprint and its parameters. A spec that would not validate is not written."""
    given = [*(settings or ())]
    given += [f"{key}={value}" for key, value in (("StackName", name), ("Region", region)) if value is not None]
    made = _make(blueprint, parameters or [], given, output, force=force)
    if format is Format.JSON:
        from capgen.report.json import diagnostics_as_json

        spec = made.target.as_posix() if made.target else None
        print_json({"ok": made.target is not None, "spec": spec, **diagnostics_as_json(made.diagnostics)})
    else:
        show_diagnostics(made.diagnostics, *made.documents)
        if made.target is not None:
            print(made.target)
    raise typer.Exit(Exit.GOOD if made.target is not None else Exit.REFUSED)


@dataclass(frozen=True)
class _Made:
    """The spec that was written, if one was, what there is to say, and the files that it is about."""

    target: Path | None
    diagnostics: Sequence[Diagnostic]
    documents: Sequence[Document | None] = ()


def _make(blueprint: str, files: list[Path], settings: list[str], output: Path | None, *, force: bool) -> _Made:
    from capgen.render import collect_parameters, find_blueprint, render_spec, write_editor_schema

    found, diagnostics = find_blueprint(blueprint)
    if found is None:
        return _Made(None, diagnostics)
    collected = collect_parameters(found, files, settings)
    documents: tuple[Document | None, ...] = (*collected.documents.values(),)
    if collected.values is None:
        return _Made(None, collected.diagnostics, documents)
    target = output or Path(f"{collected.values['StackName']}.yaml")
    text, diagnostics = render_spec(found, collected.values)
    if target.exists() and not force:
        diagnostics = [*diagnostics, _exists(target)]
    elif text is not None:
        validated = validate_text(text, str(target))
        diagnostics, documents = [*diagnostics, *validated.diagnostics], (*documents, validated.document)
    told = (*collected.diagnostics, *diagnostics)
    if text is None or has_errors(told):
        return _Made(None, told, documents)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    write_editor_schema(target.parent)
    return _Made(target, told, documents)


def _exists(target: Path) -> Diagnostic:
    return Diagnostic(
        rule="init-exists",
        message=f"{target} exists and is left as it is",
        hint="name another file with -o, or overwrite it with --force",
    )
