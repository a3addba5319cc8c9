"""Render one spec of a blueprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from capgen.blueprints.spec_files import NewFile, existing, write_files
from capgen.diagnostics import Diagnostic, has_errors
from capgen.load import Document
from capgen.pipeline import validate_text
from capgen.render import Blueprint, collect_parameters, render_spec


@dataclass(frozen=True, kw_only=True)
class SingleResult:
    """The spec, None where something is wrong, the diagnostics, and the files that they quote."""

    path: Path | None
    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[Document, ...]


def render_single(
    blueprint: Blueprint,
    files: Sequence[Path] = (),
    settings: Sequence[str] = (),
    output: Path | None = None,
    *,
    force: bool = False,
) -> SingleResult:
    """Render, judge and write one spec, as `output` or `<name>.yaml`. Nothing is written where something is wrong.

    `force` replaces a file that says something else. Raises OSError when the disk fails.
    """
    collected = collect_parameters(blueprint, files, settings)
    documents = tuple(collected.documents.values())
    if collected.values is None:
        return SingleResult(path=None, diagnostics=collected.diagnostics, documents=documents)
    text, diagnostics = render_spec(blueprint, collected.values)
    told = [*collected.diagnostics, *diagnostics]
    if text is None:
        return SingleResult(path=None, diagnostics=tuple(told), documents=documents)
    validated = validate_text(text, str(output or f"{blueprint.name}, rendered"))
    told += validated.diagnostics
    documents += (validated.document,) if validated.document is not None else ()
    target = output or (Path(f"{validated.model.name}.yaml") if validated.model is not None else None)
    if target is not None:
        told += existing(NewFile(target, text), None, {path.resolve() for path in files}, force=force)
    if has_errors(told) or target is None:
        return SingleResult(path=None, diagnostics=tuple(told), documents=documents)
    write_files([NewFile(target, text)])
    return SingleResult(path=target, diagnostics=tuple(told), documents=documents)
