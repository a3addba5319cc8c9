"""The entry point of the `capgen` command."""

import sys
from typing import Annotated

import typer

from capgen.cli.affected import affected_command
from capgen.cli.blueprint import blueprint_app
from capgen.cli.build import build_command, compile_command
from capgen.cli.check import check_command
from capgen.cli.console import show_diagnostics
from capgen.cli.diff import diff_command
from capgen.cli.disk import disk_problem
from capgen.cli.explain import explain_command
from capgen.cli.init import init_command
from capgen.cli.options import Exit
from capgen.cli.pipeline import pipeline_app
from capgen.cli.policies import policies_command
from capgen.cli.review import review_command
from capgen.cli.scan import scan_command
from capgen.cli.schema import schema_command, version_command, version_option
from capgen.cli.validate import validate_command

app = typer.Typer(
    name="capgen",
    help="Compile a YAML deployment spec into Terraform for a complete AWS Fargate application, and judge it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=version_option, is_eager=True, help="Print the version, and exit."),
    ] = False,
) -> None:
    pass  # its callback does it


app.command("init")(init_command)
app.add_typer(blueprint_app, name="blueprint")
app.command("validate")(validate_command)
app.command("explain")(explain_command)
app.command("build")(build_command)
app.command("compile")(compile_command)
app.command("check")(check_command)
app.command("affected")(affected_command)
app.command("scan")(scan_command)
app.command("review")(review_command)
app.command("diff")(diff_command)
app.add_typer(pipeline_app, name="pipeline")
app.command("policies")(policies_command)
app.command("schema")(schema_command)
app.command("version")(version_command)


def main() -> None:
    """Run the command. A disk that fails is the user's to know about, not a traceback."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; Python would complain while it shuts down
        sys.exit(Exit.REFUSED)
    except OSError as error:
        show_diagnostics([disk_problem(error)])
        sys.exit(Exit.REFUSED)
