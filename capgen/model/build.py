"""Build the frozen model of a valid spec: per region, every value effective, each knowing where it came from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from capgen.diagnostics import Diagnostic
from capgen.load import Document, SpecPath, dotted
from capgen.model.defaults import fill
from capgen.model.layers import Layers
from capgen.model.origin import Sources
from capgen.model.pair import paired
from capgen.model.profile import environment, profile
from capgen.model.regional import DeploymentModel, RegionalDeployment, RegionModel
from capgen.resources import table

_NOT_REGIONAL = frozenset({"api_version", "extends", "name", "environment", "regions"})


def build_model(document: Document) -> tuple[DeploymentModel | None, list[Diagnostic]]:
    """Turn a document that has passed the schema into a model. Refuses a region that lacks a value it must have."""
    regions: list[RegionModel] = []
    diagnostics: list[Diagnostic] = []
    for region in sorted(document.data["regions"]):
        layers = _layers(document, region)
        sources = Sources(document, region, layers.history, layers.taken)
        missing = list(_missing(layers.values, RegionalDeployment, ()))
        diagnostics += [_missing_value(path, region, sources) for path in missing]
        if not missing:
            regions.append(RegionModel(_convert(layers.values), sources))
    if diagnostics:
        return None, diagnostics
    return DeploymentModel(document.data["name"], paired(regions)), []


def _layers(document: Document, region: str) -> Layers:
    spec = document.data
    top = {section: value for section, value in spec.items() if section not in _NOT_REGIONAL}
    layers = Layers(profile(document))
    layers.lay(top)
    layers.lay(spec["regions"][region], ("regions", region), document.resets)
    fill(layers.values, layers.history)
    layers.values |= {"name": spec["name"], "region": region, "environment": environment(document)}
    return layers


def _convert(values: Mapping[str, Any]) -> RegionalDeployment:
    import msgspec  # imported on use: a spec that fails its schema needs no model

    return msgspec.convert(values, RegionalDeployment)


def _missing(values: Mapping[str, Any], model: Any, path: SpecPath) -> Iterator[SpecPath]:
    """Yield the path of every field without a default for which no layer has a value."""
    for name, required, instead, inner in _fields(model):
        here = (*path, name)
        if name not in values:
            if required or (instead is not None and instead not in values):
                yield here
        elif inner is not None and isinstance(values[name], dict):
            yield from _missing(values[name], inner, here)


@cache
def _fields(model: Any) -> tuple[tuple[str, bool, str | None, Any], ...]:
    """Return each field of a model: whether it has no default, what may stand instead of it, its own model if any."""
    hints = get_type_hints(model)
    return tuple(
        (field.name, field.default is MISSING, field.metadata.get("required_unless"), _dataclass_of(hints[field.name]))
        for field in fields(model)
    )


def _dataclass_of(hint: Any) -> Any:
    """Return the dataclass in `X` or `X | None`, else None: maps and lists were checked whole by the schema."""
    candidates = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return next((candidate for candidate in candidates if is_dataclass(candidate)), None)


def _missing_value(path: SpecPath, region: str, sources: Sources) -> Diagnostic:
    description, example = _described(path)
    section = dotted(path[:-1])
    return Diagnostic(
        rule="model-required",
        message=f"{dotted(path)} is missing: region {region} has no value for it",
        location=sources.document.key_at(sources.spec_path(path)),
        path=dotted(path),
        allowed=f"{description} For example {example}.",
        hint=f"set it under {section}, or under regions.{region}.{section}",
    )


def _described(path: SpecPath) -> tuple[str, str]:
    definitions = table("deployment.schema.json")["$defs"]
    schema = definitions[path[0]]
    for part in path[1:]:
        schema = schema["properties"][part]
    return schema["description"], json.dumps(schema["examples"][0])
