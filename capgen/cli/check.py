"""`capgen check`."""

from pathlib import Path

import typer

from capgen.cli.console import print_json, show_diagnostics
from capgen.cli.fleet_options import (
    Executor,
    ForceOption,
    JobsOption,
    ShardOption,
    SpecsArgument,
)
from capgen.cli.options import Exit, Format, FormatOption, OutOption

_OUT = Path("out")


def check_command(
    specs: SpecsArgument,
    out: OutOption = _OUT,
    jobs: JobsOption = None,
    force: ForceOption = False,
    shard: ShardOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Compile in memory and fail where the output is not what its spec compiles to. Writes no output."""
    from capgen.cli.fleet import run
    from capgen.fleet.task import Verb

    fleet = run(Verb.CHECK, specs, out, jobs=jobs, force=force, shard=shard, executor=Executor.LOCAL)
    if format is Format.JSON:
        from capgen.report.fleet.check_document import check_document

        print_json(check_document(fleet))
    else:
        from rich.console import Console

        from capgen.report.fleet.check_text import print_check

        show_diagnostics(fleet.all_diagnostics, *(outcome.document for outcome in fleet.outcomes))
        print_check(Console(highlight=False), fleet)
    raise typer.Exit(Exit.GOOD if fleet.ok else Exit.REFUSED)
