"""Every effective value of a region, one by one, each with what decided it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from capgen.diagnostics import Location
from capgen.load import SpecPath, dotted
from capgen.model.origin import Origin, Sources
from capgen.model.regional import RegionModel


@dataclass(frozen=True, kw_only=True)
class EffectiveValue:
    """One value of a region: text, a number, a switch, None where nothing is set, or an empty list or map.

    `path` lies within the region's values, such as `("network", "subnet_ids", 0)`. `kind` says who decided it, and
    `location` which place of the spec did: the value itself, or for a profile the `environment` that chose it. It is
    None where no line of the spec had a part in it: a default, or the profile of an environment that is a default.
    """

    path: SpecPath
    value: Any
    kind: Literal["spec", "profile", "default"]
    location: Location | None

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
        members = [(field.name, getattr(value, field.name)) for field in fields(value)]
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
    places = sources.document.places
    location = None
    if origin.kind == "spec":
        place = places[origin.path]
        location = place.key if path == ("region",) else place.value
    elif origin.kind == "profile" and ("environment",) in places:
        location = places["environment",].value
    return EffectiveValue(path=path, value=value, kind=origin.kind, location=location)


def _origin(path: SpecPath, value: Any, sources: Sources) -> Origin:
    """Return who decided a value. The layers note leaves and lists; empty maps and the identity have no note."""
    if path == ("region",):
        return Origin("spec", ("regions", sources.region))
    if path in sources.origins:
        return sources.origins[path]
    if value is None:
        return Origin("default")
    for length in range(len(path) - 1, 0, -1):  # a default that is a whole list or map is noted once, at its top
        if path[:length] in sources.origins:
            return sources.origins[path[:length]]
    for written in (("regions", sources.region, *path), path):
        if written in sources.document.places:
            return Origin("spec", written)
    return Origin("default")
