"""The effective values of a deployment with what decided each: as text for people, as plain data for machines."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from capgen.diagnostics import Diagnostic, Location
from capgen.load import dotted
from capgen.model.effective import EffectiveValue, effective_values
from capgen.model.overridden import Overridden
from capgen.model.regional import DeploymentModel, RegionModel
from capgen.report.html.masked import masked
from capgen.report.json import diagnostics_as_json
from capgen.validate.words import flow, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from capgen.pipeline.explain import Explained

VERSION = "capgen-explain/v1"

Selected = Sequence[tuple[str, Sequence[EffectiveValue]]]
"""For each region, the values to tell."""

_WIDEST = 40
"""Cells of a name or a value up to which what follows stands in one column."""


def select(model: DeploymentModel, path: str | None, region: str | None) -> Selected:
    """Return the values at a path of the effective values and within it, of one region or of all."""
    return [
        (each.values.region, [value for value in effective_values(each) if path is None or _within(value.name, path)])
        for each in model.regions
        if region in (None, each.values.region)
    ]


def known_names(regions: Iterable[RegionModel]) -> set[str]:
    """Return every path that has values, sections included, as people write them."""
    names: set[str] = set()
    for region in regions:
        for value in effective_values(region):
            name = value.name
            names |= {name, *(name[:at] for at, character in enumerate(name) if character in ".[")}
    return names


def explained_document(explained: "Explained", selected: Selected, more: Iterable[Diagnostic] = ()) -> dict[str, Any]:
    """Return the values as schemas/explain.schema.json describes them; `regions` is empty where none can be told."""
    return {
        "version": VERSION,
        "deployment": explained.model.name if explained.model else None,
        "files": list(explained.document.files) if explained.document else [],
        "regions": [{"region": region, "values": [_fields(value) for value in values]} for region, values in selected],
        **diagnostics_as_json([*explained.diagnostics, *more]),
    }


def print_explained(console: "Console", model: DeploymentModel, selected: Selected) -> None:
    """Print the values by section. Those that are alike in all regions are told once."""
    from rich.text import Text

    console.print(Text(f"{model.name} in {', '.join(region for region, _ in selected)}", "bold"), soft_wrap=True)
    for section, rows in groupby(_rows(selected), key=lambda row: row[0].path[0] if len(row[0].path) > 1 else None):
        console.print()
        if section is not None:
            console.print(Text(str(section), "bold"), soft_wrap=True)
        for line in _lines(list(rows), len(selected)):
            console.print(line, soft_wrap=True)


def _within(name: str, path: str) -> bool:
    return name == path or name.startswith((f"{path}.", f"{path}["))


def _rows(selected: Selected) -> list[tuple[EffectiveValue, list[str]]]:
    """Return each value once with the regions that have it so, in the order of the model."""
    alike: dict[str, list[tuple[EffectiveValue, list[str]]]] = {}
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
    return sorted(rows, key=lambda row: order[row[0].path[0]])


def _lines(rows: Sequence[tuple[EffectiveValue, list[str]]], regions: int) -> Iterator["Text"]:
    from rich.text import Text

    names, values = ([written(value) for value, _ in rows] for written in (_name, _written))
    name_width, value_width = (max((len(text) for text in texts if len(text) <= _WIDEST), default=0)
                               for texts in (names, values))  # fmt: skip
    above = ""
    lists: set[tuple[str | int, ...]] = set()
    for (value, having), name, written in zip(rows, names, values, strict=True):
        where = "" if len(having) == regions else f"  in {', '.join(having)}"
        yield Text.assemble(
            f"  {'' if name == above else name:{name_width}}  ", (f"{written:{value_width}}", "cyan"),
            (f"  {_origin(value.kind, value.location)}", "" if value.kind == "spec" else "dim"), (where, "yellow"),
        )  # fmt: skip
        above = name
        for each in value.overridden:
            if each.path == value.path or (_over(each), *each.path, *having) not in lists:  # a list is told once
                yield Text(f"  {'':{name_width}}  {_over(each)}", "dim")
            lists.add((_over(each), *each.path, *having))


def _name(value: EffectiveValue) -> str:
    """Return the path within its section; the name of a section that is one value."""
    section = str(value.path[0])
    return printable(value.name[len(section) :].lstrip(".") or section)


def _written(value: EffectiveValue) -> str:
    return "-" if value.value is None else printable(flow(masked(value.value)))


def _origin(kind: str, location: Location | None) -> str:
    place = f"{location.file}:{location.line}" if location else ""
    if kind == "profile":
        return f"profile, chosen in {place}" if place else "profile of the default environment"
    return printable(place) if kind == "spec" else "default"


def _over(each: Overridden) -> str:
    if each.value is None:
        return f"null in {_origin(each.kind, each.location)} takes back:"
    return f"over {printable(flow(masked(each.value)))}  {_origin(each.kind, each.location)}"


def _fields(value: EffectiveValue) -> dict[str, Any]:
    return {
        "path": value.name,
        **_layer(value),
        "overridden": [{"path": dotted(each.path), **_layer(each)} for each in value.overridden],
    }


def _layer(value: EffectiveValue | Overridden) -> dict[str, Any]:
    place = value.location
    return {
        "value": masked(value.value),
        "kind": value.kind,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
