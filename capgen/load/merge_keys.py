"""Which lists of a spec merge item by item, and by what."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from capgen.load.path import SpecPath
from capgen.resources import table

MERGE_KEY = "x-merge-key"
"""The annotation of a list in the JSON Schema: the members of an item that say which item it is."""


def merge_key(path: SpecPath) -> tuple[str, ...] | None:
    """Return the members by which the items of the list at `path` of a spec merge, or None where lists are replaced."""
    return _merge_keys().get(path[2:] if path[:1] == ("regions",) else path)


@cache
def _merge_keys() -> Mapping[SpecPath, tuple[str, ...]]:
    schema = table("deployment.schema.json")
    return dict(_within(schema, schema["$defs"], ()))


def _within(schema: Mapping[str, Any], definitions: Mapping[str, Any], path: SpecPath) -> Iterator[Any]:
    if "$ref" in schema:
        schema = {**definitions[schema["$ref"].removeprefix("#/$defs/")], **schema}
    if MERGE_KEY in schema:
        yield path, tuple(schema[MERGE_KEY])
    for name, declared in schema.get("properties", {}).items():
        yield from _within(declared, definitions, (*path, name))


def item_keys(items: list[Any], names: tuple[str, ...]) -> list[tuple[Any, ...] | None]:
    """Return the key of each item and how many before it have the same, or None for what has no key."""
    seen: dict[Any, int] = {}
    found: list[tuple[Any, ...] | None] = []
    for item in items:
        values = [item.get(name) for name in names] if isinstance(item, dict) else [None]
        if any(value is None or isinstance(value, dict | list) for value in values):
            found.append(None)
            continue
        key = tuple((type(value), value) for value in values)
        seen[key] = seen.get(key, 0) + 1
        found.append((seen[key], *key))
    return found
