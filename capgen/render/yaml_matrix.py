"""Read a matrix in YAML: rows, and rows within rows that share values.

| form | what it is |
|---|---|
| `[{Name: value}]` | a list of rows |
| `{defaults: {Name: value}, rows: [...]}` | the same, with values for all rows |
| a row with a key `rows` | no spec of its own: its values hold for the rows within it |
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, Location, did_you_mean
from capgen.load import Document, SpecPath, load_file
from capgen.render.blueprint import Blueprint
from capgen.render.given import Given
from capgen.render.parameter_forms import FormReader
from capgen.render.redact import hide_values, mask_syntax_errors
from capgen.render.table import MAX_ROWS, Row, Table, no_rows, too_many_rows

_ROWS = "rows"
_DEFAULTS = "defaults"


def read_yaml_matrix(path: Path, blueprint: Blueprint) -> Table:
    """Read a YAML or JSON file. A parameter without a value (`Name:`) is not given."""
    document, diagnostics = load_file(path)
    if document is None:
        told = mask_syntax_errors(diagnostics, path, blueprint.secrets)
        return Table(rows=(), top=Location(str(path), 1, 1), document=None, diagnostics=tuple(told))
    reader = _Reader(document, blueprint)
    reader.read()
    shown, told = hide_values(document, reader.hidden, diagnostics)
    top = document.value_at(())
    found = [*told, *reader.diagnostics]
    if not reader.rows and not found:
        found.append(no_rows(top))
    return Table(rows=tuple(reader.rows), top=top, document=shown, diagnostics=tuple(found))


class _Reader:
    """Collects rows, problems, and the paths of values that nobody may see."""

    def __init__(self, document: Document, blueprint: Blueprint) -> None:
        self.rows: list[Row] = []
        self.hidden: list[SpecPath] = []
        self.diagnostics: list[Diagnostic] = []
        self._document = document
        self._blueprint = blueprint
        self._full = False

    def read(self) -> None:
        """Collect the rows of whichever form the file has."""
        data: Any = self._document.data
        if isinstance(data, list):
            self._rows(data, (), {}, {})
        elif isinstance(data, dict) and (_ROWS in data or _DEFAULTS in data):
            self._map(data)
        else:
            self.hidden.append(())
            self._refuse((), "a matrix is a list of rows, or a map with rows and defaults")

    def _map(self, data: Mapping[str, Any]) -> None:
        for key in (key for key in data if key not in (_ROWS, _DEFAULTS)):
            self.hidden.append((key,))
            hint = did_you_mean(key, (_ROWS, _DEFAULTS)) or f"values for all rows stand under {_DEFAULTS}"
            self._refuse((key,), f'"{key}" is neither {_ROWS} nor {_DEFAULTS}', hint)
        defaults, rows = data.get(_DEFAULTS), data.get(_ROWS)
        shared: dict[str, Given] = {}
        if isinstance(defaults, dict):
            shared, _ = self._given(defaults, (_DEFAULTS,))
        elif defaults is not None:
            self.hidden.append((_DEFAULTS,))
            self._refuse((_DEFAULTS,), f"{_DEFAULTS} is a map of parameters and values")
        self._rows(rows, (_ROWS,), shared, {})

    def _rows(self, rows: Any, path: SpecPath, shared: Mapping[str, Given], empty: Mapping[str, Location]) -> None:
        if rows is None and path:
            return  # whoever reads a matrix without a row says so
        if not isinstance(rows, list):
            self.hidden.append(path)
            self._refuse(path, f"{_ROWS} is a list: each row begins with a hyphen")
            return
        for index, row in enumerate(rows):
            self._row(row, (*path, index), shared, empty)

    def _row(self, row: Any, path: SpecPath, shared: Mapping[str, Given], empty: Mapping[str, Location]) -> None:
        if self._full:
            return
        if not isinstance(row, dict):
            self.hidden.append(path)
            self._refuse(path, "a row is a map of parameters and values")
            return
        given, without = self._given({name: value for name, value in row.items() if name != _ROWS}, path)
        values, nothing = {**shared, **given}, {**empty, **without}
        if _ROWS in row:
            self._rows(row[_ROWS], (*path, _ROWS), values, nothing)
        elif len(self.rows) == MAX_ROWS:
            self._full = True
            self.diagnostics.append(too_many_rows(self._document.value_at(path)))
        else:
            self.rows.append(Row(location=self._document.value_at(path), given=tuple(values.values()), empty=nothing))

    def _given(self, data: Mapping[str, Any], path: SpecPath) -> tuple[dict[str, Given], dict[str, Location]]:
        """Return what a map gives, and where it names a parameter without a value."""
        reader = FormReader(self._document, self._blueprint)
        empty = {name: self._document.key_at((*path, name)) for name, value in data.items() if value is None}
        for name, value in data.items():
            if name not in empty or name not in self._blueprint.parameters:
                reader.give(name, value, (*path, name))
        self.hidden += reader.hidden
        self.diagnostics += reader.diagnostics
        return {each.name: each for each in reader.given}, empty

    def _refuse(self, path: SpecPath, message: str, hint: str | None = None) -> None:
        place = self._document.key_at(path)
        self.diagnostics.append(Diagnostic(rule="matrix-form", message=message, location=place, hint=hint))
