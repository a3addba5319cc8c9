"""Write a blueprint's spec for the values of its parameters."""

import re
from collections.abc import Mapping
from traceback import walk_tb
from typing import Any

from capgen.diagnostics import Diagnostic, Location
from capgen.load import load_text
from capgen.load.limits import MAX_BYTES
from capgen.render.blueprint import Blueprint
from capgen.render.compiled_template import MAX_TEMPLATE_BYTES, CompiledTemplate, compile_template
from capgen.render.editor import EDITOR_SCHEMA, modeline
from capgen.render.environment import OutputTooLargeError, TooManyRoundsError, render_bounded
from capgen.validate.words import shown


def render_spec(
    blueprint: Blueprint, values: Mapping[str, Any], *, schema_reference: str = EDITOR_SCHEMA
) -> tuple[str | None, list[Diagnostic]]:
    """Return the text of the spec, or None and what is wrong.

    As `render_text`, and the text is loaded again before it is returned, so that what comes out is YAML whatever the
    template does; the stages after it say whether it is a good spec.
    """
    text, diagnostics = render_text(blueprint, values, schema_reference=schema_reference)
    if text is None:
        return None, diagnostics
    document, diagnostics = load_text(text, f"{blueprint.name}, rendered")
    return (None if document is None or diagnostics else text), diagnostics


def render_text(
    blueprint: Blueprint, values: Mapping[str, Any], *, schema_reference: str = EDITOR_SCHEMA
) -> tuple[str | None, list[Diagnostic]]:
    """Return the text that the template makes, which nobody has read yet, or None and what is wrong.

    `values` are those of `collect_parameters`; secrets among them are left out. `schema_reference` is where editors
    find the spec's schema: a URL, or a path relative to the spec.
    """
    if re.search(r"\s", schema_reference) or not schema_reference.isprintable() or not schema_reference:
        message = "a schema reference is a URL or a path, without spaces"
        return None, [Diagnostic(rule="blueprint-schema-reference", message=message, value=shown(schema_reference))]
    compiled, refused = template_of(blueprint)
    if compiled is None:
        return None, list(refused)
    known = {name: value for name, value in values.items() if name not in blueprint.secrets}
    file = blueprint.template_name
    try:
        return modeline(schema_reference) + render_bounded(compiled.template, known, MAX_BYTES, compiled.rounds), []
    except OutputTooLargeError:
        allowed = f"at most {MAX_BYTES} bytes"
        return None, [
            Diagnostic(rule="blueprint-size", message=f"{file} renders more than a spec may have", allowed=allowed)
        ]
    except TooManyRoundsError:
        allowed = f"at most {compiled.rounds} rounds of all its loops together"
        return None, [Diagnostic(rule="blueprint-size", message=f"{file} loops for too long", allowed=allowed)]
    except Exception as error:  # noqa: BLE001  # only the template's own code runs here: the mistake is in it
        place = _place(error, file)
        return None, [
            Diagnostic(rule="blueprint-render", message=f"{file} cannot be rendered: {error}", location=place)
        ]


def template_of(blueprint: Blueprint) -> tuple[CompiledTemplate | None, tuple[Diagnostic, ...]]:
    """Return a blueprint's template, compiled, or None and what is wrong with it. Raises OSError."""
    with blueprint.template.open("rb") as file:
        raw = file.read(MAX_TEMPLATE_BYTES + 1)
    name = blueprint.template_name
    try:
        source = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Location(name, raw[: error.start].count(b"\n") + 1, 1)
        return None, (Diagnostic(rule="load-utf8", message="the template is not UTF-8 text", location=place),)
    known = frozenset(blueprint.parameters.keys() - blueprint.secrets)
    return compile_template(source.replace("\r\n", "\n"), name, known)


def _place(error: BaseException, file: str) -> Location | None:
    """Return the line of the template at which an error was raised: Jinja2 puts it into the traceback."""
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"]
    return Location(file, lines[-1], 1) if lines else None
