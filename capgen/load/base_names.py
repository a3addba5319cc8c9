"""The names of bases: which can be one, how messages show it, and why a file of that name cannot be read."""

import os
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

from capgen.diagnostics import did_you_mean

SUFFIXES = (".yaml", ".yml")


def wrong_name(name: object) -> str | None:
    """Say what is wrong with the name of a base. The file system is not asked."""
    if not isinstance(name, str) or not name.strip():
        return "extends names no file"
    if not name.isprintable() or "://" in name:
        return "extends names what is no file"
    if name.startswith(("/", "~")) or PureWindowsPath(name).drive:
        return f"{name} is not relative to the file that extends it"
    return None if name.endswith(SUFFIXES) else f"{name} is not the name of a YAML file"


def shown_name(file: Path, real: str) -> str:
    """Return the name of a base for messages: without `..` in the middle, where that leads to the same file."""
    short = os.path.normpath(file)
    return short if os.path.realpath(short) == real else str(file)


def unreadable(file: Path, shown: str, real: str) -> tuple[str, str | None] | None:
    """Say why a base cannot be read, and which was meant where that can be guessed; None where it seems that it can."""
    try:
        return None if Path(real).is_file() and real.endswith(SUFFIXES) else _unreadable(file, shown, real)
    except OSError as error:  # a folder that may not be searched, a name that is too long
        return f"cannot read {shown}: {(error.strerror or str(error)).lower()}", None


def _unreadable(file: Path, shown: str, real: str) -> tuple[str, str | None]:
    if file.is_symlink() and not file.exists():
        return f"cannot read {shown}: it is a link that leads to no file", None
    if not file.exists():
        beside = [each.name for each in file.parent.glob("*") if each.suffix in SUFFIXES and each.is_file()]
        return f"cannot read {shown}: no such file", did_you_mean(file.name, beside)
    other = "" if real.endswith(SUFFIXES) else ", but leads to another"
    return f"cannot read {shown}: it is not a YAML file{other}", None


def circle(names: Sequence[str], last: str) -> str:
    """Return the files of a circle, each extending the next. `last` is the name by which the first is met again."""
    link = os.path.abspath(last) != os.path.abspath(names[0])  # noqa: PTH100  # links are not followed
    return " extends ".join([*names, f"{last}, which is {names[0]}" if link else names[0]])
