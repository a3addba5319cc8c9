"""`capgen pipeline waves` and `capgen pipeline comment`: what the workflows' jobs call."""

from pathlib import Path
from typing import Annotated

import typer

from capgen.cli.pipeline_options import EnvironmentOption, OutOption, SpecsArgument
from capgen.cli.pipeline_specs import read_fleet
from capgen.cli.pipeline_write import refuse
from capgen.diagnostics import Diagnostic

_OUT = Path("out")


def waves_command(
    specs: SpecsArgument = None,
    out: OutOption = _OUT,
    environment_name: EnvironmentOption = "{environment}-{region}",
    affected: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What capgen affected --format json printed.", show_default="every region"),
    ] = None,
    declared: Annotated[int, typer.Option(metavar="N", min=1, help="How many waves the workflow has jobs for.")] = 1,
) -> None:
    """Print in which order regions are applied, as GitHub takes a job's outputs: wave_1=[...] and so on."""
    from capgen.ci import outputs, read_affected, waves

    touched, said = read_affected(affected) if affected else (None, [])
    refuse(said)
    fleet = read_fleet(specs or ["."], out, environment_name)
    refuse(fleet.diagnostics, *fleet.documents)
    found = waves(fleet.roots, touched)
    if len(found) > declared:
        refuse([_too_few(len(found), declared)])
    print(outputs(found, declared), end="")


def comment_command(
    reviews: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with a folder for each region: outcome.json and review.md.")
    ],
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="The Markdown of capgen build --report.")] = None,
    run: Annotated[str | None, typer.Option(metavar="URL", help="Where everything can be read.")] = None,
) -> None:
    """Print one comment for all regions, at most 65,536 characters, the refused first."""
    from capgen.ci import comment

    print(comment(reviews, report, run), end="")


def _too_few(found: int, declared: int) -> Diagnostic:
    return Diagnostic(
        rule="pipeline-waves",
        message=f"the regions are applied in {found} waves, and the workflow has jobs for {declared}",
        hint="write the workflow anew with capgen pipeline github",
    )
