"""The line of the spec that a finding or a waiver is about, as the page quotes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from capgen.diagnostics import Diagnostic, Location
from capgen.load import Document
from capgen.report.excerpt import excerpt
from capgen.report.masking import hidden_columns

_WIDTH = 160


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A place, and its line in three parts of which the middle is marked; all are empty where the line is not known."""

    file: str
    line: int
    before: str = ""
    marked: str = ""
    after: str = ""


@dataclass(frozen=True)
class Quotes:
    """Quotes lines of a spec and of its bases, by name, where they are known. What may be a secret is masked."""

    documents: Mapping[str, Document]
    diagnostics: tuple[Diagnostic, ...] = ()

    def at(self, place: Location | None) -> Quote | None:
        """Quote the line of a place."""
        if place is None:
            return None
        document = self.documents.get(place.file)
        if document is None:
            return Quote(file=place.file, line=place.line)
        hidden = hidden_columns(document, place.line, self.diagnostics)
        shown = excerpt(document.line(place.line), place.column, place.length, hidden, _WIDTH)
        text, start, end = shown.text, shown.start, shown.start + shown.width
        if not text.isascii():  # the excerpt counts cells of a terminal, which may be two for one character
            return Quote(file=place.file, line=place.line, before=text)
        return Quote(file=place.file, line=place.line, before=text[:start].lstrip(), marked=text[start:end],
                     after=text[end:])  # fmt: skip


def quotes_of(document: Document | None, diagnostics: Iterable[Diagnostic]) -> Quotes:
    """Return what quotes lines of a document; `diagnostics` say which places are secret."""
    parts = document.parts if document else ()
    return Quotes({part.file: part for part in parts}, tuple(diagnostics))
