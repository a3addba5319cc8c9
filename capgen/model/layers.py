"""Lay the values of one region over each other: schema defaults, profile, top of the spec, the region's overrides."""

from collections.abc import Iterable, Mapping
from typing import Any

from capgen.load import SpecPath
from capgen.load.marks import TAKEN_BACK, AnewList, AnewMap, plain
from capgen.load.merge import Layers as MergedLayers
from capgen.model.origin import Origin

_PROFILE = (Origin("profile"),)


class Layers:
    """The values merged so far, by the rules of `capgen.load.merge`, with the origins of each.

    `history` has the origins of the value at a path, that of the value itself first, and of what it overrides behind
    it; `taken` those of what a null of the region took back, that of the null first. The profile lies at the bottom:
    it is what a null uncovers.
    """

    def __init__(self, profile: Mapping[str, Any]) -> None:
        self._layers = MergedLayers(profile, lambda _: _PROFILE)
        self.values = self._layers.values
        self.history = self._layers.sources
        self.taken = self._layers.taken

    def lay(self, layer: Mapping[str, Any], at: SpecPath = (), resets: Iterable[SpecPath] = ()) -> None:
        """Lay what the spec says at `at` over what is there. `resets` are paths of the spec at which it takes back."""
        within = sorted((path[len(at) :] for path in resets if path[: len(at)] == at), key=len)
        marked = _marked(layer, within) if within else layer
        self._layers.lay(marked, lambda path: (Origin("spec", at + path),))
        if within:
            self.values = plain(self.values)


def _marked(layer: Mapping[str, Any], resets: Iterable[SpecPath]) -> dict[str, Any]:
    """Return a layer with the marks of `capgen.load.marks` at the paths at which it takes back what lies below."""
    marked: dict[str, Any] = plain(layer)
    for path in resets:
        parent: Any = marked
        for part in path[:-1]:
            parent = parent[part]
        value = parent.get(path[-1], TAKEN_BACK)
        parent[path[-1]] = (
            AnewMap(value) if isinstance(value, dict) else AnewList(value) if isinstance(value, list) else value
        )
    return marked
