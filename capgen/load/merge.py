"""How one layer of a spec goes over another. Files over their bases and regions over the top merge by these rules.

Maps merge key by key. A list is replaced, unless the schema gives its items a key (`x-merge-key`): then an item goes
over the one with its key, and others are added. A null takes back what lies below it; at the start of a list whose
items have a key, it takes back the items below. docs/inheritance.md tells it to users.

Laying is associative: `a` under what `b` under `c` gives is what `a` under `b` gives, under `c`. For that, a value that
was taken back leaves a mark, as does a map or list that started anew, since it goes over nothing further below.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from capgen.load.laying import Laying
from capgen.load.marks import TAKEN_BACK
from capgen.load.path import SpecPath

Source = TypeVar("Source")


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
        Laying(self, source).members(self.values, layer, (), ())

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
                Laying(self, self._ground_source).put(into, key, value, path, path)
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
