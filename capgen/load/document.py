"""A loaded file: its data, its lines, and a side table from path to place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from capgen.diagnostics import Location
from capgen.load.path import SpecPath

_NOTHING = object()


@dataclass(frozen=True)
class Place:
    """Where a value stands, and the key that introduces it (the item's own start in a list)."""

    key: Location
    value: Location


@dataclass(frozen=True)
class Document:
    """What a YAML file says, or a spec with its bases. `data` is plain dicts, lists and scalars.

    `places` knows where each value stands, in which file and line. The rest is for a spec that others had a part in:
    `parts` are the files that were merged, each as it was read, the lowest base first and the spec itself last;
    `overridden` has, for a path, what stands beneath its value, nearest first; `resets` are the paths below `regions`
    at which a null takes back what the top of the spec says; `aliases` are names of bases that lead to one which takes
    part under another name, each with that name.
    """

    file: str
    text: str = field(repr=False)
    data: Any
    places: Mapping[SpecPath, Place] = field(repr=False)
    merged: tuple["Document", ...] = field(default=(), repr=False)
    overridden: Mapping[SpecPath, tuple["Supply", ...]] = field(default_factory=dict, repr=False)
    resets: frozenset[SpecPath] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def parts(self) -> tuple["Document", ...]:
        """The files that were merged, each as it was read: the lowest base first, the file itself last."""
        return self.merged or (self,)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files that had a part in it, bases first, as they were read."""
        return tuple(part.file for part in self.parts)

    @property
    def digested(self) -> Any:
        """What a digest of the spec is made from: its values, and what takes values back where something does."""
        return {"values": self.data, "resets": sorted(map(list, self.resets), key=str)} if self.resets else self.data

    def value_at(self, path: SpecPath) -> Location:
        """Return where the value at `path` stands, or where its nearest existing parent's key stands."""
        if path in self.places:
            return self.places[path].value
        return self.key_at(path)

    def key_at(self, path: SpecPath) -> Location:
        """Return where the key of `path` stands, or that of its nearest existing parent."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path].key

    def quoted(self, place: Location) -> str:
        """Return the line of a place, which may lie in a file that was merged; empty where it lies in no such file."""
        return next((part.line(place.line) for part in self.parts if part.file == place.file), "")

    def has(self, path: SpecPath) -> bool:
        """Say whether there is a value at `path`."""
        return path in self.places and self._at(path) is not _NOTHING

    def at(self, path: SpecPath) -> Any:
        """Return the value at `path`, or None."""
        value = self._at(path)
        return None if value is _NOTHING else value

    def _at(self, path: SpecPath) -> Any:
        value = self.data
        for part in path:
            within = isinstance(value, dict) and part in value
            within |= isinstance(value, list) and isinstance(part, int) and part < len(value)
            if not within:
                return _NOTHING
            value = value[part]
        return value

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1, without its end."""
        lines = self.text.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True)
class Supply:
    """What one file says at a path of its own: a value, or None where it takes back what lies below."""

    document: Document
    path: SpecPath

    @property
    def value(self) -> Any:
        """The value, or None."""
        return self.document.at(self.path)

    @property
    def place(self) -> Location:
        """Where it stands."""
        return self.document.places[self.path].value

    def within(self, path: SpecPath) -> "Supply | None":
        """Return what the file says further within, or None where that is nothing."""
        inner = Supply(self.document, self.path + path)
        return inner if self.document.has(inner.path) else None
