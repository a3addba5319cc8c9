"""The specs that a change may touch: cheap to tell, and never too few."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from capgen.fleet.affected.side import Side
from capgen.fleet.find import SpecFile, find_specs
from capgen.fleet.survey import Member, survey


@dataclass(frozen=True)
class Specs:
    """The specs of one side. `folder` is what the arguments of the command are relative to.

    `missing` are the arguments that no file answers to.
    """

    side: Side
    folder: Path
    files: tuple[SpecFile, ...]
    missing: frozenset[str]

    def touched(self, changed: frozenset[str]) -> set[str]:
        """Return the files, by path below the folder, that changed, or may extend a file that did."""
        paths = {self._relative(file): file for file in self.files}
        yaml = any(path.endswith((".yaml", ".yml")) or (self.side.root / path).is_symlink() for path in changed)
        return {
            path
            for path, file in paths.items()
            if not changed.isdisjoint(self._in_repository(file.path)) or (yaml and b"extends" in file.path.read_bytes())
        }

    def members(self, paths: Iterable[str] | None = None) -> list[Member]:
        """Load the files at these paths, or all, and return the specs among them."""
        wanted = None if paths is None else set(paths)
        chosen = [file for file in self.files if wanted is None or self._relative(file) in wanted]
        return list(survey(chosen).members)

    def depends_on(self, member: Member, changed: frozenset[str]) -> bool:
        """Say whether a spec or one of its bases changed."""
        names = member.document.files if member.document is not None else ()
        return any(not changed.isdisjoint(self._in_repository(Path(name))) for name in (str(member.path), *names))

    def _relative(self, file: SpecFile) -> str:
        return os.path.relpath(file.path, self.folder)

    def _in_repository(self, path: Path) -> Iterator[str]:
        """Yield the paths by which git knows a file: every link on the way to it, and where they end."""
        root = os.path.realpath(self.side.root)
        return (Path(os.path.relpath(each, root)).as_posix() for each in _way(path))


def specs_on(side: Side, arguments: Sequence[str], working_directory: Path) -> Specs:
    """Find the specs of a side. Arguments mean what they mean in the working directory."""
    prefix = os.path.relpath(working_directory, side.repository.top)
    folder = side.root if prefix == "." else side.root / prefix
    if side.revision is None:
        folder = Path()
    relative = [os.path.relpath(each, working_directory) if Path(each).is_absolute() else each for each in arguments]
    missing = frozenset(each for each, path in zip(arguments, relative, strict=True) if not _files([path], folder))
    return Specs(side, folder, _files(relative, folder), missing)


def _files(arguments: Sequence[str], folder: Path) -> tuple[SpecFile, ...]:
    return tuple(file for file in find_specs(arguments, folder).files if file.path.is_file())


def _way(path: Path) -> Iterator[Path]:
    """Yield the links, to files or folders, by which an existing file is reached, and its path without any."""
    here, *rest = Path(os.path.abspath(path)).parts  # noqa: PTH100  # links stay
    at = Path(here)
    while rest:
        part, *rest = rest
        if part == "..":
            at = at.parent
            continue
        at /= part
        if at.is_symlink():
            yield at
            target = at.readlink()
            at = at.parent / target.anchor  # which is the root where the target is absolute
            rest = [*target.relative_to(target.anchor).parts, *rest]
    yield at
