"""One side of a change: a revision, or the working tree."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from capgen.fleet.affected.git import Repository

_YAML = (".yaml", ".yml")
_STATE = "terraform.tfstate"


@dataclass(frozen=True)
class Side:
    """`root` is a folder that has the YAML files of the repository as they are on this side, under their paths.

    `revision` is None for the working tree.
    """

    repository: Repository
    root: Path
    revision: str | None

    def output(self, below: str) -> Mapping[str, bytes]:
        """Return the files of a folder of the repository, by path below it. Hidden ones and state are left out."""
        if self.revision is None:
            return _on_disk(self.root / below)
        entries = [entry for entry in self.repository.entries(self.revision, below) if not entry.link]
        kept = [entry for entry in entries if _counts(entry.path.removeprefix(f"{below}/"))]
        return {path.removeprefix(f"{below}/"): content for path, content in self.repository.contents(kept).items()}


def revision_side(repository: Repository, revision: str, folder: Path) -> Side:
    """Write the YAML files of a revision into a folder: specs, the bases that they extend, and links to either."""
    folder.mkdir(parents=True)
    entries = [entry for entry in repository.entries(revision) if entry.link or entry.path.endswith(_YAML)]
    contents = repository.contents(entries)
    for entry in sorted(entries, key=lambda entry: entry.link):  # no file is written through a link
        file = folder / entry.path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not entry.link:
            file.write_bytes(contents[entry.path])
        else:
            file.symlink_to(os.fsdecode(contents[entry.path]))
    return Side(repository, folder, revision)


def working_side(repository: Repository) -> Side:
    """Return the working tree as a side."""
    return Side(repository, repository.top, None)


def _on_disk(directory: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for here, folders, names in os.walk(directory):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(here) / name
            path = file.relative_to(directory).as_posix()
            if _counts(path) and file.is_file() and not file.is_symlink():
                files[path] = file.read_bytes()
    return files


def _counts(path: str) -> bool:
    parts = path.split("/")
    return not any(part.startswith(".") for part in parts) and not parts[-1].startswith(_STATE)
