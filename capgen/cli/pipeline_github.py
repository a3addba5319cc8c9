"""`capgen pipeline github`."""

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
    pins_of,
)
from capgen.cli.pipeline_specs import read_fleet
from capgen.cli.pipeline_write import refuse, write

_OUT = Path("out")
_FILE = Path(".github/workflows/capgen.yml")


def github_command(
    specs: SpecsArgument = None,
    out: OutOption = _OUT,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The workflow.")] = _FILE,
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
    runner: Annotated[str, typer.Option(metavar="LABEL", help="Where the jobs run.")] = "ubuntu-latest",
    pin: Annotated[
        list[str] | None,
        typer.Option(metavar="ACTION=COMMIT", help="Use an action at this commit. May be given several times."),
    ] = None,
    code_scanning: Annotated[
        bool, typer.Option(help="Upload SARIF. A private repository needs GitHub Code Security for it.")
    ] = True,
) -> None:
    """Write a workflow for GitHub Actions.

    Exit code 1: a spec does not hold, its output is not there, or, with --check, the workflow is not current.
    """
    from capgen.ci import ACTIONS, PipelineOptions, Tool, github_workflow, problems, waves

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
        runner=runner,
        pins=pins_of(pin),
        code_scanning=code_scanning,
    )
    refuse(problems(options, output.as_posix(), ACTIONS))
    fleet = read_fleet(options.specs, out, environment_name)
    refuse(fleet.diagnostics, *fleet.documents)
    text = github_workflow(
        options, file=output.as_posix(), waves=len(waves(fleet.roots)), password=fleet.password
    )  # fmt: skip
    write(output, text, check=check)
