"""One layer on its way over the others, value by value. `capgen.load.merge` tells the rules."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from capgen.load.marks import TAKEN_BACK, AnewList, AnewMap
from capgen.load.merge_keys import item_keys, merge_key
from capgen.load.path import SpecPath

if TYPE_CHECKING:
    from capgen.load.merge import Layers

Source = TypeVar("Source")


class Laying(Generic[Source]):
    """One layer on its way over the others: `path` is where its values go, `at` where they stand in the layer."""

    def __init__(self, layers: "Layers[Source]", source: Callable[[SpecPath], tuple[Source, ...]]) -> None:
        self._layers = layers
        self._source = source

    def members(self, into: dict[str, Any], layer: Mapping[str, Any], path: SpecPath, at: SpecPath) -> None:
        """Lay each member of a map."""
        for key, value in layer.items():
            self.put(into, key, value, (*path, key), (*at, key))

    def put(self, into: dict[str, Any], key: str, value: Any, path: SpecPath, at: SpecPath) -> None:
        """Lay one value."""
        if value is None or value is TAKEN_BACK:
            self._take_back(into, key, value, path, at)
            return
        below = into.get(key)
        if isinstance(value, dict):
            if isinstance(value, AnewMap) and key in into:
                self._layers.uncover(into, key, path)
                below = into[key]
            if isinstance(below, dict):
                self._note(path, at)
                self.members(below, value, path, at)
                return
            into[key] = fresh = AnewMap() if key in into or isinstance(value, AnewMap) else {}
            self._replace(below, path, at)
            self.members(fresh, value, path, at)
        elif isinstance(value, list):
            names = merge_key(path)
            if names is None:
                self._replace(below, path, at)
                into[key] = [self._copy(item, (*path, i), (*at, i)) for i, item in enumerate(value)]
            else:
                self._items(into, key, value, names, path, at)
        else:
            into[key] = value
            self._replace(below, path, at)

    def _take_back(self, into: dict[str, Any], key: str, value: Any, path: SpecPath, at: SpecPath) -> None:
        if key in into and not (into[key] is None and value is None):
            self._layers.uncover(into, key, path, self._source(at))
        elif value is None:
            into[key] = None
            self._note(path, at)
        else:
            into[key] = TAKEN_BACK
            self._layers.taken[path] = self._source(at)

    def _items(self, into: dict[str, Any], key: str, value: list[Any], names: tuple[str, ...], path: SpecPath,
               at: SpecPath) -> None:  # fmt: skip
        """Lay a list whose items have a key. Of two items with one key, the second goes over the second."""
        starts = value[:1] == [None]
        if key in into and (starts or isinstance(value, AnewList) or not isinstance(into[key], list)):
            self._layers.uncover(into, key, path)
            if not isinstance(into[key], list):
                into[key] = AnewList()
        elif key not in into:
            into[key] = AnewList() if isinstance(value, AnewList) else []
            starts = False
        self._note(path, at)
        below: list[Any] = into[key]
        places = {found: index for index, found in enumerate(item_keys(below, names)) if found is not None}
        for index, (item, found) in enumerate(zip(value, item_keys(value, names), strict=True)):
            if index == 0 and starts:
                continue
            place = places.get(found) if found is not None else None
            if place is None:
                below.append(self._copy(item, (*path, len(below)), (*at, index)))
            else:
                self._over_item(below[place], item, (*path, place), (*at, index))

    def _over_item(self, below: dict[str, Any], item: dict[str, Any], path: SpecPath, at: SpecPath) -> None:
        self._note(path, at)
        for name, member in item.items():
            self._replace(below.get(name), (*path, name), (*at, name))
            below[name] = self._copy(member, (*path, name), (*at, name), noted=True)

    def _copy(self, value: Any, path: SpecPath, at: SpecPath, *, noted: bool = False) -> Any:
        """Copy a value that goes over nothing, and note who says what lies within it."""
        if not noted:
            self._layers.sources[path] = self._source(at)
        if isinstance(value, dict):
            return {key: self._copy(member, (*path, key), (*at, key)) for key, member in value.items()}
        if isinstance(value, list):
            return [self._copy(item, (*path, index), (*at, index)) for index, item in enumerate(value)]
        return value

    def _replace(self, below: Any, path: SpecPath, at: SpecPath) -> None:
        """Note who says so at a path, and forget who said what lay within the value that was there."""
        self._layers.forget(below, path)
        self._note(path, at)

    def _note(self, path: SpecPath, at: SpecPath) -> None:
        layers = self._layers
        layers.sources[path] = self._source(at) + (layers.sources.get(path) or layers.taken.pop(path, ()))
