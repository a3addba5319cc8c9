"""How one layer of a spec goes over another. Files over their bases and regions over the top merge by these rules.

Maps merge key by key. A list is replaced, unless the schema gives its items a key (`x-merge-key`): then an item goes
over the one with its key, and others are added. A null takes back what lies below it; at the start of a list whose
items have a key, it takes back the items below. docs/inheritance.md tells it to users.

Laying is associative: `a` under what `b` under `c` gives is what `a` under `b` gives, under `c`. For that, a value that
was taken back leaves a mark, as does a map or list that started anew, since it goes over nothing further below.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from capgen.load.merge_keys import merge_key
from capgen.load.path import SpecPath

Source = TypeVar("Source")


class _TakenBack:
    """The type of the mark that a value leaves which was taken back."""

    def __repr__(self) -> str:
        return "taken back"


TAKEN_BACK = _TakenBack()


class AnewMap(dict[str, Any]):
    """A map under which nothing counts any more."""


class AnewList(list[Any]):
    """A list, of items with a key, under which nothing counts any more."""


class Layers(Generic[Source]):
    """The layers that were laid so far, as one.

    `sources` has for each path who says so, the uppermost first; for a value that was taken back, `taken` has it,
    the null first. `ground` lies under all layers and is what a null uncovers.
    """

    def __init__(
        self, ground: Mapping[str, Any] | None = None, source: Callable[[SpecPath], tuple[Source, ...]] | None = None
    ) -> None:
        self.values: dict[str, Any] = {}
        self.sources: dict[SpecPath, tuple[Source, ...]] = {}
        self.taken: dict[SpecPath, tuple[Source, ...]] = {}
        self._ground = ground or {}
        self._ground_source = source
        if source is not None:
            self.lay(self._ground, source)

    def lay(self, layer: Mapping[str, Any], source: Callable[[SpecPath], tuple[Source, ...]]) -> None:
        """Lay `layer` over what is there. It is not changed, and nothing of it is shared.

        `source` says of a path of the layer who says so. The layer may be the values of other layers, marks included.
        """
        _Laying(self, source).members(self.values, layer, (), ())

    def uncover(self, into: dict[str, Any], key: str, path: SpecPath, said: tuple[Source, ...] = ()) -> None:
        """Take back what is at `path`, which is `into[key]`, and put there what the ground has. `said` is who does."""
        self.forget(into[key], path)
        below = self.sources.pop(path, ()) or self.taken.pop(path, ())
        into[key] = TAKEN_BACK
        if self._ground_source is not None:
            value: Any = self._ground
            for part in path:
                value = value.get(part) if isinstance(value, Mapping) else None
            if value is not None:
                del into[key]
                _Laying(self, self._ground_source).put(into, key, value, path, path)
                below = below[: -len(self.sources[path])]
        self.taken[path] = (*said, *below)

    def forget(self, value: Any, path: SpecPath) -> None:
        """Forget who said what lies within a value."""
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for part, member in members:
            here = (*path, part)
            self.sources.pop(here, None)
            self.taken.pop(here, None)
            self.forget(member, here)


class _Laying(Generic[Source]):
    """One layer on its way over the others: `path` is where its values go, `at` where they stand in the layer."""

    def __init__(self, layers: Layers[Source], source: Callable[[SpecPath], tuple[Source, ...]]) -> None:
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


def plain(value: Any) -> Any:
    """Return a value without the marks that laying left in it. Shares nothing with it but scalars."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items() if member is not TAKEN_BACK}
    return [plain(item) for item in value] if isinstance(value, list) else value


def item_keys(items: list[Any], names: tuple[str, ...]) -> list[tuple[Any, ...] | None]:
    """Return the key of each item and how many before it have the same, or None for what has no key."""
    seen: dict[Any, int] = {}
    found: list[tuple[Any, ...] | None] = []
    for item in items:
        values = [item.get(name) for name in names] if isinstance(item, dict) else [None]
        if any(value is None or isinstance(value, dict | list) for value in values):
            found.append(None)
            continue
        key = tuple((type(value), value) for value in values)
        seen[key] = seen.get(key, 0) + 1
        found.append((seen[key], *key))
    return found
