"""From a matrix to the values of every row: what each spec of a table is rendered from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, Location, has_errors, in_reading_order
from capgen.load import Document
from capgen.render.blueprint import Blueprint
from capgen.render.csv_matrix import read_csv_matrix
from capgen.render.given import Given, given_by_settings
from capgen.render.parameter_files import read_parameter_file
from capgen.render.parameters import resolve
from capgen.render.table import Row, Table
from capgen.render.yaml_matrix import read_yaml_matrix

_CSV = (".csv", ".tsv")
_YAML = (".yaml", ".yml", ".json")


@dataclass(frozen=True, kw_only=True)
class RowValues:
    """A row, what is given for it, and the values of its parameters, None where something is wrong with it."""

    row: Row
    given: Mapping[str, Given]
    values: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class CollectedMatrix:
    """Every row of a matrix, the diagnostics in reading order, and the files by name, with no secret in their text."""

    rows: tuple[RowValues, ...]
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document]

    @property
    def ok(self) -> bool:
        """Whether every row has its values."""
        return not has_errors(self.diagnostics)


def collect_matrix(
    blueprint: Blueprint, matrix: Path, files: Sequence[Path] = (), settings: Sequence[str] = ()
) -> CollectedMatrix:
    """Read a matrix. What a row gives goes before what parameter files give for all rows, and settings before the row.

    All problems of all rows are returned at once. Nothing here raises for what a user wrote.
    """
    table = _read(matrix, blueprint)
    read = [read_parameter_file(path, blueprint) for path in files]
    set_values, diagnostics = given_by_settings(settings)
    diagnostics += [*table.diagnostics, *(each for file in read for each in file.diagnostics)]
    shared = [given for file in read for given in file.given]
    rows: list[RowValues] = []
    missing: dict[str, list[tuple[Row, Diagnostic]]] = {}
    for row in table.rows:
        given = [*shared, *row.given, *set_values]
        values, found = resolve(blueprint, given)
        rows.append(RowValues(row=row, given={each.name: each for each in given}, values=values))
        for each in found:
            if each.rule == "parameter-required" and each.path:
                missing.setdefault(each.path, []).append((row, each))
            else:
                diagnostics.append(replace(each, sensitive=False) if each.location in table.names else each)
    diagnostics += _missing(table, missing)
    documents = [table.document, *(file.document for file in read)]
    return CollectedMatrix(
        rows=tuple(rows),
        diagnostics=tuple(in_reading_order(diagnostics)),
        documents={document.file: document for document in documents if document is not None},
    )


def _read(path: Path, blueprint: Blueprint) -> Table:
    if path.suffix.lower() in _CSV:
        return read_csv_matrix(path, blueprint)
    if path.suffix.lower() in _YAML:
        return read_yaml_matrix(path, blueprint)
    refused = Diagnostic(rule="matrix-file", message=f"{path} has no ending that says what it is",
                         allowed=", ".join((*_CSV, *_YAML)))  # fmt: skip
    return Table(rows=(), top=Location(str(path), 1, 1), document=None, diagnostics=(refused,))


def _missing(table: Table, missing: Mapping[str, list[tuple[Row, Diagnostic]]]) -> Iterable[Diagnostic]:
    """Say what is missing at the row, or its empty cell, that lacks it; and once where every row does."""
    for name, found in missing.items():
        if len(found) == len(table.rows) > 1 and not any(name in row.empty for row, _ in found):
            hint = f"give all rows one value with --set {name}=..., or each its own"
            yield replace(found[0][1], message=f"{name} is missing in every row", location=table.top, hint=hint)
            continue
        for row, each in found:
            hint = f"give the row a value, or all rows one with --set {name}=..."
            yield replace(each, location=row.empty.get(name, row.location), hint=hint)
