"""The schema's defaults for a region's values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from capgen.load import SpecPath
from capgen.model.origin import Origin
from capgen.resources import table

OF_THE_WHOLE = ("disaster_recovery",)
"""Sections that no region can override, and every region knows."""
_DEFAULT = (Origin("default"),)


@dataclass
class _Defaults:
    """What a map of the spec gets where nobody gave it a value: defaults of its keys, and empty sections for theirs.

    `members` are those of its keys that get something within, `others` that of the keys of a free map; `items` that of
    the items of a list.
    """

    values: dict[str, Any] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)
    members: dict[str, "_Defaults"] = field(default_factory=dict)
    others: "_Defaults | None" = None
    items: "_Defaults | None" = None

    def empty(self) -> bool:
        return not (self.values or self.sections or self.members or self.others or self.items)


def fill(values: dict[str, Any], history: dict[SpecPath, tuple[Origin, ...]]) -> None:
    """Add the schema's defaults to a region's values wherever no layer gave one, and note that they are defaults.

    A section that must be written as a whole (`required`) is left out where nobody wrote it.
    """
    _fill(values, _of_region(), (), history)


def default_at(path: SpecPath) -> Any:
    """Return the schema's default of the value at `path` of a region's values, or None where there is none."""
    within: _Defaults | None = _of_region()
    for part in path[:-1]:
        if within is None:
            return None
        within = within.items if isinstance(part, int) else within.members.get(part, within.others)
    return None if within is None else within.values.get(str(path[-1]))


def _fill(value: Any, defaults: _Defaults, path: SpecPath, history: dict[SpecPath, tuple[Origin, ...]]) -> None:
    if isinstance(value, dict):
        _fill_map(value, defaults, path, history)
    elif isinstance(value, list) and defaults.items is not None:
        for index, item in enumerate(value):
            _fill(item, defaults.items, (*path, index), history)


def _fill_map(
    value: dict[str, Any], defaults: _Defaults, path: SpecPath, history: dict[SpecPath, tuple[Origin, ...]]
) -> None:
    for name, default in defaults.values.items():
        if name not in value:
            value[name] = default
            history[(*path, name)] = _DEFAULT
    for name in defaults.sections:
        value.setdefault(name, {})
    for name, within in defaults.members.items():
        if name in value:
            _fill(value[name], within, (*path, name), history)
    if defaults.others is not None:
        for name, member in value.items():
            _fill(member, defaults.others, (*path, name), history)


@cache
def _of_region() -> _Defaults:
    definitions = table("deployment.schema.json")["$defs"]
    region = definitions["region"]
    whole = {name: {"$ref": f"#/$defs/{name}"} for name in OF_THE_WHOLE}
    return _defaults({**region, "properties": {**region["properties"], **whole}}, definitions)


def _defaults(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> _Defaults:
    found = _Defaults()
    for name, declared in schema.get("properties", {}).items():
        child = _resolved(declared, definitions)
        if "default" in child:
            found.values[name] = child["default"]
        elif "properties" in child and "required" not in child:
            found.sections.append(name)
        within = _defaults(child, definitions)
        if not within.empty():
            found.members[name] = within
    for keyword in ("additionalProperties", "items"):
        if isinstance(schema.get(keyword), dict):
            within = _defaults(_resolved(schema[keyword], definitions), definitions)
            if not within.empty():
                setattr(found, "others" if keyword == "additionalProperties" else "items", within)
    return found


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a `$ref` into `$defs`; keywords beside it go before those of the definition."""
    if "$ref" not in schema:
        return schema
    return {**_resolved(definitions[schema["$ref"].removeprefix("#/$defs/")], definitions), **schema}
