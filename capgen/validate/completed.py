"""What a region need not repeat: a section that the top of the spec completes is judged complete."""

from collections.abc import Mapping
from typing import Any

from capgen.load import Document, SpecPath
from capgen.load.merge_keys import item_keys, merge_key
from capgen.validate.field import Field, Schema


def completed(document: Document, schema: Schema) -> tuple[Any, set[SpecPath]]:
    """Return the data of a spec with what its regions leave to the top, and the paths at which that was put.

    Only what the schema requires beside what a region says is put there: `dns: {weight: 10}` in a region goes over the
    zone and the name at the top. The data itself stays as it is.
    """
    data = document.data
    regions = data.get("regions") if isinstance(data, dict) else None
    if not isinstance(regions, dict) or len(data) == 1:
        return data, set()
    put: set[SpecPath] = set()
    completer = _Completer(schema, document.resets, put)
    whole = {
        name: completer.value(region, data, schema.at(("regions", name)), ("regions", name))
        for name, region in regions.items()
    }
    return ({**data, "regions": whole} if put else data), put


class _Completer:
    def __init__(self, schema: Schema, resets: frozenset[SpecPath], put: set[SpecPath]) -> None:
        self._schema = schema
        self._resets = resets
        self._put = put

    def value(self, value: Any, below: Any, field: Field, path: SpecPath) -> Any:
        """Return a value of a region, completed by the one of the same place at the top."""
        if path in self._resets:
            return value
        if isinstance(value, dict) and isinstance(below, dict):
            return self._map(value, below, field, path)
        if isinstance(value, list) and isinstance(below, list):
            return self._list(value, below, field, path)
        return value

    def _map(self, value: Mapping[str, Any], below: Mapping[str, Any], field: Field, path: SpecPath) -> Any:
        changed = {
            key: self.value(member, below[key], self._schema.within(field, key), (*path, key))
            for key, member in value.items()
            if key in below and isinstance(member, dict | list)
        }
        for key in field.get("required", ()):
            if key in below and key not in value:
                changed[key] = below[key]
                self._put.add((*path, key))
        return {**value, **changed}

    def _list(self, value: list[Any], below: list[Any], field: Field, path: SpecPath) -> Any:
        names = merge_key(path)
        if names is None:
            return value
        known = {key: item for key, item in zip(item_keys(below, names), below, strict=True) if key is not None}
        item_field = self._schema.within(field, 0)
        return [
            self.value(item, known.get(key) if key else None, item_field, (*path, index))
            for index, (key, item) in enumerate(zip(item_keys(value, names), value, strict=True))
        ]
