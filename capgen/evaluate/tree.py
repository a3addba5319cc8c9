"""Read a compiled root and the modules that it calls. Whatever cannot be read is an error, never a gap."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.evaluate.blocks import Merge
from capgen.evaluate.positions import KeyPath, read_json

JSON_FILE = ".tf.json"

#: What Terraform or OpenTofu would read as well, and the scan does not.
UNREAD_FILES = (".tf", ".tofu", ".tofu.json")


@dataclass(frozen=True, kw_only=True)
class Place:
    """The file and line of a key."""

    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Directory:
    """One module or root on disk: its blocks, merged over its files, and where each key of them is written."""

    path: Path
    shown: str
    blocks: Mapping[str, dict[str, Any]]
    lines: Mapping[KeyPath, tuple[str, int]]
    """The shown name of the file, and the line, of each key."""

    def place(self, *key: str) -> Place:
        """Return where a key, or the nearest key around it, is written."""
        while key and key not in self.lines:
            key = key[:-1]
        file, line = self.lines[key] if key else (self.shown, 1)
        return Place(file=file, line=line)


@dataclass
class Tree:
    """Reads each directory once. `base` is what file names are relative to; nothing outside `boundary` is read."""

    base: Path
    boundary: Path
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _directories: dict[Path, Directory] = field(default_factory=dict)

    def directory(self, path: Path) -> Directory:
        """Read a directory of `.tf.json` files."""
        path = path.resolve()
        if path not in self._directories:
            self._directories[path] = self._read(path)
        return self._directories[path]

    def called(self, caller: Directory, name: str, source: object) -> Directory | None:
        """Read the module that `caller` calls, or say why it cannot be judged."""
        problem = "is not a local directory"
        if isinstance(source, str) and source.startswith(("./", "../")):
            path = (caller.path / source).resolve()
            if not path.is_relative_to(self.boundary.resolve()):
                problem = "lies outside the deployment"
            elif path.is_dir():
                return self.directory(path)
            else:
                problem = "does not exist"
        self.refuse("scan-module-source", f"module {name} {problem}, so nothing was judged",
                    caller.place("module", name, "source"), value=str(source))  # fmt: skip
        return None

    def refuse(
        self,
        rule: str,
        message: str,
        place: Place,
        *,
        value: str | None = None,
        hint: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note what cannot be judged."""
        location = Location(place.file, place.line, 1)
        self.diagnostics.append(
            Diagnostic(rule=rule, message=message, severity=severity, location=location, value=value, hint=hint)
        )

    def _read(self, path: Path) -> Directory:
        blocks: dict[str, dict[str, Any]] = {}
        lines: dict[KeyPath, tuple[str, int]] = {}
        names = sorted(entry.name for entry in path.iterdir() if entry.is_file() and not entry.name.startswith("."))
        for name in names:
            if name.endswith(UNREAD_FILES):
                message = "only .tf.json files are scanned, and Terraform reads this file too"
                place = Place(file=self._shown(path / name), line=1)
                self.refuse("scan-hcl", message, place, hint="remove it, or write it as JSON")
        files = [name for name in names if name.endswith(JSON_FILE)]
        for name in sorted(files, key=lambda name: (_is_override(name), name)):
            self._read_file(path / name, blocks, lines)
        if not files:
            self.refuse("scan-empty", "there is no .tf.json file here", Place(file=self._shown(path), line=1))
        return Directory(path=path, shown=self._shown(path), blocks=blocks, lines=lines)

    def _read_file(self, file: Path, blocks: dict[str, dict[str, Any]], lines: dict[KeyPath, tuple[str, int]]) -> None:
        shown = self._shown(file)
        try:
            document, found = read_json(file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            place = Place(file=shown, line=getattr(error, "lineno", 1))
            self.refuse("scan-parse", f"this is not Terraform JSON: {error}", place)
            return
        lines |= {path: (shown, line) for path, line in found.items()}
        merge = Merge(
            blocks=blocks,
            override=_is_override(file.name),
            refuse=lambda rule, message, key: self.refuse(rule, message, Place(file=shown, line=found.get(key, 1))),
        )
        merge.file(document)

    @cached_property
    def _resolved_base(self) -> Path:
        return self.base.resolve()

    def _shown(self, path: Path) -> str:
        return Path(os.path.relpath(path, self._resolved_base)).as_posix()


def _is_override(name: str) -> bool:
    stem = name.removesuffix(JSON_FILE)
    return stem == "override" or stem.endswith("_override")
