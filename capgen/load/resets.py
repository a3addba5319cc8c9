"""Which nulls of a region take back what the top of the spec says."""

from typing import Any

from capgen.load.marks import TAKEN_BACK, AnewList, AnewMap
from capgen.load.merge import Layers
from capgen.load.merge_keys import merge_key
from capgen.load.path import SpecPath
from capgen.resources import table


def take_resets(layers: Layers[Any]) -> frozenset[SpecPath]:
    """Take the nulls out of `regions` that have a value at the top of the spec to take back, and return their paths.

    A null with nothing below it stays, for the schema to refuse. So does one at a key that regions do not have.
    """
    regions = layers.values.get("regions")
    known = table("deployment.schema.json")["$defs"]["region"]["properties"]
    top = {key: value for key, value in layers.values.items() if key in known}
    taker = _Taker(layers)
    for name, region in regions.items() if isinstance(regions, dict) else ():
        if isinstance(region, dict):
            taker.members(region, top, ("regions", name))
    return frozenset(taker.found)


class _Taker:
    def __init__(self, layers: Layers[Any]) -> None:
        self.found: set[SpecPath] = set()
        self._layers = layers

    def members(self, values: dict[str, Any], below: Any, path: SpecPath) -> None:
        """Take the resets out of a map that lies over another."""
        for key, value in list(values.items()):
            under = below.get(key) if isinstance(below, dict) else None
            self._value(values, key, value, None if under is TAKEN_BACK else under, (*path, key))

    def _value(self, values: dict[str, Any], key: str, value: Any, under: Any, path: SpecPath) -> None:
        if isinstance(value, dict):
            if isinstance(value, AnewMap) and under is not None:
                self.found.add(path)
                under = None
            self.members(value, under, path)
        elif under is None:
            return
        elif value is None or value is TAKEN_BACK:
            self.found.add(path)
            if value is None:
                self._layers.taken[path] = self._layers.sources.pop(path)
                values[key] = TAKEN_BACK
        elif isinstance(value, list) and merge_key(path) is not None:
            if value[:1] == [None]:
                values[key] = AnewList(value[1:])
                self._move_up(path)
            if isinstance(values[key], AnewList):
                self.found.add(path)

    def _move_up(self, path: SpecPath) -> None:
        """Count the items of a list from one less, after its first was taken out."""
        sources, depth = self._layers.sources, len(path)
        within = {known: sources.pop(known) for known in list(sources) if known[:depth] == path and len(known) > depth}
        for known, said in within.items():
            index = known[depth]
            if isinstance(index, int) and index > 0:
                sources[(*path, index - 1, *known[depth + 1 :])] = said
