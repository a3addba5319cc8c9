"""Read CSV with the place of every cell: https://www.rfc-editor.org/rfc/rfc4180."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from capgen.diagnostics import Location

_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True)
class Cell:
    """A cell: its text without the quotes and the spaces around it, and where it stands in the file, quotes and all."""

    text: str
    location: Location


class CsvError(Exception):
    """The file is not CSV from the record on that begins at `location`."""

    def __init__(self, location: Location) -> None:
        super().__init__(str(location))
        self.location = location


def delimiter_of(text: str) -> str:
    """Return what parts the cells, by the first line: a comma, or what a spreadsheet writes instead (; or a tab)."""
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    bare = _QUOTED.sub("", first)
    return next((each for each in (",", ";", "\t") if each in bare), ",")


def records(text: str, file: str, delimiter: str) -> Iterator[list[Cell]]:
    """Yield the cells of every record; a line without anything in it has none. Raises CsvError.

    A record may span lines, where a cell has line breaks within its quotes.
    """
    consumed: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            consumed.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, strict=True, skipinitialspace=True)
    begin = 1
    while True:
        try:
            texts = next(reader, None)
        except csv.Error as error:
            raise CsvError(
                Location(file, begin, 1, max(len(consumed[0].rstrip("\r\n")) if consumed else 1, 1))
            ) from error
        if texts is None:
            return
        spans = _spans("".join(consumed).rstrip("\r\n"), delimiter)
        places = _locations(consumed, spans, file, begin)
        yield [Cell(cell.strip(), place) for cell, place in zip(texts, places, strict=False)]
        begin += len(consumed)
        consumed.clear()


def _spans(raw: str, delimiter: str) -> list[tuple[int, int]]:
    """Return where each cell of a record begins and ends, as csv parts them."""
    spans: list[tuple[int, int]] = []
    position = 0
    while position <= len(raw):
        while position < len(raw) and raw[position] == " ":
            position += 1
        quoted = _QUOTED.match(raw, position)
        end = raw.find(delimiter, quoted.end() if quoted else position)
        end = len(raw) if end < 0 else end
        spans.append((position, end))
        position = end + 1
    return spans


def _locations(lines: list[str], spans: list[tuple[int, int]], file: str, begin: int) -> list[Location]:
    """Turn spans of a record into places of the file. What goes beyond its line is underlined to the line's end."""
    places: list[Location] = []
    number, offset = 0, 0
    for start, end in spans:
        while number < len(lines) - 1 and start >= offset + len(lines[number]):
            offset += len(lines[number])
            number += 1
        last = min(end, offset + len(lines[number].rstrip("\r\n")))
        places.append(Location(file, begin + number, start - offset + 1, max(last - start, 1)))
    return places
