"""What became of a fleet, as text for a person."""

from rich.console import Console
from rich.text import Text

from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.result import Fleet
from capgen.report.findings import print_standing
from capgen.report.fleet.summary import built_words, summary
from capgen.report.words import count
from capgen.validate.words import printable

_STYLES = {Status.BUILT: "green", Status.STALE: "red", Status.FAILED: "bold red", Status.UNCHANGED: "dim"}


def print_fleet(console: Console, fleet: Fleet) -> None:
    """Print the findings that stand, a line for each deployment of which something was done, and the numbers."""
    if fleet.assessment is not None:
        print_standing(console, fleet.assessment)
    for outcome in fleet.outcomes:
        if outcome.status is not Status.UNCHANGED:
            print_outcome(console, outcome)
    found = summary(fleet)
    words = built_words(found)
    if fleet.assessment is not None:
        told = found.findings - found.failing
        more = f" ({told:,} told)" if told else ""
        words += f"; {count(found.findings, 'finding')}{more}, {found.waived:,} waived"
    console.print(Text(words, style="green" if fleet.ok else "bold red"), soft_wrap=True)


def print_outcome(console: Console, outcome: Outcome) -> None:
    """Print one line: what was done, where, and for a failure why in brief."""
    what = outcome.directory if outcome.status is not Status.FAILED else outcome.spec
    line = Text.assemble((f"{outcome.status:<9} ", _STYLES[outcome.status]), printable(what or outcome.spec))
    if outcome.status is Status.FAILED:
        first, *others = [each for each in outcome.diagnostics if each.severity == "error"] or outcome.diagnostics
        more = f" (and {len(others)} more)" if others else ""
        line.append(f": {printable(first.message)}{more}")
    console.print(line, soft_wrap=True)
