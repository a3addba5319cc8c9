"""Replace an output directory as a whole, and keep what is not capgen's: Terraform's state, its lock file, overrides.

The new tree is staged beside the old one, files that the old manifest does not name are linked into it, and two renames
swap them. Until the first rename nothing has changed; if the second fails, the first is undone. If that fails too, the
old tree stays where it is: it may hold the only state of a deployment.
"""

import os
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path


def replace_tree(target: Path, files: Mapping[str, bytes], managed: Collection[str]) -> None:
    """Make `target` hold `files` (relative path to content) and whatever it had that is not in `managed`.

    Raises OSError when the disk fails; `target` is then as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    staged, old = workspace / "new", workspace / "old"
    try:
        _write(staged, files)
        if target.exists():
            _carry_over(target, staged, set(managed) | set(files))
            _exchange(target, staged, old)
        else:
            staged.rename(target)
    finally:
        if target.exists() or not old.exists():
            shutil.rmtree(workspace)


def _write(directory: Path, files: Mapping[str, bytes]) -> None:
    for folder in sorted({".", *(os.path.dirname(path) for path in files)}):  # noqa: PTH120 : a fleet has 100,000 files
        (directory / folder).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        _write_file(f"{directory}/{path}", content)


def _write_file(path: str, content: bytes) -> None:
    with open(path, "wb") as file:  # noqa: PTH123 : as above
        file.write(content)


def _carry_over(source: Path, target: Path, managed: Collection[str]) -> None:
    """Link every file of `source` that is not managed into `target`; links cost no disk, whatever the file's size."""
    for folder, subfolders, names in os.walk(source, onerror=_fail):
        here = Path(folder)
        links = [name for name in subfolders if (here / name).is_symlink()]
        for name in [*names, *links]:
            relative = (here / name).relative_to(source)
            if relative.as_posix() in managed:
                continue
            copy = target / relative
            copy.parent.mkdir(parents=True, exist_ok=True)
            if (here / name).is_symlink():
                copy.symlink_to((here / name).readlink())
            else:
                os.link(here / name, copy)


def _fail(error: OSError) -> None:
    """Stop: what cannot be listed cannot be kept."""
    raise error


def _exchange(target: Path, staged: Path, old: Path) -> None:
    target.rename(old)
    try:
        staged.rename(target)
    except BaseException:
        try:
            old.rename(target)
        except OSError as error:
            raise OSError(error.errno, f"{error.strerror}; it is {target.name} as it was before", str(old)) from error
        raise
