"""The blueprints that ship with capgen: a folder each, with a template, a schema of its parameters and an example."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, did_you_mean
from capgen.load import load_file
from capgen.resources import blueprints_dir
from capgen.validate.words import shown


@dataclass(frozen=True)
class Blueprint:
    """One blueprint. Its files are capgen's own data: that one is missing or broken is a bug, and raises."""

    name: str
    title: str
    description: str
    folder: Path

    @cached_property
    def parameters(self) -> Mapping[str, Mapping[str, Any]]:
        """The JSON Schema of every parameter, by name, in the order in which people are shown them."""
        properties: Mapping[str, Mapping[str, Any]] = self._schema["properties"]
        return properties

    @cached_property
    def required(self) -> frozenset[str]:
        """The parameters that have no default and must be given."""
        return frozenset(self._schema.get("required", ()))

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The parameters that are described and never accepted: those with `writeOnly`."""
        return frozenset(name for name, schema in self.parameters.items() if schema.get("writeOnly"))

    @property
    def template(self) -> Path:
        """The Jinja2 template of the spec."""
        return self.folder / "spec.yaml.j2"

    @property
    def example(self) -> Path:
        """A parameter file that renders as it is."""
        return self.folder / "example.yaml"

    @cached_property
    def _schema(self) -> Mapping[str, Any]:
        schema: Mapping[str, Any] = json.loads((self.folder / "parameters.schema.json").read_text(encoding="utf-8"))
        return schema


def blueprints(folder: Path | None = None) -> tuple[Blueprint, ...]:
    """Return every blueprint in `folder` (capgen's own where it is left out), sorted by name."""
    found = sorted((folder or blueprints_dir()).glob("*/blueprint.yaml"))
    return tuple(_read(description) for description in found)


def find_blueprint(name: str, folder: Path | None = None) -> tuple[Blueprint | None, list[Diagnostic]]:
    """Return the blueprint called `name`, or a diagnostic that says which there are. `name` never becomes a path."""
    known = {blueprint.name: blueprint for blueprint in blueprints(folder)}
    if name in known:
        return known[name], []
    return None, [
        Diagnostic(
            rule="blueprint-known",
            message="there is no blueprint of this name",
            value=shown(name),
            allowed=", ".join(known),
            hint=did_you_mean(name, known),
        )
    ]


def _read(description: Path) -> Blueprint:
    document, diagnostics = load_file(description)
    if document is None or diagnostics:
        raise ValueError(f"the blueprint in {description.parent.name} is broken: {diagnostics}")
    return Blueprint(**document.data, folder=description.parent)
