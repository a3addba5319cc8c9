"""Which parts of a quoted line may not be shown, since they are secrets or may be."""

import re
from collections.abc import Iterable

from capgen.diagnostics import Diagnostic, Location
from capgen.load import Document
from capgen.validate.secret_names import is_literal, names_a_secret
from capgen.validate.secret_text import SHAPES

_ENTRY = re.compile(r"""(?P<key>[\w.-]+)["']?[ \t]*:[ \t]+(?P<value>[^\s{\[].*)""")


def hidden_columns(document: Document, line: int, diagnostics: Iterable[Diagnostic]) -> set[int]:
    """Return the columns of a line, counted from 1, that are not shown whatever the line is quoted for.

    These are the places that a diagnostic calls sensitive; what has the shape of a secret; and the value of a key that
    says so and is not in the document's data: the second of two equal keys, or any key of a file that is not YAML.
    """
    text = document.line(line)
    hidden: set[int] = set()
    for diagnostic in diagnostics:
        if diagnostic.sensitive and diagnostic.location:
            hidden |= _of_place(document, diagnostic.location, line, len(text))
    for shape in SHAPES:
        for match in shape.pattern.finditer(text):
            hidden.update(range(match.start() + 1, match.end() + 1))
    known = {(place.key.line, place.key.column) for place in document.places.values()}
    for match in _ENTRY.finditer(text):
        in_data = any((line, match.start() + offset) in known for offset in (0, 1))
        if not in_data and names_a_secret(match["key"]) and is_literal(match["value"], match["key"]):
            hidden.update(range(match.start("value") + 1, len(text) + 1))
    return hidden


def _of_place(document: Document, place: Location, line: int, width: int) -> set[int]:
    """Return the columns that a place covers in a line of `width` columns."""
    if place.file != document.file or line < place.line or (line > place.line and place.length > 1):
        return set()
    start = (place.line, place.column)
    end = (place.line, place.column + place.length) if place.length > 1 else _next_start(document, start)
    return {column for column in range(1, width + 1) if start <= (line, column) < end}


def _next_start(document: Document, start: tuple[int, int]) -> tuple[int, int]:
    """Return where the next key or value starts.

    The length of a value that goes on in the next line is not known, and stands as 1; it ends before the next starts.
    """
    starts = ((each.line, each.column) for place in document.places.values() for each in (place.key, place.value))
    return min((each for each in starts if each > start), default=(len(document.text), 1))
