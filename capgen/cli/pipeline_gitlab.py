"""`capgen pipeline gitlab`."""

from pathlib import Path
from typing import Annotated

import typer

from capgen.cli.pipeline_options import (
    AllowancesOption,
    BranchOption,
    CheckOption,
    EnvironmentOption,
    FailOnOption,
    OutOption,
    PoliciesOption,
    PythonOption,
    RequirementOption,
    RetentionOption,
    SpecsArgument,
    ToolOption,
    ToolVersionOption,
    WaiversOption,
    judging_options,
)
from capgen.cli.pipeline_specs import read_fleet
from capgen.cli.pipeline_write import refuse, write

_OUT = Path("out")
_FILE = Path(".gitlab-ci.yml")


def gitlab_command(
    specs: SpecsArgument = None,
    out: OutOption = _OUT,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The pipeline.")] = _FILE,
    check: CheckOption = False,
    default_branch: BranchOption = "main",
    tofu: ToolOption = False,
    tool_version: ToolVersionOption = None,
    python_version: PythonOption = "3.12",
    requirement: RequirementOption = None,
    environment_name: EnvironmentOption = "{environment}-{region}",
    waivers: WaiversOption = None,
    policies: PoliciesOption = None,
    fail_on: FailOnOption = None,
    allowances: AllowancesOption = "allowed-changes.txt",
    retention_days: RetentionOption = 3,
    image: Annotated[
        str | None,
        typer.Option(metavar="IMAGE", help="Where capgen runs: Python, pip, git and curl.", show_default="python"),
    ] = None,
    tool_image: Annotated[
        str | None,
        typer.Option(metavar="IMAGE", help="Where Terraform or OpenTofu runs.", show_default="their own"),
    ] = None,
    regions: Annotated[
        bool, typer.Option("--regions", help="Write the second pipeline instead, as its own job does: every region.")
    ] = False,
    affected: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The same for the regions that capgen affected --format json lists."),
    ] = None,
) -> None:
    """Write a pipeline for GitLab CI/CD.

    Exit code 1: a spec does not hold, its output is not there, or, with --check, the pipeline is not current.
    """
    from capgen.ci import PipelineOptions, Tool, gitlab_pipeline, problems, read_affected, regions_pipeline

    options = PipelineOptions(
        specs=tuple(specs or ["."]),
        out=out.as_posix(),
        default_branch=default_branch,
        tool=Tool.TOFU if tofu else Tool.TERRAFORM,
        tool_version=tool_version,
        python_version=python_version,
        requirement=requirement or PipelineOptions.requirement,
        environment_name=environment_name,
        judging=judging_options(waivers, policies, fail_on),
        allowances=allowances,
        retention_days=retention_days,
        image=image,
        tool_image=tool_image,
    )
    refuse(problems(options, output.as_posix()))
    fleet = read_fleet(options.specs, out, environment_name)
    refuse(fleet.diagnostics, *fleet.documents)
    if not regions and affected is None:
        write(output, gitlab_pipeline(options, file=output.as_posix()), check=check)
        return
    touched, said = read_affected(affected) if affected else (None, [])
    refuse(said)
    chosen = [root for root in fleet.roots if touched is None or root.key in touched]
    write(output, regions_pipeline(options, chosen), check=check)
