"""Options and exit codes that commands share."""

from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Exit(IntEnum):
    """What a pipeline reads: 0 good, 1 the input or the policy says no, 2 the command was called wrongly."""

    GOOD = 0
    REFUSED = 1
    USAGE = 2


class Format(StrEnum):
    """How the result is printed on standard output."""

    TEXT = "text"
    JSON = "json"


SpecArgument = Annotated[Path, typer.Argument(metavar="SPEC", help="The deployment spec, a YAML file.")]
OutOption = Annotated[
    Path, typer.Option("--out", "-o", metavar="DIR", help="Where the output goes, as DIR/<name>/.", show_default="out")
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the result.")]
