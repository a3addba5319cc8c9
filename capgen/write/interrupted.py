"""Put right what a process has left that was killed while it replaced an output directory."""

import shutil
from collections.abc import Iterable
from pathlib import Path


def put_back(out: Path, names: Iterable[str]) -> None:
    """Restore each output that a killed process had moved away, and remove what it had staged.

    A workspace beside the output bears its name (`replace_tree`). Where the output is missing and the workspace has the
    old one, the process died between the two renames of its swap: the old one is moved back. No other process may be
    writing to these outputs. Raises OSError when the disk fails.
    """
    if not out.is_dir():
        return
    found = [entry for entry in out.iterdir() if entry.name.startswith(".") and entry.is_dir()]
    for name in names:
        for workspace in (entry for entry in found if _is_of(entry.name, name)):
            target, old = out / name, workspace / "old"
            if old.is_dir() and not target.exists():
                old.rename(target)
            shutil.rmtree(workspace)


def _is_of(workspace: str, name: str) -> bool:
    """Say whether a folder is a workspace of an output: its name, and the random end that `mkdtemp` gives it."""
    prefix = f".{name}."
    return workspace.startswith(prefix) and "." not in workspace.removeprefix(prefix)
