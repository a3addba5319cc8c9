"""How a file of an output differs from what its spec compiles to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from capgen.write.manifest import read_manifest

MOST_LINES = 60
"""Lines of a file's diff that are shown; the rest is counted."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A file, by its path below the deployment. `diff` is unified, from what is there to what should be.

    `cut` counts its lines that are left out.
    """

    path: str
    kind: Literal["missing", "changed", "superfluous"]
    diff: str = ""
    cut: int = 0


def differences(directory: Path, expected: Mapping[str, bytes]) -> tuple[Difference, ...]:
    """Hold an output to the files that it should have. What capgen does not manage there does not matter.

    Raises OSError when the disk fails.
    """
    manifest = read_manifest(directory)
    superfluous = set(manifest["files"] if manifest else ()) - set(expected)
    return tuple(sorted((*_of_expected(directory, expected), *_superfluous(directory, superfluous)), key=_path))


def _path(difference: Difference) -> str:
    return difference.path


def _of_expected(directory: Path, expected: Mapping[str, bytes]) -> Iterator[Difference]:
    for path, content in expected.items():
        file = directory / path
        if not file.is_file():
            yield Difference(path=path, kind="missing")
            continue
        present = file.read_bytes()
        if present != content:
            diff, cut = _diff(path, present, content)
            yield Difference(path=path, kind="changed", diff=diff, cut=cut)


def _superfluous(directory: Path, paths: set[str]) -> Iterator[Difference]:
    """Yield what an earlier spec had compiled to; a build removes it."""
    for path in paths:
        if (directory / path).is_file():
            yield Difference(path=path, kind="superfluous")


def _diff(path: str, present: bytes, expected: bytes) -> tuple[str, int]:
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (present, expected))
    lines = list(unified_diff(old, new, f"{path} (there)", f"{path} (compiled)", lineterm=""))
    if not lines:
        return "the line ends differ", 0
    return "\n".join(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES)
