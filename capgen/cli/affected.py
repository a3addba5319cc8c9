"""`capgen affected`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from capgen.cli.console import print_json, show_diagnostics
from capgen.cli.fleet_options import Executor, JobsOption, ShardOption, SpecsArgument, runner_of, shard_option
from capgen.cli.options import Exit, Format, FormatOption, OutOption

if TYPE_CHECKING:
    from capgen.fleet.affected import Affected

_OUT = Path("out")


def affected_command(
    specs: SpecsArgument,
    since: Annotated[str, typer.Option(metavar="REV", help="A commit, branch or tag: what was.")],
    until: Annotated[str | None, typer.Option(metavar="REV", help="What is.", show_default="the working tree")] = None,
    out: OutOption = _OUT,
    jobs: JobsOption = None,
    shard: ShardOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """List the deployments and regions whose output a git change touches.

    Exit code 1: it is not known of every deployment.
    """
    from capgen.cli.fleet import ends_cleanly
    from capgen.fleet.affected import Affected, GitError, affected

    part, runner = shard_option(shard), runner_of(jobs, Executor.LOCAL, None)
    try:
        with ends_cleanly():
            found = affected(specs, out, since, until, runner, part)
    except GitError as error:
        found = Affected(since=since, until=until, regions=(), diagnostics=(error.diagnostic,))
    _show(found, format)
    raise typer.Exit(Exit.GOOD if found.ok else Exit.REFUSED)


def _show(found: "Affected", format: Format) -> None:
    if format is Format.JSON:
        from capgen.report.fleet.affected_document import affected_document

        print_json(affected_document(found))
        return
    show_diagnostics(found.diagnostics, *found.documents)
    for each in found.regions:
        print(f"{each.deployment} {each.region}" + (" deleted" if each.change == "deleted" else ""))
