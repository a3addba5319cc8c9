"""What `capgen check` finds, as text for a person."""

from rich.console import Console
from rich.text import Text

from capgen.fleet.difference import Difference
from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.result import Fleet
from capgen.report.fleet.summary import summary
from capgen.report.fleet.text import print_outcome
from capgen.report.words import count
from capgen.validate.words import printable

_MOST_FILES = 20
"""Files of a deployment whose diff is shown; the rest is named."""

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def print_check(console: Console, fleet: Fleet) -> None:
    """Print how each stale output differs from what its spec compiles to, and the numbers."""
    for outcome in fleet.outcomes:
        if outcome.status is Status.STALE:
            _print_stale(console, outcome)
        elif outcome.status is Status.FAILED:
            print_outcome(console, outcome)
    found = summary(fleet)
    kinds = f"{found.unchanged:,} current, {found.stale:,} stale, {found.failed:,} failed"
    words = f"{count(found.deployments, 'deployment')}: {kinds}"
    console.print(Text(words, style="green" if fleet.ok else "bold red"), soft_wrap=True)


def _print_stale(console: Console, outcome: Outcome) -> None:
    if all(difference.kind == "missing" for difference in outcome.differences):
        console.print(
            Text(f"stale     {printable(outcome.directory or '')}: it was not written", "red"), soft_wrap=True
        )
        return
    counts = f"{count(len(outcome.differences), 'file')} differ"
    console.print(Text(f"stale     {printable(outcome.directory or '')}: {counts}", "red"), soft_wrap=True)
    for number, difference in enumerate(outcome.differences):
        console.print(Text(f"  {difference.kind:<11} {printable(difference.path)}"), soft_wrap=True)
        if difference.diff and number < _MOST_FILES:
            _print_diff(console, difference)


def _print_diff(console: Console, difference: Difference) -> None:
    for line in difference.diff.splitlines()[2:]:
        console.print(Text(f"    {printable(line)}", _STYLES.get(line[:1], "")), soft_wrap=True)
    if difference.cut:
        console.print(Text(f"    … {count(difference.cut, 'more line')}", "dim"), soft_wrap=True)
