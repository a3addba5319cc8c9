"""What lies beneath an effective value: what each lower layer says, the nearest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from capgen.diagnostics import Location
from capgen.load import Document, SpecPath
from capgen.load.merge_keys import merge_key
from capgen.model.defaults import default_at
from capgen.model.origin import Origin, Sources
from capgen.model.profile import profile, profile_location

_REGIONS = "regions"


@dataclass(frozen=True, kw_only=True)
class Overridden:
    """What a lower layer says in place of a value, or of the list at `path` that the value is an item of.

    None is a null: it takes back what is told after it. `location` is as that of an effective value.
    """

    path: SpecPath
    value: Any
    kind: Literal["spec", "profile", "default"]
    location: Location | None


def overridden(path: SpecPath, origin: Origin, sources: Sources) -> tuple[Overridden, ...]:
    """Return what lies beneath the value at `path` of a region, whose origin is `origin`."""
    lists = [path[:length] for length in range(1, len(path)) if isinstance(path[length], int)]
    whole = lists[0] if lists else None
    if whole is not None and merge_key(whole) is None:
        return overridden(whole, sources.origins.get(whole, origin), sources)
    found = [*_said(path, origin, sources)]
    if whole is not None:
        found += _list_taken_back(whole, sources)
    while found and found[-1].value is None:
        found.pop()  # the null of a section, which takes back other values of it
    if origin.kind == "spec":
        found += _of_profile(path, sources)
    at = path if whole is None else whole
    default = default_at(at)
    if origin.kind != "default" and default is not None and default != []:
        found.append(Overridden(path=at, value=default, kind="default", location=None))
    return tuple(found)


def _said(path: SpecPath, origin: Origin, sources: Sources) -> Iterator[Overridden]:
    """Yield what the spec says beneath a value: its files on the region, then its files on all regions."""
    said = (*sources.taken.get(path, ()), *sources.history.get(path, ()))
    regional = [each.path for each in said if each.path[:1] == (_REGIONS,)]
    shared = [each.path for each in said if each.kind == "spec" and each.path not in regional]
    in_list = any(isinstance(part, int) for part in path)  # there, positions differ between layers: the notes know
    for noted, at in ((regional, (_REGIONS, sources.region, *path)), (shared, path)):
        for place in noted[:1] or ([] if in_list else [at]):
            if place != origin.path and sources.document.has(place):
                yield _spec(path, sources.document.at(place), sources.document.value_at(place))
            yield from _in_files(path, place, sources.document)


def _in_files(path: SpecPath, at: SpecPath, document: Document) -> Iterator[Overridden]:
    """Yield what lower files say at a path of the spec, and what they said in a section that was taken back."""
    for length in range(len(at), 0, -1):
        rest = at[length:]
        for supply in document.overridden.get(at[:length], ()):
            if supply.value is None:
                yield _spec(path, None, supply.place)
            elif not any(isinstance(part, int) for part in rest) and (inner := supply.within(rest)) is not None:
                yield _spec(path, inner.value, inner.place)


def _list_taken_back(path: SpecPath, sources: Sources) -> Iterator[Overridden]:
    """Yield the lists with keys that a null took back: one at the start of a list, or that of a section around it."""
    document, regional = sources.document, (_REGIONS, sources.region, *path)
    yield from _in_files(path, regional, document)
    if document.has(path) and any(regional[:length] in document.resets for length in range(3, len(regional) + 1)):
        yield _spec(path, document.at(path), document.value_at(path))
    yield from _in_files(path, path, document)


def _of_profile(path: SpecPath, sources: Sources) -> Iterator[Overridden]:
    if any(each.kind == "profile" for each in sources.history.get(path, ())):
        value: Any = profile(sources.document)
        for part in path:
            value = value[part]
        yield Overridden(path=path, value=value, kind="profile", location=profile_location(sources.document))


def _spec(path: SpecPath, value: Any, location: Location) -> Overridden:
    return Overridden(path=path, value=value, kind="spec", location=location)
