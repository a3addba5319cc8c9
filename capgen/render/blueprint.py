"""A blueprint: a folder with a template, a schema of its parameters and examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

DESCRIPTION = "blueprint.yaml"
PARAMETERS = "parameters.schema.json"
TEMPLATE = "spec.yaml.j2"
PARTS = (DESCRIPTION, PARAMETERS, TEMPLATE)
"""The files that every blueprint has."""


@dataclass(frozen=True, kw_only=True)
class Blueprint:
    """One blueprint, whose files were read and found good. `own` says that it ships with capgen."""

    name: str
    title: str
    description: str
    folder: Path
    own: bool
    schema: Mapping[str, Any] = field(repr=False, compare=False)
    """The JSON Schema of the parameters, as `schemas/blueprint_parameters.schema.json` describes it."""

    @property
    def parameters(self) -> Mapping[str, Mapping[str, Any]]:
        """The JSON Schema of every parameter, by name, in the order in which people are shown them."""
        properties: Mapping[str, Mapping[str, Any]] = self.schema["properties"]
        return properties

    @cached_property
    def required(self) -> frozenset[str]:
        """The parameters that have no default and must be given."""
        return frozenset(self.schema.get("required", ()))

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The parameters that are described and never accepted: those with `writeOnly`."""
        return frozenset(name for name, schema in self.parameters.items() if schema.get("writeOnly"))

    @property
    def template(self) -> Path:
        """The Jinja2 template of the spec."""
        return self.folder / TEMPLATE

    @property
    def template_name(self) -> str:
        """What messages call the template: a user's by its path, capgen's own by the blueprint's name."""
        return f"{self.name}/{TEMPLATE}" if self.own else str(self.template)

    @property
    def example(self) -> Path:
        """A parameter file that renders as it is."""
        return self.folder / "example.yaml"

    @property
    def examples(self) -> tuple[Path, ...]:
        """Every example that there is: `example.yaml`, then those of the folder `examples`, by name."""
        single = (self.example,) if self.example.is_file() else ()
        return (*single, *sorted((self.folder / "examples").glob("*.yaml")))
