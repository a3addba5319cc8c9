"""A loaded file: its data, its lines, and a side table from path to place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from capgen.diagnostics import Location

SpecPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where a value stands, and the key that introduces it (the item's own start in a list)."""

    key: Location
    value: Location


@dataclass(frozen=True)
class Document:
    """What one YAML file says. `data` is plain dicts, lists and scalars; `places` knows where each came from."""

    file: str
    text: str
    data: Any
    places: Mapping[SpecPath, Place]

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

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1, without its end."""
        lines = self.text.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""


def dotted(path: SpecPath) -> str:
    """Write a path as people do: `regions.eu-west-1.network.subnet_ids[0]`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
