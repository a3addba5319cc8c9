"""Specs of three files, two regions and a profile, drawn at random; and what the page of rules says comes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from capgen.load import Document, load_spec
from capgen.model.build import build_model
from capgen.model.effective import EffectiveValue, effective_values
from capgen.resources import table

FILES = ("low.yaml", "mid.yaml", "spec.yaml")
"""Each extends the one before it."""
REGIONS = ("eu-west-1", "eu-west-2")
FIELDS = (
    "database.port",
    "database.backup_retention_period",
    "database.multi_az",
    "logs.retention_in_days",
    "access.web_cidrs",
    "agent.stop_timeout",
    "agent.environment",
    "tags.team",
    "tags.cost-centre",
)
"""Numbers, a switch and a number of the profile, a list, a map, and keys of a free map; each is said whole."""

_HEAD = {
    "api_version": "capgen/v1",
    "name": "cap",
    "environment": "development",
    "agent": {"image": "example.com/a/b:1"},
    "network": {"vpc_id": "vpc-0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d", "subnet-0f1e2d3c"]},
}

Place = tuple[str, str | None]
"""A layer of the spec: a file, and one of its regions or None for its top."""
PLACES: tuple[Place, ...] = tuple((file, region) for file in FILES for region in (None, *REGIONS))


@dataclass
class Layered:
    """What each layer says of each field, or of the section of one (`database`), None being a null."""

    said: dict[Place, dict[str, Any]]

    def chain(self, field: str, region: str) -> Iterator[tuple[Place, Any]]:
        """Yield who says what of a field in a region, the uppermost first, with nulls."""
        for where in (region, None):
            for file in reversed(FILES):
                layer = self.said[file, where]
                for name in (field, field.partition(".")[0]):
                    if name in layer:
                        yield (file, where), layer[name]
                        break

    def write(self, folder: Path) -> Document:
        """Write the files and load the spec, without the nulls that would lie over nothing: those are errors."""
        while True:
            for below, file in zip((None, *FILES), FILES, strict=False):
                (folder / file).write_text(yaml.safe_dump(self._file(file, below), sort_keys=False), encoding="utf-8")
            document, diagnostics = load_spec(folder / FILES[-1])
            assert document is not None, diagnostics
            needless = list(_nulls(document.data, ()))
            if not needless:
                return document
            for path in needless:
                region, inner = (path[1], path[2:]) if path[0] == "regions" else (None, path)
                del self.said[Path(document.places[path].value.file).name, region][".".join(inner)]

    def _file(self, file: str, below: str | None) -> dict[str, Any]:
        data: dict[str, Any] = {"extends": below} if below else yaml.safe_load(yaml.safe_dump(_HEAD))
        data["regions"] = {region: _nested(self.said[file, region]) for region in REGIONS}
        for section, values in _nested(self.said[file, None]).items():
            data[section] = {**data.get(section, {}), **values} if isinstance(values, dict) else values
        return data


def _nested(said: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for name, value in said.items():
        section, _, key = name.partition(".")
        if key:
            nested.setdefault(section, {})[key] = value
        else:
            nested[section] = value
    return nested


def _nulls(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, member in value.items() if isinstance(value, dict) else ():
        if member is None:
            yield (*path, key)
        yield from _nulls(member, (*path, key))


def drawn(seed: int) -> Layered:
    """Draw what each layer says. No two layers say the same value of a field, a switch aside."""
    random = Random(seed)
    said: dict[Place, dict[str, Any]] = {}
    for number, place in enumerate(PLACES):
        kinds = {field: random.choice(["nothing", "value", "value", "null"]) for field in FIELDS}
        layer = {field: _value(field, number) if kind == "value" else None
                 for field, kind in kinds.items() if kind != "nothing"}  # fmt: skip
        for section in random.sample(["database", "tags", "access", "logs"], random.randint(0, 1)):
            layer = {name: value for name, value in layer.items() if not name.startswith(section)} | {section: None}
        said[place] = layer
    return Layered(said)


def _value(field: str, number: int) -> Any:
    if field == "database.multi_az":
        return number % 2 == 0
    if field.startswith("tags."):
        return f"text-{number}"
    return {"access.web_cidrs": [f"10.{number}.0.0/16"], "agent.environment": {"KEY": f"text-{number}"}}.get(
        field, 2000 + number
    )


def explained(document: Document) -> dict[tuple[str, str], EffectiveValue]:
    """Return each effective value by its region and its name."""
    model, diagnostics = build_model(document)
    assert model is not None, diagnostics
    return {(region.values.region, each.name): each for region in model.regions for each in effective_values(region)}


def profile_value(field: str) -> Any:
    section, _, key = field.partition(".")
    return table("profiles.json")["profiles"]["development"].get(section, {}).get(key)
