"""Read a matrix that a spreadsheet wrote: a header with the names of parameters, and a row for each spec."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from capgen.diagnostics import Diagnostic, Location
from capgen.load import Document
from capgen.load.limits import MAX_BYTES
from capgen.render.blueprint import Blueprint
from capgen.render.csv_records import Cell, CsvError, delimiter_of, records
from capgen.render.csv_text import hidden_text, read_text
from capgen.render.given import Given
from capgen.render.table import MAX_ROWS, Row, Table, no_rows, too_many_rows
from capgen.validate.words import shown

_CURLY = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019"


def read_csv_matrix(path: Path, blueprint: Blueprint) -> Table:
    """Read a CSV file. Cells are parted by commas, by semicolons or by tabs, as the header shows.

    Rows without text are skipped, as spreadsheets leave them at the end.
    """
    text, refused = read_text(path, MAX_BYTES)
    file = str(path)
    if text is None:
        return Table(rows=(), top=Location(file, 1, 1), document=None, diagnostics=(refused,) if refused else ())
    return _Reader(file, text, blueprint).read()


class _Reader:
    """Collects rows, problems, and the cells whose text nobody may see."""

    def __init__(self, file: str, text: str, blueprint: Blueprint) -> None:
        self._file, self._text, self._blueprint = file, text, blueprint
        self._delimiter = delimiter_of(text)
        self._open = blueprint.parameters.keys() - blueprint.secrets
        self._diagnostics: list[Diagnostic] = []
        self._hidden: list[Location] = []
        self._rows: list[Row] = []
        self._names: list[Location] = []
        self._top = Location(file, 1, 1)

    def read(self) -> Table:
        """Read everything that can be read, so that all problems are told at once."""
        try:
            found = (
                record for record in records(self._text, self._file, self._delimiter) if any(c.text for c in record)
            )
            header = self._header(next(found, []))
            for record in found if self._names else ():
                if len(self._rows) == MAX_ROWS:
                    self._diagnostics.append(too_many_rows(record[0].location))
                    break
                self._row(header, record)
        except CsvError as error:
            hint = 'a cell with quotes, line breaks or commas stands in "…", with "" for a quote within it'
            self._refuse("matrix-csv", "a quote is not closed, or text follows one", error.location, hint)
            self._hidden.append(error.location)
        if not self._rows and not self._diagnostics:
            self._diagnostics.append(no_rows(self._top))
        document = Document(self._file, hidden_text(self._text, self._hidden), None, {})
        return Table(rows=tuple(self._rows), top=self._top, document=document,
                     diagnostics=tuple(self._diagnostics), names=frozenset(self._names))  # fmt: skip

    def _header(self, record: Sequence[Cell]) -> list[Cell]:
        header = _without_empty_end(record)
        if header:
            first, last = header[0].location, header[-1].location
            self._top = Location(self._file, first.line, first.column, max(last.column + last.length - first.column, 1))
        if header and not any(cell.text in self._blueprint.parameters for cell in header):
            self._hidden += [cell.location for cell in header]  # a row without a header above it may hold anything
            hint = f"begin the file with a row of names, such as {next(iter(self._blueprint.parameters))}"
            self._refuse("matrix-header", "the first row names no parameter of the blueprint", self._top, hint)
            return header
        self._names += [cell.location for cell in header]
        seen: dict[str, Cell] = {}
        for number, cell in enumerate(header, start=1):
            if not cell.text:
                self._refuse("matrix-header", f"column {number} has no name", cell.location,
                             "a column is called as a parameter of the blueprint")  # fmt: skip
            elif cell.text in seen:
                column = seen[cell.text].location.column
                message = f"there are two columns {shown(cell.text)}: the first at column {column} of the line"
                self._refuse("matrix-header", message, cell.location, "remove one of them")
            seen.setdefault(cell.text, cell)
        return header

    def _row(self, header: Sequence[Cell], record: list[Cell]) -> None:
        cells = (
            record
            if len(record) <= len(header)
            else [*record[: len(header)], *_without_empty_end(record[len(header) :])]
        )
        place = record[0].location
        if len(cells) != len(header):
            message = f"the row has {len(cells)} cells, and the header has {len(header)}"
            many = len(cells) > len(header)
            wrong = cells[len(header)].location if many else place
            hint = f'a cell that has a {self._word()} in it stands in straight quotes: "…"'
            if not many:
                hint = f"a cell that stays empty has its {self._word()} all the same"
            self._refuse("matrix-cells", message, wrong, hint)
            if any(cell.text not in self._open for cell in header):
                self._hidden += [cell.location for cell in record]  # nobody can say which cell is the secret
            return
        pairs = list(zip(header, cells, strict=True))
        given = tuple(self._given(name, cell) for name, cell in pairs if cell.text and name.text)
        empty = {name.text: cell.location for name, cell in pairs if not cell.text}
        self._rows.append(Row(location=place, given=given, empty=empty))

    def _given(self, name: Cell, cell: Cell) -> Given:
        """Return a cell as a parameter. What is said of a whole column is said at its header, and so only once."""
        if name.text not in self._open:
            self._hidden.append(cell.location)
            return Given(name=name.text, value=None, source="file", location=name.location)
        self._diagnostics += self._spreadsheet_text(cell)
        kind = self._blueprint.parameters[name.text].get("type")
        value = cell.text.lower() if kind == "boolean" and cell.text in ("TRUE", "FALSE") else cell.text
        items = (cell.location,) * (len(re.findall("[,;]", value)) + 1) if kind == "array" else ()
        return Given(name=name.text, value=value, source="file", location=cell.location, items=items)

    def _spreadsheet_text(self, cell: Cell) -> Iterator[Diagnostic]:
        if cell.text[0] in _CURLY:
            hint = 'write straight quotes ("), or none where the cell has no comma'
            yield _problem("matrix-quotes", "the cell begins with a typographic quote", cell.location, hint, cell.text)
        elif cell.text.startswith('="'):
            hint = "write the text alone"
            yield _problem("matrix-quotes", "the cell is a spreadsheet's formula", cell.location, hint, cell.text)

    def _word(self) -> str:
        return {",": "comma", ";": "semicolon"}.get(self._delimiter, "tab")

    def _refuse(self, rule: str, message: str, place: Location, hint: str) -> None:
        self._diagnostics.append(_problem(rule, message, place, hint))


def _without_empty_end(cells: Sequence[Cell]) -> list[Cell]:
    kept = list(cells)
    while kept and not kept[-1].text:
        kept.pop()
    return kept


def _problem(rule: str, message: str, place: Location, hint: str, value: str | None = None) -> Diagnostic:
    found = None if value is None else shown(value)
    return Diagnostic(rule=rule, message=message, location=place, value=found, hint=hint)
