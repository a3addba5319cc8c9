"""What was found of objects, by which object it is and not by what is in it."""

from typing import Any, Generic, TypeVar

Found = TypeVar("Found")

_MOST = 2_000
"""Objects that are kept at a time: more than a root has blocks."""


class ByIdentity(Generic[Found]):
    """Remembers something of each object. It keeps the object too: else another could come to have its identity."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Any, Found]] = {}

    def get(self, thing: Any) -> Found | None:
        """Return what is kept of an object, or None."""
        kept = self._kept.get(id(thing))
        return kept[1] if kept is not None else None

    def keep(self, thing: Any, found: Found) -> Found:
        """Keep something of an object, and return it. All else is let go of when there is too much."""
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[id(thing)] = thing, found
        return found
