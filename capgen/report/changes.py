"""What `capgen diff` found, as text for people and as plain data for machines."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from capgen.compare import Action, Comparison, RegionChanges, ResourceChange
from capgen.report.change_words import (
    WORLD,
    attribute_in_words,
    consequence,
    exposure_in_words,
    headline,
    presence,
    remark,
    value_in_words,
)
from capgen.report.json import diagnostics_as_json
from capgen.report.wrapped import wrapped
from capgen.validate.words import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from capgen.pipeline import Compared

VERSION = "capgen-diff/v1"

_Entry = tuple["Text", "Text"]
"""What a line begins with, and what goes on below itself."""

_STYLES = {Action.DESTROY: "red", Action.REPLACE: "red", Action.UPDATE: "yellow", Action.CREATE: "green"}
_DANGER = "bold red"
_VERB = 9
"""Columns of the word that says what happens."""

_INDENT = _VERB + 4
_ONE_LINE = 100
"""Characters of an argument with both values that stand on one line."""


def changes_document(compared: "Compared") -> dict[str, Any]:
    """Return the changes as schemas/diff.schema.json describes them; `regions` is null where nothing is known."""
    comparison = compared.comparison
    return {
        "version": VERSION,
        "equal": comparison.equal if comparison else None,
        "dangerous": comparison.dangerous if comparison else None,
        "appeared": list(comparison.appeared) if comparison else [],
        "vanished": list(comparison.vanished) if comparison else [],
        "regions": [region.to_json() for region in comparison.regions] if comparison else None,
        **diagnostics_as_json(compared.diagnostics),
    }


def print_changes(console: "Console", comparison: Comparison) -> None:
    """Print every region with what happens to it, worst first, and where there are several, then one line for each."""
    for region in comparison.regions:
        print_region(console, region)
    for sentence in presence(comparison):
        console.print(printable(sentence), soft_wrap=True, markup=False)
    if len(comparison.regions) > 1:
        console.print()
        for region in comparison.regions:
            console.print(_line(region), soft_wrap=True)


def print_region(console: "Console", changes: RegionChanges) -> None:
    """Print what happens to the resources of one region, who can connect, and who may do what."""
    console.print(_line(changes), soft_wrap=not console.is_terminal)
    for label, text in (*_resources(changes), *_exposure(changes), *_permissions(changes)):
        for line in wrapped(label, text, console):
            console.print(line, soft_wrap=True)


def _line(changes: RegionChanges) -> "Text":
    from rich.text import Text

    style = _DANGER if changes.dangerous else "green" if changes.equal else "bold"
    return Text(printable(f"{changes.region}: {headline(changes)}"), style=style)


def _resources(changes: RegionChanges) -> Iterator[_Entry]:
    for change in changes.resources:
        yield _entry(str(change.action), change.address, _STYLES[change.action], remark(change))
        yield from _attributes(change)


def _attributes(change: ResourceChange) -> Iterator[_Entry]:
    for attribute in change.attributes:
        style = "red" if attribute.forces_replacement else "dim"
        line = attribute_in_words(attribute)
        if len(line) <= _ONE_LINE or attribute.because is not None:
            yield _detail("", line, style)
            continue
        yield _detail("", f"{attribute.path}{consequence(attribute)}", style)
        yield _detail("  - ", value_in_words(attribute.old), "dim")
        yield _detail("  + ", value_in_words(attribute.new), "dim")


def _exposure(changes: RegionChanges) -> Iterator[_Entry]:
    for change in changes.exposure:
        world = WORLD if change.world and change.opened else ""
        yield _entry("opened" if change.opened else "closed", exposure_in_words(change),
                     "red" if change.opened else "green", world)  # fmt: skip


def _permissions(changes: RegionChanges) -> Iterator[_Entry]:
    for holder, of_holder in groupby(changes.permissions, key=lambda change: change.holder):
        yield _detail("", holder, "", indent=2)
        for change in of_holder:
            widens = change.gained == (change.effect == "Allow")
            verb = "gained" if change.gained else "lost"
            yield _entry(verb, change.words, "red" if widens else "green", "")


def _entry(verb: str, text: str, style: str, remark: str) -> _Entry:
    from rich.text import Text

    return Text(f"  {verb:{_VERB}}", style), Text.assemble(printable(text), (f"  {remark}" if remark else "", _DANGER))


def _detail(mark: str, text: str, style: str, indent: int = _INDENT) -> _Entry:
    from rich.text import Text

    return Text(" " * indent + mark, style), Text(printable(text), style)
