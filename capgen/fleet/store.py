"""What is known from earlier runs, by digest, in a folder of the user's outside every output."""

import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

CACHE_DIR = "CAPGEN_CACHE_DIR"
"""The environment variable that names the folder. Empty, nothing is kept."""

_MOST_DAYS = 30
"""An entry that nothing has asked for that long is removed."""

_STAGED = ".staged"
_OURS = re.compile(rf"[0-9a-f]{{64}}\.json|.*{re.escape(_STAGED)}")
"""The names of entries, and of those that a killed process had begun to write."""


class Store:
    """Entries of plain data. An entry that cannot be read or written is one that is not there: nothing depends on it.

    Whoever can write to the folder decides what is taken for known: it is as trusted as capgen's own installation.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, kind: str, key: str) -> Any:
        """Return an entry, or None."""
        if self._folder is None:
            return None
        file = self._file(kind, key)
        try:
            content = json.loads(file.read_bytes())
            os.utime(file)
        except (OSError, ValueError, RecursionError):
            return None
        return content

    def put(self, kind: str, key: str, content: Mapping[str, Any]) -> None:
        """Keep an entry: whole, or not at all."""
        if self._folder is None:
            return
        file = self._file(kind, key)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, staged = tempfile.mkstemp(_STAGED, dir=file.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as stream:
                    json.dump(content, stream)
                Path(staged).replace(file)
            except BaseException:
                Path(staged).unlink()
                raise

    def prune(self) -> None:
        """Remove what nothing has asked for in a month; nothing else, since the folder may be any that a user named."""
        if self._folder is None:
            return
        before = time.time() - _MOST_DAYS * 24 * 60 * 60
        for file in self._folder.glob("*/[0-9a-f][0-9a-f]/*"):
            with suppress(OSError):
                if _OURS.fullmatch(file.name) and file.stat().st_mtime < before:
                    file.unlink()

    def _file(self, kind: str, key: str) -> Path:
        assert self._folder is not None
        return self._folder / kind / key[:2] / f"{key}.json"


def default_store() -> Store:
    """Return the store of this user: CAPGEN_CACHE_DIR, else the folder for caches that the desktop's rules name.

    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    named = os.environ.get(CACHE_DIR)
    if named is not None:
        return Store(Path(named) if named else None)
    home = os.environ.get("XDG_CACHE_HOME")
    try:
        return Store((Path(home) if home else Path.home() / ".cache") / "capgen")
    except RuntimeError:  # there is no home
        return Store(None)


def key_of(*parts: object) -> str:
    """Return the digest of plain data."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
