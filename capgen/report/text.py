"""Diagnostics as text for a person: the message, the line it is about, and what would be right."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic, Severity, in_reading_order
from capgen.load import Document

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_STYLES: Mapping[Severity, str] = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_FRAME = "blue"
_UNLIMITED = 2000
"""Cells of a quoted line where no terminal sets the width."""


def render_diagnostics(diagnostics: Iterable[Diagnostic], sources: Mapping[str, Document], console: "Console") -> None:
    """Print diagnostics in reading order and count them. Prints nothing where there are none.

    `sources` has the documents by the name that locations use; where it lacks one, no line is quoted. On a terminal,
    text is wrapped to its width; elsewhere it is not, so that logs stay searchable. A user's text is never markup.
    """
    ordered = in_reading_order(diagnostics)
    if not ordered:
        return
    for diagnostic in ordered:
        for line in _lines(diagnostic, ordered, sources, console):
            console.print(line, soft_wrap=True, highlight=False)
        console.print()
    console.print(_count(ordered), soft_wrap=True, highlight=False)


def _lines(
    diagnostic: Diagnostic, ordered: Sequence[Diagnostic], sources: Mapping[str, Document], console: "Console"
) -> Iterable["Text"]:
    """Build one diagnostic, line by line."""
    from rich.text import Text  # imported on use: a clean run prints nothing

    from capgen.report.wrapped import wrapped
    from capgen.validate.words import printable

    style = _STYLES[diagnostic.severity]
    place = diagnostic.location
    document = sources.get(place.file) if place else None
    margin = " " * (len(str(place.line)) if place else 1)

    label = Text(f"{diagnostic.severity.value}: ", style)
    head = Text.assemble((printable(diagnostic.message), "bold"), (f" [{diagnostic.rule}]", "dim"))
    yield from wrapped(label, head, console)
    if place:
        yield Text.assemble((f"{margin}--> ", _FRAME), printable(str(place)))
    if place and document:
        yield from _quote(diagnostic, document, ordered, console)
    for name, value in (("found", diagnostic.value), ("allowed", diagnostic.allowed), ("hint", diagnostic.hint)):
        if value is not None:
            yield from wrapped(_label(margin, name), Text(printable(value)), console)
    if diagnostic.link is not None:  # never wrapped: a terminal opens it on a click
        yield Text.assemble(_label(margin, "see"), diagnostic.link)


def _label(margin: str, name: str) -> "Text":
    from rich.text import Text

    return Text.assemble((f"{margin} = ", _FRAME), (f"{name}: ", "bold"))


def _quote(
    diagnostic: Diagnostic, document: Document, ordered: Sequence[Diagnostic], console: "Console"
) -> Iterable["Text"]:
    """Quote the line that a diagnostic points at, and underline the place."""
    from rich.text import Text

    from capgen.report.excerpt import excerpt
    from capgen.report.masking import hidden_columns
    from capgen.report.wrapped import NARROWEST

    place = diagnostic.location
    assert place is not None
    number = str(place.line)
    margin = " " * len(number)
    room = max(console.width - len(number) - len(" | ") - 1, NARROWEST) if console.is_terminal else _UNLIMITED
    hidden = hidden_columns(document, place.line, ordered)
    shown = excerpt(document.line(place.line), place.column, place.length, hidden, room)
    underline = " " * shown.start + "^" * shown.width
    yield Text(f"{margin} |", _FRAME)
    yield Text.assemble((f"{number} | ", _FRAME), shown.text)
    yield Text.assemble((f"{margin} | ", _FRAME), (underline, _STYLES[diagnostic.severity]))


def _count(ordered: Sequence[Diagnostic]) -> str:
    """Say how many errors and warnings there are, and where."""
    counts = [(severity.value, sum(each.severity is severity for each in ordered)) for severity in Severity]
    words = [f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts if count]
    files = {each.location.file for each in ordered if each.location}
    where = f" in {next(iter(files))}" if len(files) == 1 else f" in {len(files)} files" if files else ""
    return ", ".join(words) + where
