"""`capgen blueprint`: what blueprints there are, what they take, and whether they work."""

from pathlib import Path
from typing import Annotated

import typer

from capgen.cli.console import print_json, progress, show_diagnostics
from capgen.cli.options import (
    BlueprintsOption,
    Exit,
    FailOnOption,
    Format,
    FormatOption,
    Level,
    PoliciesOption,
    TodayOption,
    WaiversOption,
)
from capgen.cli.terms import terms_of

blueprint_app = typer.Typer(help="List blueprints, show what they take, and test your own.", no_args_is_help=True)


@blueprint_app.command("list")
def list_command(blueprints: BlueprintsOption = None, format: FormatOption = Format.TEXT) -> None:
    """List the blueprints: capgen's own, and those of a folder of yours."""
    from rich.console import Console

    from capgen.diagnostics import has_errors
    from capgen.render import list_blueprints
    from capgen.report.blueprints import list_document, print_list

    listed, told = list_blueprints(blueprints)
    everything = [*told, *(each for one in listed for each in one.diagnostics)]
    if format is Format.JSON:
        print_json(list_document(listed, everything))
    else:
        show_diagnostics(everything)
        print_list(Console(highlight=False), listed)
    raise typer.Exit(Exit.REFUSED if has_errors(everything) else Exit.GOOD)


@blueprint_app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the blueprint.")],
    blueprints: BlueprintsOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Show what a blueprint makes, and its parameters: what each decides, its default, an example."""
    from rich.console import Console

    from capgen.render import find_blueprint
    from capgen.report.blueprints import blueprint_document, print_blueprint
    from capgen.report.json import diagnostics_as_json

    found, told = find_blueprint(name, blueprints)
    if format is Format.JSON:
        print_json(blueprint_document(found, told) if found else {"ok": False, **diagnostics_as_json(told)})
    else:
        show_diagnostics(told)
        if found is not None:
            print_blueprint(Console(highlight=False), found)
    raise typer.Exit(Exit.GOOD if found is not None else Exit.REFUSED)


@blueprint_app.command("test")
def try_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A blueprint, or a folder of blueprints.")],
    today: TodayOption,
    waivers: WaiversOption = None,
    policies: PoliciesOption = None,
    fail_on: FailOnOption = Level.LOW,
    update: Annotated[
        bool, typer.Option("--update", help="Write what the examples render as expected/<example>.yaml.")
    ] = False,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write the tests as JUnit XML.")] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Test blueprints: render their examples, compile and scan them, hold them to what is expected."""
    from rich.console import Console

    from capgen.blueprints.trial import Trials, try_blueprints
    from capgen.report.blueprint_tests import print_trials, trials_document, trials_junit

    terms, refused = terms_of(today, waivers, policies, fail_on)
    if refused:
        trials = Trials(trials=(), diagnostics=tuple(refused))
    else:
        with progress() as show:
            trials = try_blueprints(folder, terms, update=update, progress=show)
    if format is Format.JSON:
        print_json(trials_document(trials))
    else:
        told = [each for trial in trials.trials for outcome in trial.outcomes for each in outcome.diagnostics]
        documents = [document for trial in trials.trials for document in trial.documents]
        show_diagnostics([*trials.diagnostics, *told], *documents)
        print_trials(Console(highlight=False), trials)
    if junit is not None:
        junit.parent.mkdir(parents=True, exist_ok=True)
        junit.write_text(trials_junit(trials, today), encoding="utf-8")
    raise typer.Exit(Exit.GOOD if trials.ok else Exit.REFUSED)


@blueprint_app.command("new")
def new_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write, called as the blueprint is.")],
    format: FormatOption = Format.TEXT,
) -> None:
    """Begin a blueprint of your own: a small one that passes its test, to change into what you need."""
    from capgen.blueprints.skeleton_files import begin_blueprint
    from capgen.report.json import diagnostics_as_json

    told = begin_blueprint(folder)
    if format is Format.JSON:
        print_json({"ok": not told, "folder": None if told else folder.as_posix(), **diagnostics_as_json(told)})
    else:
        show_diagnostics(told)
        if not told:
            print(folder)
    raise typer.Exit(Exit.REFUSED if told else Exit.GOOD)
