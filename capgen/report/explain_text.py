"""The effective values of a deployment with what decided each, as text for people."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from capgen.diagnostics import Location
from capgen.model.effective import EffectiveValue
from capgen.model.overridden import Overridden
from capgen.model.regional import DeploymentModel
from capgen.report.explain import Selected, shown
from capgen.validate.words import flow, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Row = tuple[EffectiveValue, list[str]]
"""A value, and the regions that have it so."""

_WIDEST = 40
"""Cells of a name or a value up to which what follows stands in one column."""


def print_explained(console: "Console", model: DeploymentModel, selected: Selected) -> None:
    """Print the values by section. Those that are alike in all regions are told once."""
    from rich.text import Text

    console.print(Text(f"{model.name} in {', '.join(region for region, _ in selected)}", "bold"), soft_wrap=True)
    for section, rows in groupby(_rows(selected), key=lambda row: row[0].path[0] if len(row[0].path) > 1 else None):
        console.print()
        if section is not None:
            console.print(Text(str(section), "bold"), soft_wrap=True)
        for line in _lines(list(rows), len(selected), console):
            console.print(line, soft_wrap=True)


def _rows(selected: Selected) -> list[Row]:
    """Return each value once with the regions that have it so, in the order of the model."""
    alike: dict[str, list[Row]] = {}
    for region, values in selected:
        for value in values:
            of_name = alike.setdefault(value.name, [])
            same = next((regions for known, regions in of_name if known == value), None)
            if same is None:
                of_name.append((value, [region]))
            else:
                same.append(region)
    rows = [row for of_name in alike.values() for row in of_name]
    order = {section: number for number, section in enumerate(dict.fromkeys(value.path[0] for value, _ in rows))}
    fields = {field: number for number, field in enumerate(dict.fromkeys(value.path[:2] for value, _ in rows))}
    return sorted(rows, key=lambda row: (order[row[0].path[0]], fields[row[0].path[:2]]))


def _lines(rows: Sequence[Row], regions: int, console: "Console") -> Iterator["Text"]:
    """Yield the lines of a section: names, values and origins in columns, what is overridden beneath its value."""
    from rich.text import Text

    from capgen.report.wrapped import wrapped

    names, values = ([written(value) for value, _ in rows] for written in (_name, _written))
    name_width, value_width = (max((len(text) for text in texts if len(text) <= _WIDEST), default=0)
                               for texts in (names, values))  # fmt: skip
    above = ""
    lists: set[tuple[str | int, ...]] = set()
    for (value, having), name, written in zip(rows, names, values, strict=True):
        label = Text(f"  {'' if name == above else name:{name_width}}  ")
        where = "" if len(having) == regions else f"  in {', '.join(having)}"
        tail = ((f"  {_origin(value.kind, value.location)}", "" if value.kind == "spec" else "dim"), (where, "yellow"))
        line = Text.assemble((f"{written:{value_width}}", "cyan"), *tail)
        if console.is_terminal and label.cell_len + line.cell_len > console.width:
            line = Text.assemble((written, "cyan"), *tail)
        yield from wrapped(label, line, console)
        above = name
        for each in value.overridden:
            if each.path == value.path or (_over(each), *each.path, *having) not in lists:  # a list is told once
                yield from wrapped(Text(" " * (name_width + 4)), Text(_over(each), "dim"), console)
            lists.add((_over(each), *each.path, *having))


def _name(value: EffectiveValue) -> str:
    """Return the path within its section; the name of a section that is one value."""
    section = str(value.path[0])
    return printable(value.name[len(section) :].lstrip(".") or section)


def _written(value: EffectiveValue) -> str:
    return "-" if value.value is None else printable(flow(shown(value.value)))


def _origin(kind: str, location: Location | None) -> str:
    place = f"{location.file}:{location.line}" if location else ""
    if kind == "profile":
        return f"profile, chosen in {place}" if place else "profile of the default environment"
    return printable(place) if kind == "spec" else "default"


def _over(each: Overridden) -> str:
    if each.value is None:
        return f"null in {_origin(each.kind, each.location)} takes back:"
    return f"over {printable(flow(shown(each.value)))}  {_origin(each.kind, each.location)}"
