"""Render and judge the rows of a matrix: in this process, or where there are many, on every core."""

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial

from capgen.blueprints.blame import blamed
from capgen.blueprints.spec_files import NewFile
from capgen.diagnostics import Diagnostic, Location
from capgen.pipeline import validate_text
from capgen.render import Blueprint, render_text
from capgen.render.file_pattern import FilePattern
from capgen.render.matrix import RowValues

FEW = 100
"""Rows below which it costs more to start processes than they save."""

_CHUNK = 20


@dataclass(frozen=True, kw_only=True)
class RowSpec:
    """The spec of one row."""

    row: Location
    file: NewFile
    deployment: str


@dataclass(frozen=True, kw_only=True)
class MadeRow:
    """A row's spec, None where something is wrong, and what there is to say about it."""

    spec: RowSpec | None
    diagnostics: tuple[Diagnostic, ...]


def render_rows(blueprint: Blueprint, rows: Sequence[RowValues], pattern: FilePattern) -> list[MadeRow]:
    """Return what becomes of each row, in order; the same whether it takes one process or several."""
    make = partial(render_row, blueprint, pattern)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(rows) < FEW or cores == 1:
        return [make(row) for row in rows]
    try:
        with ProcessPoolExecutor(cores, mp_context=_context()) as pool:
            return list(pool.map(make, rows, chunksize=_CHUNK))
    except BrokenProcessPool:  # somebody killed one, or memory ran out: one process alone takes longer and less
        return [make(row) for row in rows]


def render_row(blueprint: Blueprint, pattern: FilePattern, row: RowValues) -> MadeRow:
    """Render and judge one row. What is wrong with its spec is said at the cell that supplied it."""
    if row.values is None:
        return MadeRow(spec=None, diagnostics=())
    text, diagnostics = render_text(blueprint, row.values)
    if text is None:
        return MadeRow(spec=None, diagnostics=tuple(diagnostics))
    place = row.row.location
    file = str(pattern.path(row.values, f"row {place.line}"))  # what a spec extends is found from the folder it goes to
    validated = validate_text(text, file)

    def at_the_row(diagnostic: Diagnostic, _: int | None) -> Diagnostic:
        line = diagnostic.location.line if diagnostic.location else 1
        where = f"line {line} of this row's spec, which the blueprint wrote"
        return replace(diagnostic, location=place, message=f"{diagnostic.message} ({where})")

    told = tuple(blamed(validated.diagnostics, file, blueprint, row.given, row.values, at_the_row))
    if validated.model is None:
        return MadeRow(spec=None, diagnostics=told)
    name = validated.model.name
    spec = RowSpec(row=place, file=NewFile(pattern.path(row.values, name), text), deployment=name)
    return MadeRow(spec=spec, diagnostics=told)


def _context() -> multiprocessing.context.BaseContext:
    """Return how processes start: never as copies of this one, whose threads would be lost and their locks not."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["capgen.blueprints.rows"])
    return context
