"""A matrix as it was read: rows of parameters, each with the places of its cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from capgen.diagnostics import Diagnostic, Location
from capgen.load import Document
from capgen.render.given import Given

MAX_ROWS = 2000
"""Of a matrix: more deployments than anybody reviews in one change."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: what it gives, where it begins, and where it has empty cells, by parameter."""

    location: Location
    given: tuple[Given, ...]
    empty: Mapping[str, Location] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A matrix. `top` is where a column would be added; no secret is in the text of `document`.

    `names` are the places of column names: what a message underlines there is no secret.
    """

    rows: tuple[Row, ...]
    top: Location
    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    names: frozenset[Location] = frozenset()


def too_many_rows(place: Location) -> Diagnostic:
    """Return what to say of a matrix that has more than MAX_ROWS rows, at the first that is too many."""
    return Diagnostic(rule="matrix-limits", message="the matrix has too many rows", location=place,
                      allowed=f"at most {MAX_ROWS} rows", hint="split it into several files")  # fmt: skip


def no_rows(place: Location) -> Diagnostic:
    """Return what to say of a matrix without a row."""
    return Diagnostic(rule="matrix-form", message="the matrix has no row", location=place,
                      hint="each row becomes one spec")  # fmt: skip
