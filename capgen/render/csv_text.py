"""The text of a CSV file: as it is read, and as it may be shown."""

import re
from collections.abc import Iterable
from pathlib import Path

from capgen.diagnostics import Diagnostic, Location

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OTHER_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What Python's `splitlines` takes for the end of a line, and neither csv nor an editor does."""


def read_text(path: Path, most: int) -> tuple[str | None, Diagnostic | None]:
    """Return the text of a file, or why there is none. It is UTF-8, with or without a spreadsheet's mark before it."""
    name = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return None, Diagnostic(rule="load-readable", message=f"cannot read {name}: {reason}")
    if len(raw) > most:
        message = f"the file is too large for a matrix: it has {len(raw)} bytes"
        place = Location(name, 1, 1)
        return None, Diagnostic(rule="matrix-limits", message=message, location=place, allowed=f"at most {most} bytes")
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = 1 if raw.startswith(_UTF_16) else raw[: error.start].count(b"\n") + 1
        hint = 'in a spreadsheet, save it as "CSV UTF-8"'
        return None, Diagnostic(
            rule="load-utf8", message="the file is not UTF-8 text", location=Location(name, line, 1), hint=hint
        )


def hidden_text(text: str, places: Iterable[Location]) -> str:
    """Return the text with asterisks at `places`, and in every line that such a cell goes on to. Columns stay."""
    lines = _OTHER_LINE_ENDS.sub(" ", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = tuple(lines)  # cells of one record share lines: what one hides, the next has to see
    for place in places:
        number = place.line - 1
        start, stop = place.column - 1, place.column - 1 + place.length
        hidden = written[number][start:stop]
        lines[number] = lines[number][:start] + "*" * len(hidden) + lines[number][stop:]
        while hidden.startswith('"') and not _closed(hidden) and number + 1 < len(lines):
            number += 1
            hidden += "\n" + written[number]
            lines[number] = "*" * len(lines[number])
    return "\n".join(lines)


def _closed(text: str) -> bool:
    return re.match(r'"(?:[^"]|"")*"(?!")', text) is not None
