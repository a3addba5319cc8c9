"""Read the parameters that a file gives."""

from dataclasses import dataclass
from pathlib import Path

from capgen.diagnostics import Diagnostic
from capgen.load import Document, load_file
from capgen.render.blueprint import Blueprint
from capgen.render.given import Given
from capgen.render.parameter_forms import FormReader
from capgen.render.redact import hide_values, mask_syntax_errors


@dataclass(frozen=True)
class ParameterFile:
    """What a file gives. `document` is None where the file cannot be read; no secret is in its text."""

    given: tuple[Given, ...]
    document: Document | None
    diagnostics: tuple[Diagnostic, ...]


def read_parameter_file(path: Path, blueprint: Blueprint, shown_as: str | None = None) -> ParameterFile:
    """Read one file in any form that `capgen.render.parameter_forms` knows. `shown_as` is its name in messages.

    Only the values of parameters that the blueprint knows and accepts are kept and shown: the value of a secret, and
    that of a name which may be a misspelt secret, is dropped here.
    """
    document, diagnostics = load_file(path, shown_as)
    if document is None:
        return ParameterFile((), None, tuple(mask_syntax_errors(diagnostics, path, blueprint.secrets)))
    reader = FormReader(document, blueprint)
    reader.read()
    shown, told = hide_values(document, reader.hidden, diagnostics)
    return ParameterFile(tuple(reader.given), shown, (*told, *reader.diagnostics))
