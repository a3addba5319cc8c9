"""Lines that hang: what does not fit on a terminal goes on below its own text, not below its label."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_NARROWEST = 30


def hanging(label: "Text", text: "Text", console: "Console") -> Iterator["Text"]:
    """Yield a label and the text beside it. Only on a terminal is it wrapped: logs stay searchable."""
    from rich.text import Text

    room = console.width - label.cell_len
    if not console.is_terminal or text.cell_len <= room or room < _NARROWEST:
        yield Text.assemble(label, text)
        return
    for number, line in enumerate(text.wrap(console, room)):
        line.rstrip()
        yield Text.assemble(" " * label.cell_len if number else label, line)
