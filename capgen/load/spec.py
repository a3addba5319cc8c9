"""Read a spec and the files that it extends as one document."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, has_errors
from capgen.load.document import Document
from capgen.load.yaml_file import load_file, load_text

EXTENDS = "extends"


def load_spec(path: Path) -> tuple[Document | None, list[Diagnostic]]:
    """Load a spec with its bases. Returns no document when the spec itself cannot be read at all."""
    return _with_bases(*load_file(path))


def load_spec_text(text: str, name: str) -> tuple[Document | None, list[Diagnostic]]:
    """Do the same for the text of a spec; `name` is the file that it is, or will be: bases are relative to it."""
    return _with_bases(*load_text(text, name))


def _with_bases(spec: Document | None, diagnostics: list[Diagnostic]) -> tuple[Document | None, list[Diagnostic]]:
    if spec is None or not isinstance(spec.data, dict):
        return spec, diagnostics
    bases: tuple[Document, ...] = ()
    aliases: dict[str, str] = {}
    if EXTENDS in spec.data:
        from capgen.load.bases import bases_of  # imported on use, as below: most specs stand alone

        bases, aliases, found = bases_of(spec)
        diagnostics = [*diagnostics, *found]
        if has_errors(diagnostics):
            return replace(spec, merged=(*bases, spec), aliases=aliases), diagnostics
    elif not _has_null(spec.data.get("regions", {})):
        return spec, diagnostics
    from capgen.load.merged import merged

    return replace(merged((*bases, spec)), aliases=aliases), diagnostics


def _has_null(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_null(member) for member in value.values())
    return any(_has_null(item) for item in value) if isinstance(value, list) else value is None
