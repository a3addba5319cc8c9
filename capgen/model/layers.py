"""Lay the values of one region over each other: schema defaults, profile, top of the spec, the region's overrides."""

from collections.abc import Mapping
from typing import Any

from capgen.load import SpecPath
from capgen.model.origin import Origin

_ACCUMULATED: frozenset[SpecPath] = frozenset({("policy", "waivers")})
"""Lists to which every layer adds. All others are replaced as a whole by the layer above."""


class Layers:
    """The values merged so far, and the origin of each leaf and list item."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.origins: dict[SpecPath, Origin] = {}

    def lay(self, layer: Mapping[str, Any], kind: Origin, at: SpecPath = ()) -> None:
        """Merge `layer` over what is there. Maps merge key by key. `at` is where in the spec the layer stands."""
        self._merge(self.values, layer, (), kind, at)

    def fill(self, schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> None:
        """Add the schema's defaults wherever no layer gave a value."""
        self._fill(self.values, schema, definitions, ())

    def _merge(
        self, into: dict[str, Any], layer: Mapping[str, Any], path: SpecPath, kind: Origin, at: SpecPath
    ) -> None:
        for key, value in layer.items():
            here = (*path, key)
            if isinstance(value, dict):
                self._merge(into.setdefault(key, {}), value, here, kind, at)
            elif isinstance(value, list):
                kept = into.get(key, []) if here in _ACCUMULATED else []
                self._forget(here, keep_items=len(kept))
                into[key] = [*kept, *value]
                self._note(here, value, kind, (*at, *here), first=len(kept))
            else:
                into[key] = value
                self._note(here, value, kind, (*at, *here))

    def _note(self, path: SpecPath, value: object, kind: Origin, at: SpecPath, first: int = 0) -> None:
        """Record where `value` came from; the items of a list count from `first` in the merged list."""
        self.origins[path] = Origin(kind.kind, at if kind.kind == "spec" else ())
        if isinstance(value, list):
            for index, item in enumerate(value):
                self._note((*path, first + index), item, kind, (*at, index))
        elif isinstance(value, dict):
            for key, member in value.items():
                self._note((*path, key), member, kind, (*at, key))

    def _forget(self, path: SpecPath, keep_items: int) -> None:
        for known in [origin for origin in self.origins if origin[: len(path)] == path and len(origin) > len(path)]:
            index = known[len(path)]
            if not (isinstance(index, int) and index < keep_items):
                del self.origins[known]

    def _fill(self, value: Any, schema: Mapping[str, Any], definitions: Mapping[str, Any], path: SpecPath) -> None:
        schema = _resolved(schema, definitions)
        if isinstance(value, list):
            for index, item in enumerate(value):
                self._fill(item, schema.get("items", {}), definitions, (*path, index))
            return
        if not isinstance(value, dict):
            return
        properties = schema.get("properties", {})
        for name, declared in properties.items():
            property_schema = _resolved(declared, definitions)
            if name not in value and "default" in property_schema:
                value[name] = property_schema["default"]
                self.origins[(*path, name)] = Origin("default")
            elif name not in value and "properties" in property_schema and "required" not in property_schema:
                value[name] = {}
        for name, member in value.items():
            self._fill(
                member, properties.get(name, schema.get("additionalProperties") or {}), definitions, (*path, name)
            )


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a `$ref` into `$defs`; keywords beside it go before those of the definition."""
    if not isinstance(schema, Mapping) or "$ref" not in schema:
        return schema if isinstance(schema, Mapping) else {}
    target = definitions[schema["$ref"].removeprefix("#/$defs/")]
    return {**_resolved(target, definitions), **{key: value for key, value in schema.items() if key != "$ref"}}
