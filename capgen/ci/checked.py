"""Whether the committed file is the one that would be written."""

import difflib
from dataclasses import dataclass
from pathlib import Path

_LINES = 60
"""Lines of the difference that are shown."""


@dataclass(frozen=True)
class Checked:
    """Whether the file is current, and how it differs where it is not."""

    current: bool
    difference: str


def check_file(file: Path, text: str) -> Checked:
    """Compare a file with the text that would be written. A missing file is not current. Raises OSError."""
    there = file.read_text(encoding="utf-8") if file.exists() else ""
    if there == text:
        return Checked(current=True, difference="")
    lines = list(
        difflib.unified_diff(
            there.splitlines(), text.splitlines(), f"{file}", f"{file} (as this command writes it)", lineterm=""
        )
    )
    more = [f"… {len(lines) - _LINES} more lines"] if len(lines) > _LINES else []
    return Checked(current=False, difference="\n".join([*lines[:_LINES], *more]))
