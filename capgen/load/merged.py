"""Several files as one document."""

from collections.abc import Iterator, Mapping
from typing import Any

from capgen.load.document import Document, Place, Supply
from capgen.load.merge import AnewList, AnewMap, Layers, plain
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
        if len(sources) > 1 and _replaces(layers.values, path):
            yield path, sources[1:]
    yield from layers.taken.items()


def _replaces(values: Mapping[str, Any], path: SpecPath) -> bool:
    """Say whether the value at `path` stands in the place of those below, and does not merge with them."""
    if len(path) > 1 and path[-1] in (merge_key(path[:-2]) or ()):
        return False  # it is part of the key
    value: Any = values
    for part in path:
        value = value[part]
    if isinstance(value, list):
        return isinstance(value, AnewList) or merge_key(path) is None
    return isinstance(value, AnewMap) or not isinstance(value, dict)
