"""Several files as one document."""

from collections.abc import Iterator, Mapping
from itertools import dropwhile
from typing import Any

from capgen.load.document import Document, Place, Supply
from capgen.load.marks import AnewList, AnewMap, plain
from capgen.load.merge import Layers
from capgen.load.merge_keys import merge_key
from capgen.load.path import SpecPath
from capgen.load.resets import take_resets


def merged(parts: tuple[Document, ...]) -> Document:
    """Lay the files over each other, the first at the bottom."""
    layers: Layers[Supply] = Layers()
    for part in parts:
        said = {key: value for key, value in part.data.items() if key != "extends"}
        layers.lay(said, lambda at, part=part: (Supply(part, at),))  # type: ignore[misc]  # the default binds the file
    resets = take_resets(layers)
    spec = parts[-1]
    places: dict[SpecPath, Place] = {(): spec.places[()]}
    for path, sources in (*layers.taken.items(), *layers.sources.items()):
        places[path] = sources[0].document.places[sources[0].path]
    overridden = dict(_overridden(layers))
    return Document(spec.file, spec.text, plain(layers.values), places, parts, overridden, resets)


def _overridden(layers: Layers[Supply]) -> Iterator[tuple[SpecPath, tuple[Supply, ...]]]:
    for path, sources in layers.sources.items():
        if len(sources) > 1 and (beneath := _beneath(layers.values, path, sources)):
            yield path, beneath
    yield from layers.taken.items()


def _beneath(values: Mapping[str, Any], path: SpecPath, sources: tuple[Supply, ...]) -> tuple[Supply, ...]:
    """Return which of those who speak of a path do not count: nobody where all merge with one another."""
    if len(path) > 1 and path[-1] in (merge_key(path[:-2]) or ()):
        return ()  # it is part of the key
    value: Any = values
    for part in path:
        value = value[part]
    if isinstance(value, AnewMap):
        return tuple(dropwhile(lambda each: isinstance(each.value, dict), sources))
    if isinstance(value, AnewList):
        rest = tuple(dropwhile(lambda each: _merges(each.value), sources))
        return rest[1:] if rest and isinstance(rest[0].value, list) else rest
    if isinstance(value, dict) or (isinstance(value, list) and merge_key(path) is not None):
        return ()
    return sources[1:]


def _merges(value: Any) -> bool:
    """Say whether a list with keys goes over the one below, rather than take it back."""
    return isinstance(value, list) and value[:1] != [None]
