"""The files of an output that a judgement depends on."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from capgen.write.manifest import MANIFEST

_STATE = "terraform.tfstate"


def tree_state(directory: Path) -> Mapping[str, str] | None:
    """Return relative path to digest for the files of an output, or None where they say not all that is judged.

    Hidden files and folders and Terraform's state are left out: no judgement reads them. Where there is a link, what
    is judged may lie elsewhere. Raises OSError when the disk fails.
    """
    state: dict[str, str] = {}
    for entry in _entries(directory):
        if entry.is_symlink():
            return None
        if not entry.is_dir():
            with open(entry.path, "rb") as stream:  # noqa: PTH123 : a fleet has a hundred thousand of them
                content = stream.read()
            state[os.path.relpath(entry.path, directory).replace(os.sep, "/")] = _digest(content)
    return state


def links(directory: Path) -> list[str]:
    """Return the links for which `tree_state` says nothing of an output. Raises OSError when the disk fails."""
    return sorted(entry.path for entry in _entries(directory) if entry.is_symlink())


def _entries(directory: Path) -> "Iterator[os.DirEntry[str]]":
    """Yield the files, folders and links that a judgement may read. Links are not followed."""
    pending = [str(directory)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if not entry.name.startswith((".", _STATE)):
                    yield entry
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)


def as_written(state: Mapping[str, str], directory: Path, manifest_sha256: str) -> bool:
    """Say whether an output has this manifest, and every file that it names as it was written."""
    if state.get(MANIFEST) != manifest_sha256:
        return False
    try:
        written: Any = json.loads((directory / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, TypeError, KeyError):
        return False
    return all(state.get(path) == digest for path, digest in written.items())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
