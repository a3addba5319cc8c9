"""The effective values of a deployment with what decided each, as plain data for machines."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from capgen.diagnostics import Diagnostic
from capgen.load import dotted
from capgen.model.effective import EffectiveValue, effective_values
from capgen.model.overridden import Overridden
from capgen.model.regional import DeploymentModel, RegionModel
from capgen.report.html.masked import masked
from capgen.report.json import diagnostics_as_json

if TYPE_CHECKING:
    from capgen.pipeline.explain import Explained

VERSION = "capgen-explain/v1"

Selected = Sequence[tuple[str, Sequence[EffectiveValue]]]
"""For each region, the values to tell."""


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


def shown(value: Any, name: str = "") -> Any:
    """Return a value as the spec has it, without what may be a secret. `name` is what it is called."""
    if isinstance(value, Mapping):
        return {key: shown(member, str(key)) for key, member in value.items()}
    if isinstance(value, list):
        return [shown(item, name) for item in value]
    hidden = masked(value, name)
    if isinstance(value, str) and not isinstance(hidden, str):  # a text of JSON, which is told as what it says
        return value if hidden == json.loads(value) else json.dumps(hidden)
    return hidden


def _within(name: str, path: str) -> bool:
    return name == path or name.startswith((f"{path}.", f"{path}["))


def _fields(value: EffectiveValue) -> dict[str, Any]:
    return {
        "path": value.name,
        **_layer(value),
        "overridden": [{"path": dotted(each.path), **_layer(each)} for each in value.overridden],
    }


def _layer(value: EffectiveValue | Overridden) -> dict[str, Any]:
    place = value.location
    return {
        "value": shown(value.value),
        "kind": value.kind,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
