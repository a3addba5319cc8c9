"""Options and exit codes that commands share."""

from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated

import typer

from capgen.model.day import day, day_hint


class Exit(IntEnum):
    """What a pipeline reads: 0 good, 1 the input or the policy says no, 2 the command was called wrongly.

    `diff` says 1 where something changes. `diff` and `review` say 2 also where what they were given cannot be read or
    compiled, and 3 where data would be lost or the world let in.
    """

    GOOD = 0
    REFUSED = 1
    USAGE = 2
    DANGEROUS = 3


class Format(StrEnum):
    """How the result is printed on standard output."""

    TEXT = "text"
    JSON = "json"


class ChangesFormat(StrEnum):
    """How changes are printed on standard output."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


SpecArgument = Annotated[Path, typer.Argument(metavar="SPEC", help="The deployment spec, a YAML file.")]
OutOption = Annotated[
    Path, typer.Option("--out", "-o", metavar="DIR", help="Where the output goes, as DIR/<name>/.", show_default="out")
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the result.")]


class Level(StrEnum):
    """The severities, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


def _today() -> str:
    """Return the day in UTC, so that it is the same wherever a pipeline runs."""
    return datetime.now(UTC).date().isoformat()


def _day(text: str) -> date:
    found = day(text)
    if found is None:
        hint = day_hint(text)
        raise typer.BadParameter(f"there is no day {text!r}: give YYYY-MM-DD" + (f" ({hint})" if hint else ""))
    return found


TodayOption = Annotated[
    date,
    typer.Option(
        "--today", metavar="YYYY-MM-DD", parser=_day, default_factory=_today, show_default="today, in UTC",
        help="The day for which waivers hold: with it given, a build says the same on any day.",
    ),
]  # fmt: skip
WaiversOption = Annotated[
    list[Path] | None,
    typer.Option("--waivers", metavar="FILE", help="Waivers that several specs share. May be given several times."),
]
PoliciesOption = Annotated[
    Path | None, typer.Option("--policies", metavar="DIR", help="Your own checkov checks, in Python or YAML.")
]
BlueprintsOption = Annotated[
    Path | None,
    typer.Option("--blueprints", metavar="DIR", help="A folder of your own blueprints, which go before capgen's."),
]
FailOnOption = Annotated[Level, typer.Option("--fail-on", help="Findings below this are told and do not fail.")]
ReportOption = Annotated[
    Path | None,
    typer.Option("--report", metavar="DIR", help="Write the review there: HTML, SARIF, JUnit, JSON and Markdown."),
]
