"""Every effective value, with what decided it; regions that agree share a row."""

from dataclasses import dataclass
from typing import Any

from capgen.diagnostics import Location
from capgen.model.effective import EffectiveValue, effective_values
from capgen.model.regional import DeploymentModel
from capgen.report.html.masked import masked

_WAIVERS = ("policy", "waivers")


@dataclass(frozen=True, kw_only=True)
class ValueRow:
    """A value, what decided it, and the regions that have it so; `differs` says that others have another."""

    name: str
    section: str
    value: Any
    kind: str
    place: Location | None
    regions: tuple[str, ...]
    everywhere: bool
    differs: bool


def value_rows(model: DeploymentModel) -> tuple[ValueRow, ...]:
    """Return the values of all regions, in the order of the model. Waivers are left out: the page tells them apart."""
    by_path: dict[str, dict[str, EffectiveValue]] = {}
    for region in model.regions:
        for value in effective_values(region):
            if value.path[:2] != _WAIVERS:
                by_path.setdefault(value.name, {})[region.values.region] = value
    order = {section: number for number, section in enumerate(dict.fromkeys(name.split(".")[0].split("[")[0]
                                                                            for name in by_path))}  # fmt: skip
    rows = [row for name, values in by_path.items() for row in _rows(name, values, len(model.regions))]
    return tuple(sorted(rows, key=lambda row: order[row.section]))


def _rows(name: str, values: dict[str, EffectiveValue], regions: int) -> list[ValueRow]:
    alike: dict[tuple[str, str, Location | None], list[str]] = {}
    for region, value in values.items():
        alike.setdefault((repr(value.value), value.kind, value.location), []).append(region)
    differs = len({text for text, _, _ in alike}) > 1 or len(values) < regions
    first = next(iter(values.values()))
    section = str(first.path[0])
    return [
        ValueRow(name=name, section=section, value=masked(values[having[0]].value), kind=kind,
                 place=place, regions=tuple(having), everywhere=len(having) == regions, differs=differs)
        for (_, kind, place), having in alike.items()
    ]  # fmt: skip
