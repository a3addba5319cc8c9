"""What a schema declares at a path of a spec, or of a file beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from capgen.load import SpecPath
from capgen.resources import table

Field = Mapping[str, Any]


@dataclass(frozen=True)
class Schema:
    """The JSON Schema in the file `name` of schemas/.

    `noun` is what a person calls a document that it describes. In the section `prose` people write sentences, in which
    words such as password are not followed by one.
    """

    name: str
    noun: str
    prose: SpecPath

    @property
    def root(self) -> dict[str, Any]:
        """The schema itself. It is shared: do not change it."""
        schema: dict[str, Any] = table(self.name)
        return schema

    def at(self, path: SpecPath) -> Field:
        """Return the schema of the value at `path`, or {} where the schema declares nothing."""
        field: Field = self.root
        for part in path:
            field = self.within(field, part)
        return field

    def within(self, field: Field, part: str | int) -> Field:
        """Return the schema of one member of a value, its reference followed; {} where the schema declares none.

        What stands beside a reference is more specific than what stands behind it, and goes first.
        """
        child = field.get("items") if isinstance(part, int) else declared_keys(field).get(part)
        if child is None and isinstance(part, str):
            child = field.get("additionalProperties")
        return self.resolved(child) if isinstance(child, dict) else {}

    def resolved(self, schema: Field) -> Field:
        """Follow a reference into `$defs`."""
        if "$ref" not in schema:
            return schema
        target = self.root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        return {**self.resolved(target), **schema}

    def choices_within(self, field: Field) -> list[Any]:
        """Return every value that some key of a section can be chosen to have."""
        return [choice for key in declared_keys(field).values() for choice in self.resolved(key).get("enum", [])]

    @cached_property
    def sections_by_key(self) -> Mapping[str, tuple[SpecPath, ...]]:
        """For every key that the schema declares, the paths of the sections that have it."""
        sections: dict[str, tuple[SpecPath, ...]] = {}
        for section, key in self._sections(self.root, ()):
            sections[key] = (*sections.get(key, ()), section)
        return sections

    def _sections(self, field: Field, path: SpecPath) -> Iterator[tuple[SpecPath, str]]:
        for key, child in declared_keys(field).items():
            yield path, key
            yield from self._sections(self.resolved(child), (*path, key))


DEPLOYMENT = Schema("deployment.schema.json", noun="spec", prose=("policy",))
WAIVERS = Schema("waivers.schema.json", noun="file", prose=("waivers",))


def declared_keys(field: Field) -> Mapping[str, Any]:
    """Return the keys that a section declares, in the schema's order; none for a list, a scalar or a free map."""
    keys: Mapping[str, Any] = field.get("properties", {})
    return keys


def without_region(path: SpecPath) -> SpecPath:
    """Return a path as it would stand at the top of the spec: `regions.eu-west-1.agent` is `agent`."""
    return path[2:] if path[:1] == ("regions",) else path
