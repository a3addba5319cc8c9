"""Read the folder of a blueprint and say everything that is wrong with it.

What a template does is found when it is rendered; everything that rendering relies on is held here.
"""

from collections.abc import Iterator
from pathlib import Path

from capgen.diagnostics import Diagnostic, has_errors, in_reading_order
from capgen.load import Document, load_file
from capgen.render.blueprint import DESCRIPTION, PARAMETERS, PARTS, Blueprint
from capgen.render.parameter_schema import check_parameter_schema
from capgen.validate import validate_document
from capgen.validate.field import Schema
from capgen.validate.words import shown

_BLUEPRINT = Schema("blueprint.schema.json", noun="file", prose=("description",))
_PARAMETERS = Schema("blueprint_parameters.schema.json", noun="file", prose=("properties",))


def read_blueprint(folder: Path, *, own: bool = False) -> tuple[Blueprint | None, list[Diagnostic]]:
    """Return the blueprint of a folder, or None and what is wrong with it. Raises nothing for what a user wrote.

    `own` says that it ships with capgen.
    """
    missing = list(_missing_parts(folder))
    if missing:
        return None, missing
    description, told = _read(folder / DESCRIPTION, _BLUEPRINT)
    parameters, told_of_parameters = _read(folder / PARAMETERS, _PARAMETERS)
    diagnostics = [*told, *told_of_parameters]
    if description is not None and not has_errors(told):
        diagnostics += _wrong_name(description, folder)
    if parameters is not None and not has_errors(told_of_parameters):
        diagnostics += check_parameter_schema(parameters)
    if description is None or parameters is None or has_errors(diagnostics):
        return None, in_reading_order(diagnostics)
    said = {key: " ".join(text.split()) for key, text in description.data.items()}
    return Blueprint(**said, folder=folder, own=own, schema=parameters.data), in_reading_order(diagnostics)


def _missing_parts(folder: Path) -> Iterator[Diagnostic]:
    """Yield which files are not there, or lie elsewhere: a link would show a file of the reader's in a message."""
    inside = folder.resolve()
    for part in PARTS:
        path = folder / part
        if not path.is_file():
            hint = f"a blueprint has {', '.join(PARTS[:-1])} and {PARTS[-1]}"
            yield Diagnostic(rule="blueprint-file", message=f"{path} is missing", hint=hint)
        elif not path.resolve().is_relative_to(inside):
            message, hint = f"{path} leads out of the blueprint's folder", "copy the file into the folder"
            yield Diagnostic(rule="blueprint-file", message=message, hint=hint)


def _read(path: Path, schema: Schema) -> tuple[Document | None, list[Diagnostic]]:
    document, diagnostics = load_file(path)
    if document is not None and not has_errors(diagnostics):
        diagnostics += validate_document(document, schema)
    return document, diagnostics


def _wrong_name(description: Document, folder: Path) -> Iterator[Diagnostic]:
    name = description.data["name"]
    expected = folder.resolve().name
    if name != expected:
        yield Diagnostic(
            rule="blueprint-name",
            message="the blueprint is not called as its folder is",
            location=description.value_at(("name",)),
            path="name",
            value=shown(name),
            allowed=expected,
            hint="rename the one or the other: people find a blueprint by its folder",
        )
