"""Where an effective value came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from capgen.diagnostics import Location
from capgen.load import Document, SpecPath


class Origin(NamedTuple):
    """A value's source: the spec (`path` is where in it), the environment profile, or the schema's default."""

    kind: Literal["spec", "profile", "default"]
    path: SpecPath = ()


@dataclass(frozen=True)
class Sources:
    """Finds the spec's line for a value of one region.

    `history` has the origin of the value at a path first, and those of what it overrides behind it, nearest first;
    `taken` has those of what a null took back: first that of the null.
    """

    document: Document
    region: str
    history: Mapping[SpecPath, tuple[Origin, ...]]
    taken: Mapping[SpecPath, tuple[Origin, ...]] = field(default_factory=dict)

    @cached_property
    def origins(self) -> Mapping[SpecPath, Origin]:
        """The origin of each value."""
        return {path: origins[0] for path, origins in self.history.items()}

    def value_at(self, *path: str | int) -> Location:
        """Return the place of the value at `path` (within the region's effective values) that supplied it.

        Where the profile or a default did, it is the key of the nearest parent that the spec has, in the region's own
        overrides first, else at the top; where it has none, the region's entry.
        """
        found, whole = self._find(path)
        return self.document.value_at(found) if whole else self.document.key_at(found)

    def spec_path(self, path: SpecPath) -> SpecPath:
        """Return the path in the spec for a path of the effective values: regions.<region>.X, else X, else a parent."""
        return self._find(path)[0]

    def _find(self, path: SpecPath) -> tuple[SpecPath, bool]:
        """Return a path that the spec has, and whether it is that of the value itself."""
        origin = self.origins.get(path)
        if origin is not None and origin.kind == "spec":
            return origin.path, True
        for length in range(len(path), 0, -1):
            for candidate in (("regions", self.region, *path[:length]), path[:length]):
                if candidate in self.document.places:
                    return candidate, length == len(path)
        return ("regions", self.region), False
