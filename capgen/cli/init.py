"""`capgen init`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from capgen.cli.console import print_json, show_diagnostics
from capgen.cli.options import BlueprintsOption, Exit, Format, FormatOption
from capgen.diagnostics import Diagnostic

if TYPE_CHECKING:  # Jinja2 is behind it, and only this command needs that
    from capgen.render import Blueprint


def init_command(
    blueprint: Annotated[
        str | None, typer.Argument(metavar="BLUEPRINT", help="Name of the blueprint, such as cap-fullstack.")
    ] = None,
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
    matrix: Annotated[
        Path | None,
        typer.Option("--matrix", metavar="FILE", help="A table, YAML or CSV: each of its rows becomes a spec."),
    ] = None,
    blueprints: BlueprintsOption = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="The spec to write. With --matrix, a folder, or a pattern such as 'specs/{StackName}.yaml'.",
            show_default="<name>.yaml",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a spec that says something else.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:  # fmt: skip
    """Write a commented spec from a blueprint and its parameters. A spec that would not validate is not written.

    Of parameters, --set goes before a row of --matrix, and a row before --parameters. With --matrix, all specs are
    written or none.
    """
    from capgen.render import find_blueprint

    given = [*(settings or ())]
    given += [f"{key}={value}" for key, value in (("StackName", name), ("Region", region)) if value is not None]
    if blueprint is None:
        _refuse([_no_name(blueprints)], format, Exit.USAGE)
    found, told = find_blueprint(blueprint, blueprints)
    if found is None:
        _refuse(told, format, Exit.REFUSED)
    if matrix is not None:
        _matrix(found, (matrix, parameters or [], given, output), told, format, force=force)
    _single(found, (parameters or [], given, Path(output) if output else None), told, format, force=force)


def _single(
    blueprint: "Blueprint",
    made_from: tuple[list[Path], list[str], Path | None],
    told: list[Diagnostic],
    format: Format,
    *,
    force: bool,
) -> NoReturn:
    from capgen.blueprints.single import render_single

    made = render_single(blueprint, *made_from, force=force)
    if format is Format.JSON:
        from capgen.report.init import single_document

        print_json(single_document(made.path, [*told, *made.diagnostics]))
    else:
        show_diagnostics([*told, *made.diagnostics], *made.documents)
        if made.path is not None:
            print(made.path)
    raise typer.Exit(Exit.GOOD if made.path is not None else Exit.REFUSED)


def _matrix(
    blueprint: "Blueprint",
    made_from: tuple[Path, list[Path], list[str], str | None],
    told: list[Diagnostic],
    format: Format,
    *,
    force: bool,
) -> NoReturn:
    from capgen.blueprints.matrix import render_matrix

    made = render_matrix(blueprint, *made_from, force=force)
    if format is Format.JSON:
        from capgen.report.init import matrix_document

        print_json(matrix_document(blueprint.name, made, [*told, *made.diagnostics]))
    else:
        show_diagnostics([*told, *made.diagnostics], *made.documents)
        for each in made.specs:
            print(each.path)
        if made.ok:
            changed = sum(each.changed for each in made.specs)
            print(f"{changed} written, {len(made.specs) - changed} unchanged", file=sys.stderr)
    raise typer.Exit(Exit.GOOD if made.ok else Exit.REFUSED)


def _refuse(diagnostics: list[Diagnostic], format: Format, code: Exit) -> NoReturn:
    if format is Format.JSON:
        from capgen.report.json import diagnostics_as_json

        print_json({"ok": False, "spec": None, **diagnostics_as_json(diagnostics)})
    else:
        show_diagnostics(diagnostics)
    raise typer.Exit(code)


def _no_name(folder: Path | None) -> Diagnostic:
    from capgen.render import list_blueprints

    names = ", ".join(each.name for each in list_blueprints(folder)[0])
    hint = "capgen blueprint list says what each is"
    return Diagnostic(rule="blueprint-known", message="name the blueprint", allowed=names, hint=hint)
