"""Parts of a page, and how many of them fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from capgen.report.words import count

LONGEST = 65_536
"""What GitHub takes for a comment. It counts characters; bytes are never fewer, and other services count those."""

_RESERVED = 160
"""Bytes kept free for each section's heading and for the line that says how much is left out."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and its blocks, each a `noun`. `opening` and `closing` stand around them."""

    heading: str
    noun: str
    blocks: Sequence[str]
    opening: str = ""
    closing: str = ""


def fitted(sections: Sequence[Section], elsewhere: str = "report.json") -> str:
    """Write sections until the page is full; each says what is left out of it.

    A block that does not fit ends its section, so that nothing in the middle is missing.
    `elsewhere` is where all of them are.
    """
    sections = [section for section in sections if section.blocks]
    room = LONGEST - sum(_RESERVED + _size(each.heading + each.opening + each.closing) for each in sections)
    parts = []
    for section in sections:
        kept = 0
        while kept < len(section.blocks) and _size(section.blocks[kept]) <= room:
            room -= _size(section.blocks[kept])
            kept += 1
        more = len(section.blocks) - kept
        left_out = f"\n{count(more, f'more {section.noun}')}: see {elsewhere}.\n" if more else ""
        heading = f"{section.heading}\n\n" if section.heading else ""
        parts.append(heading + section.opening + "".join(section.blocks[:kept]) + left_out + section.closing)
    return "\n".join(parts)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
