"""Text beside a label, in the width of the terminal."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

NARROWEST = 20
"""Cells for a text below which wrapping makes it harder to read."""


def wrapped(label: Text, text: Text, console: Console) -> Iterator[Text]:
    """Put a label before a text; on a terminal, wrap the text beside it. Elsewhere a log stays searchable."""
    room = console.width - label.cell_len
    if not console.is_terminal or text.cell_len <= room or room < NARROWEST:
        yield Text.assemble(label, text)
        return
    for number, line in enumerate(text.wrap(console, room)):
        line.rstrip()
        yield Text.assemble(" " * label.cell_len if number else label, line)
