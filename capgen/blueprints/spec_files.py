"""Write many specs: all are staged beside their places first, so that a full disk leaves every file as it was."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from capgen.diagnostics import Diagnostic, Location
from capgen.render import write_editor_schema


@dataclass(frozen=True)
class NewFile:
    """A file that is to have a text."""

    path: Path
    text: str

    @property
    def unchanged(self) -> bool:
        """Whether it has the text already."""
        return self.path.is_file() and self.path.read_bytes() == self.text.encode()


def existing(file: NewFile, row: Location | None, sources: Collection[Path], *, force: bool) -> Iterator[Diagnostic]:
    """Yield why a file may not be written: something else lies there. `sources` are the files that were read."""
    if not os.path.lexists(file.path) or file.unchanged:
        return
    what = "a folder" if file.path.is_dir() else "no plain file" if not file.path.is_file() else None
    if what is None and file.path.resolve() in sources:
        what = "what specs are made from"
    if what is not None:
        yield Diagnostic(rule="init-exists", message=f"{file.path} is {what}", location=row, hint="choose another name")
    elif not force:
        yield Diagnostic(
            rule="init-exists",
            message=f"{file.path} exists and is left as it is",
            location=row,
            hint="name another file with -o, or overwrite it with --force",
        )


def write_files(files: Sequence[NewFile]) -> set[Path]:
    """Write what differs, beside it the schema for editors, and return which paths changed. Raises OSError."""
    changed = write_texts(files)
    for folder in sorted({file.path.parent for file in files}):
        write_editor_schema(folder)
    return changed


def write_texts(files: Sequence[NewFile]) -> set[Path]:
    """Write the files that differ and return which. Raises OSError."""
    changed = [file for file in files if not file.unchanged]
    staged: list[tuple[Path, Path]] = []
    try:
        for file in changed:
            file.path.parent.mkdir(parents=True, exist_ok=True)
            staged.append((_staged(file), file.path))
        for source, target in staged:
            source.replace(target)
    finally:
        for source, _ in staged:
            source.unlink(missing_ok=True)
    return {file.path for file in changed}


def _staged(file: NewFile) -> Path:
    descriptor, name = mkstemp(dir=file.path.parent, prefix=f".{file.path.stem[:50]}.")
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(file.text.encode())
        path.chmod(0o644)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
