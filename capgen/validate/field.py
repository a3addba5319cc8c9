"""What the schema declares at a path of the spec."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from capgen.load import SpecPath
from capgen.resources import table

Field = Mapping[str, Any]


def deployment_schema() -> dict[str, Any]:
    """Return the JSON Schema of the deployment spec."""
    schema: dict[str, Any] = table("deployment.schema.json")
    return schema


def field_at(path: SpecPath) -> Field:
    """Return the schema of the value at `path`, or {} where the schema declares nothing."""
    field: Field = deployment_schema()
    for part in path:
        field = field_within(field, part)
    return field


def field_within(field: Field, part: str | int) -> Field:
    """Return the schema of one member of a value, its reference followed; {} where the schema declares none.

    What stands beside a reference is more specific than what stands behind it, and goes first.
    """
    child = field.get("items") if isinstance(part, int) else declared_keys(field).get(part)
    if child is None and isinstance(part, str):
        child = field.get("additionalProperties")
    return resolved(child) if isinstance(child, dict) else {}


def resolved(schema: Field) -> Field:
    """Follow a reference into `$defs`."""
    if "$ref" not in schema:
        return schema
    target = deployment_schema()["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return {**resolved(target), **schema}


def declared_keys(field: Field) -> Mapping[str, Any]:
    """Return the keys that a section declares, in the schema's order; none for a list, a scalar or a free map."""
    keys: Mapping[str, Any] = field.get("properties", {})
    return keys


def choices_within(field: Field) -> list[Any]:
    """Return every value that some key of a section can be chosen to have."""
    return [choice for key in declared_keys(field).values() for choice in resolved(key).get("enum", [])]


@cache
def sections_by_key() -> Mapping[str, tuple[SpecPath, ...]]:
    """Return, for every key that the schema declares, the paths of the sections that have it."""
    sections: dict[str, tuple[SpecPath, ...]] = {}
    for section, key in _sections(deployment_schema(), ()):
        sections[key] = (*sections.get(key, ()), section)
    return sections


def _sections(field: Field, path: SpecPath) -> Iterator[tuple[SpecPath, str]]:
    for key, child in declared_keys(field).items():
        yield path, key
        yield from _sections(resolved(child), (*path, key))


def without_region(path: SpecPath) -> SpecPath:
    """Return a path as it would stand at the top of the spec: `regions.eu-west-1.agent` is `agent`."""
    return path[2:] if path[:1] == ("regions",) else path
