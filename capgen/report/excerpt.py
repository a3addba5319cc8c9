"""One line of a user's file, as it is quoted under a message, and what to underline in it."""

from collections.abc import Collection
from dataclasses import dataclass

from rich.cells import cell_len

from capgen.validate.words import printable

TAB = "    "
MASK = "*" * 8
"""Stands for a secret of any length."""
CUT = "…"


@dataclass(frozen=True)
class Excerpt:
    """The text to show; `start` and `width` tell in terminal cells what to underline."""

    text: str
    start: int
    width: int


def excerpt(line: str, column: int, length: int, hidden: Collection[int], width: int) -> Excerpt:
    """Quote a line in at most `width` cells around `column` (from 1), the columns in `hidden` masked."""
    pieces = [_piece(character, number, hidden) for number, character in enumerate(line, start=1)]
    cells = [cell_len(piece) for piece in pieces]
    start = sum(cells[: column - 1])
    marked = max(sum(cells[column - 1 : column - 1 + length]), 1)
    if sum(cells) <= width:
        return Excerpt("".join(pieces), start, marked)
    return _window(pieces, cells, start, marked, width)


def _piece(character: str, column: int, hidden: Collection[int]) -> str:
    if column in hidden:
        return "" if column - 1 in hidden else MASK
    return TAB if character == "\t" else printable(character)


def _window(pieces: list[str], cells: list[int], start: int, marked: int, width: int) -> Excerpt:
    """Keep what fits into `width`, and say where the line was cut: at its start only if the place needs it."""
    room = max(width - 2 * cell_len(CUT), 1)
    first = 0 if start + marked <= room else max(min(start - room // 3, sum(cells) - room), 0)
    kept: list[str] = []
    at = skipped = used = 0
    for piece, size in zip(pieces, cells, strict=True):
        if at < first:
            skipped = at + size
        elif used + size <= room:
            kept.append(piece)
            used += size
        else:
            break
        at += size
    left = CUT if skipped else ""
    right = CUT if skipped + used < sum(cells) else ""
    begin = max(start - skipped, 0) + len(left)
    return Excerpt(left + "".join(kept) + right, begin, max(min(marked, used + len(left) - begin), 1))
