"""`capgen init`."""

from pathlib import Path
from typing import Annotated

import typer

from capgen.cli.console import show_diagnostics
from capgen.cli.options import Exit
from capgen.diagnostics import Diagnostic


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
) -> None:
    """Write a commented spec from a blueprint and its parameters."""
    from capgen.render import collect_parameters, find_blueprint, render_spec, write_editor_schema

    found, diagnostics = find_blueprint(blueprint)
    if found is None:
        show_diagnostics(diagnostics)
        raise typer.Exit(Exit.REFUSED)
    named = [
        f"{parameter}={value}" for parameter, value in (("StackName", name), ("Region", region)) if value is not None
    ]
    collected = collect_parameters(found, parameters or (), [*(settings or ()), *named])
    show_diagnostics(collected.diagnostics, *collected.documents.values())
    if collected.values is None:
        raise typer.Exit(Exit.REFUSED)
    target = output or Path(f"{collected.values['StackName']}.yaml")
    if target.exists() and not force:
        show_diagnostics([_exists(target)])
        raise typer.Exit(Exit.REFUSED)
    text, diagnostics = render_spec(found, collected.values)
    show_diagnostics(diagnostics)
    if text is None:
        raise typer.Exit(Exit.REFUSED)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    write_editor_schema(target.parent)
    print(target)


def _exists(target: Path) -> Diagnostic:
    return Diagnostic(
        rule="init-exists",
        message=f"{target} exists and is left as it is",
        hint="name another file with -o, or overwrite it with --force",
    )
