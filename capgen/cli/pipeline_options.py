"""Options that the commands of `capgen pipeline` share."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from capgen.cli.options import Level

SpecsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SPEC", help="Specs, folders of specs or patterns, as the jobs will read them.", show_default="."
    ),
]
OutOption = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where the compiled output is committed.", show_default="out")
]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Write nothing; fail if the file is not the one that would be written.")
]
BranchOption = Annotated[str, typer.Option(metavar="NAME", help="The branch from which is applied.")]
ToolOption = Annotated[bool, typer.Option("--tofu/--terraform", help="The command that plans and applies.")]
ToolVersionOption = Annotated[str | None, typer.Option(metavar="VERSION", help="Its version.")]
PythonOption = Annotated[str, typer.Option(metavar="VERSION", help="The version of Python that runs capgen.")]
RequirementOption = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="What pip installs in the jobs.", show_default="capgen in this version"),
]
EnvironmentOption = Annotated[
    str,
    typer.Option(
        metavar="TEXT",
        help="The environment that guards a region, of {deployment}, {environment}, {region} and {account}.",
    ),
]
WaiversOption = Annotated[
    list[Path] | None, typer.Option(metavar="FILE", help="For build and review: waivers that several specs share.")
]
PoliciesOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="For build and review: your own checkov checks.")
]
FailOnOption = Annotated[
    Level | None, typer.Option(help="For build and review: findings below this do not fail.", show_default="low")
]
AllowancesOption = Annotated[
    str,
    typer.Option(metavar="FILE", help="Dangerous changes that may pass, each a line: DEPLOYMENT REGION ADDRESS."),
]
RetentionOption = Annotated[
    int, typer.Option(metavar="DAYS", min=1, max=90, help="How long a plan is kept until its apply is approved.")
]


def judging_options(waivers: Sequence[Path] | None, policies: Path | None, fail_on: Level | None) -> tuple[str, ...]:
    """Return the options as words of a command."""
    words = [word for file in waivers or () for word in ("--waivers", file.as_posix())]
    words += ["--policies", policies.as_posix()] if policies else []
    return (*words, *(["--fail-on", fail_on.value] if fail_on else []))


def pins_of(given: Sequence[str] | None) -> dict[str, str]:
    """Return the commit of each pinned action. Raises BadParameter for what is not ACTION=COMMIT."""
    for text in given or ():
        if "=" not in text:
            raise typer.BadParameter(f"{text!r} is not ACTION=COMMIT", param_hint="--pin")
    return dict(text.split("=", 1) for text in given or ())
