"""From the arguments of a command to the files that they mean."""

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SUFFIXES = (".yaml", ".yml")
_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, kw_only=True)
class SpecFile:
    """A file that may be a spec. One that the user named by itself is one, whatever is in it."""

    path: Path
    named: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """The files, sorted by path, each once. `searched` says that a folder or a pattern was among the arguments.

    `empty` are the arguments that no file answers to.
    """

    files: tuple[SpecFile, ...]
    searched: bool
    empty: tuple[str, ...]


def find_specs(arguments: Iterable[str], base: Path = Path()) -> Found:
    """Find the files of arguments: a file, a folder (every YAML file below it) or a pattern (`**` crosses folders).

    Hidden files and folders are passed over in folders and patterns, and so are links to folders below a folder. `base`
    is what relative arguments start from. A file that does not exist, and a folder that cannot be read, are kept as
    files that were named: reading them will say so.
    """
    files: dict[Path, SpecFile] = {}
    empty: list[str] = []
    searched = False
    for argument in arguments:
        path = base / argument
        is_folder = os.path.isdir(path)  # noqa: PTH112 : Path.is_dir raises where a name is too long to be any
        if is_folder or (not os.path.exists(path) and _MAGIC.search(argument)):  # noqa: PTH110 : as above
            searched = True
            below = sorted(_below(path) if is_folder else _matching(argument, base))
            if not below:
                empty.append(argument)
            for file in below:
                files.setdefault(_identity(file), SpecFile(path=file, named=file.is_dir()))
        else:
            files[_identity(path)] = SpecFile(path=path, named=True)
    ordered = sorted(files.values(), key=lambda file: file.path.as_posix())
    return Found(files=tuple(ordered), searched=searched, empty=tuple(empty))


def _identity(path: Path) -> Path:
    """Return what tells a file from all others, by whatever path it was reached.

    Links that lead round to themselves are a path like any other, where Path.resolve raises: reading it will say so.
    """
    return Path(os.path.realpath(path))


def _matching(pattern: str, base: Path) -> Iterator[Path]:
    for match in glob.iglob(pattern, root_dir=base, recursive=True):  # noqa: PTH207 : Path.glob takes no absolute one
        path = base / match
        if path.is_dir():
            if not pattern.endswith("**"):  # `**` itself names every file below
                yield from _below(path)
        elif path.suffix in _SUFFIXES:
            yield path


def _below(folder: Path) -> Iterator[Path]:
    unreadable: list[Path] = []
    for here, folders, names in os.walk(folder, onerror=lambda error: unreadable.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.endswith(_SUFFIXES) and not name.startswith("."):
                yield Path(here) / name
    yield from unreadable
