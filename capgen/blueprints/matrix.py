"""Render one blueprint over a matrix: every row becomes a spec, and nothing is written unless all of them are good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from capgen.blueprints.rows import RowSpec, render_rows
from capgen.blueprints.spec_files import existing, write_files
from capgen.diagnostics import Diagnostic, Location, Severity, has_errors, in_reading_order
from capgen.load import Document
from capgen.render import Blueprint
from capgen.render.file_pattern import FilePattern, file_pattern
from capgen.render.matrix import collect_matrix


@dataclass(frozen=True, kw_only=True)
class MadeSpec:
    """The spec of one row. `changed` says whether the file was written; it already had this text otherwise."""

    path: Path
    deployment: str
    row: Location
    changed: bool


@dataclass(frozen=True, kw_only=True)
class MatrixResult:
    """Every spec, none where something is wrong; the diagnostics in reading order, and the files that they quote."""

    specs: tuple[MadeSpec, ...]
    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[Document, ...]

    @property
    def ok(self) -> bool:
        """Whether every row has its spec."""
        return not has_errors(self.diagnostics)


def render_matrix(
    blueprint: Blueprint,
    matrix: Path,
    files: Sequence[Path] = (),
    settings: Sequence[str] = (),
    output: str | None = None,
    *,
    force: bool = False,
) -> MatrixResult:
    """Render, judge and write the spec of every row. `output` is a folder or a pattern, `force` replaces other files.

    All problems of all rows are returned at once, each at its cell. Raises OSError when the disk fails; no file is then
    half written.
    """
    collected = collect_matrix(blueprint, matrix, files, settings)
    pattern, refused = file_pattern(output, blueprint)
    told = [*collected.diagnostics, *refused]
    made = render_rows(blueprint, collected.rows, pattern or FilePattern(None))
    specs = [each.spec for each in made if each.spec is not None]
    told += [each for one in made for each in one.diagnostics]
    told += [*_collisions(specs), *_same_deployments(specs)]
    sources = {path.resolve() for path in (matrix, *files)}
    told += [each for spec in specs for each in existing(spec.file, spec.row, sources, force=force)]
    documents = tuple(collected.documents.values())
    if has_errors(told) or pattern is None:
        return MatrixResult(specs=(), diagnostics=tuple(in_reading_order(told)), documents=documents)
    changed = write_files([spec.file for spec in specs])
    done = tuple(
        MadeSpec(path=spec.file.path, deployment=spec.deployment, row=spec.row, changed=spec.file.path in changed)
        for spec in specs
    )
    return MatrixResult(specs=done, diagnostics=tuple(in_reading_order(told)), documents=documents)


def _collisions(specs: Sequence[RowSpec]) -> Iterator[Diagnostic]:
    """Refuse two rows that make one file, also where only some file systems take them for one."""
    first: dict[str, RowSpec] = {}
    for spec in specs:
        before = first.setdefault(str(spec.file.path).casefold(), spec)
        if before is not spec:
            yield Diagnostic(
                rule="matrix-collision",
                message=f"this row and the one at {_short(before.row, spec.row)} make the same file",
                location=spec.row,
                value=str(spec.file.path),
                hint="name files by what differs: --output 'specs/{StackName}-{Region}.yaml', with your parameters",
            )


def _same_deployments(specs: Sequence[RowSpec]) -> Iterator[Diagnostic]:
    """Warn of two specs of one deployment: compiled into one folder, the second would take the first one's place."""
    first: dict[str, RowSpec] = {}
    for spec in specs:
        before = first.setdefault(spec.deployment, spec)
        if before is not spec and before.file.path != spec.file.path:
            yield Diagnostic(
                rule="matrix-same-deployment",
                severity=Severity.WARNING,
                message=f"this row and the one at {_short(before.row, spec.row)} make the same deployment",
                location=spec.row,
                value=spec.deployment,
                hint="compile them with different --out folders, or give each a name of its own",
            )


def _short(place: Location, seen_from: Location) -> str:
    return f"line {place.line}" if place.file == seen_from.file else str(replace(place, length=1))
