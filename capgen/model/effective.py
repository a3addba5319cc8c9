"""Every effective value of a region, one by one, each with what decided it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from capgen.diagnostics import Location
from capgen.load import SpecPath, dotted
from capgen.model.origin import Origin, Sources
from capgen.model.overridden import Overridden, overridden
from capgen.model.profile import profile_location
from capgen.model.regional import RegionModel

_NO_SECTION = "counterpart"
"""The one field of a region that nobody writes: what the rest of the spec says of the other region."""


@dataclass(frozen=True, kw_only=True)
class EffectiveValue:
    """One value of a region: text, a number, a switch, None where nothing is set, or an empty list or map.

    `path` lies within the region's values, such as `("network", "subnet_ids", 0)`. `kind` says who decided it, and
    `location` which place of the spec did: the value itself, or for a profile the `environment` that chose it. It is
    None where no line of the spec had a part in it: a default, or the profile of an environment that is a default.
    `overridden` is what lower layers say, the nearest first.
    """

    path: SpecPath
    value: Any
    kind: Literal["spec", "profile", "default"]
    location: Location | None
    overridden: tuple[Overridden, ...] = ()

    @property
    def name(self) -> str:
        """Return the path as people write it."""
        return dotted(self.path)


def effective_values(region: RegionModel) -> tuple[EffectiveValue, ...]:
    """Return every value of a region, in the order of the model; maps are sorted by key, lists kept as they are."""
    return tuple(_value(path, value, region.sources) for path, value in _leaves(region.values, ()))


def _leaves(value: Any, path: SpecPath) -> Iterator[tuple[SpecPath, Any]]:
    members: list[tuple[str | int, Any]] = []
    if is_dataclass(value):
        members = [(field.name, getattr(value, field.name)) for field in fields(value) if field.name != _NO_SECTION]
    elif isinstance(value, Mapping):
        members = sorted(value.items())
    elif isinstance(value, tuple | list):
        members = list(enumerate(value))
    if not members:
        yield path, _plain(value)
    for name, member in members:
        yield from _leaves(member, (*path, name))


def _plain(value: Any) -> Any:
    """Return an empty list or map as YAML would have it."""
    return list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value


def _value(path: SpecPath, value: Any, sources: Sources) -> EffectiveValue:
    origin = _origin(path, value, sources)
    location = None
    if origin.kind == "spec":
        place = sources.document.places[origin.path]
        location = place.key if path == ("region",) else place.value
    elif origin.kind == "profile":
        location = profile_location(sources.document)
    beneath = () if path == ("region",) else overridden(path, origin, sources)
    return EffectiveValue(path=path, value=value, kind=origin.kind, location=location, overridden=beneath)


def _origin(path: SpecPath, value: Any, sources: Sources) -> Origin:
    """Return who decided a value. The layers note no part of a default that is a list or map, and no identity."""
    if path == ("region",):
        return Origin("spec", ("regions", sources.region))
    if path in sources.origins:
        return sources.origins[path]
    if len(path) == 1 and value is not None and sources.document.has(path):
        return Origin("spec", path)
    return Origin("default")
