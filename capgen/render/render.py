"""Write a blueprint's spec for the values of its parameters."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError

from capgen.diagnostics import Diagnostic, Location
from capgen.load import load_text
from capgen.load.limits import MAX_BYTES
from capgen.render.blueprint import Blueprint
from capgen.render.editor import EDITOR_SCHEMA, modeline
from capgen.render.environment import OutputTooLargeError, make_environment, render_bounded
from capgen.render.template_language import check_template
from capgen.validate.words import shown


def render_spec(
    blueprint: Blueprint, values: Mapping[str, Any], *, schema_reference: str = EDITOR_SCHEMA
) -> tuple[str | None, list[Diagnostic]]:
    """Return the text of the spec, or None and what is wrong.

    `values` are those of `collect_parameters`; secrets among them are left out. `schema_reference` is where editors
    find the spec's schema: a URL, or a path relative to the spec. The text is loaded again before it is returned, so
    that what comes out is YAML whatever the template does; the stages after it say whether it is a good spec.
    """
    if re.search(r"\s", schema_reference) or not schema_reference.isprintable() or not schema_reference:
        message = "a schema reference is a URL or a path, without spaces"
        return None, [Diagnostic(rule="blueprint-schema-reference", message=message, value=shown(schema_reference))]
    known = {name: value for name, value in values.items() if name not in blueprint.secrets}
    file = f"{blueprint.name}/{blueprint.template.name}"
    environment = make_environment()
    source = blueprint.template.read_text(encoding="utf-8")
    try:
        diagnostics = check_template(environment.parse(source), file, blueprint.parameters.keys() - blueprint.secrets)
        if diagnostics:
            return None, diagnostics
        text = modeline(schema_reference) + render_bounded(environment.from_string(source), known, MAX_BYTES)
    except TemplateSyntaxError as error:
        place = Location(file, error.lineno, 1)
        return None, [
            Diagnostic(rule="blueprint-syntax", message=f"this is not a template: {error.message}", location=place)
        ]
    except TemplateError as error:
        return None, [Diagnostic(rule="blueprint-render", message=f"{file} cannot be rendered: {error.message}")]
    except OutputTooLargeError:
        allowed = f"at most {MAX_BYTES} bytes"
        return None, [
            Diagnostic(rule="blueprint-size", message=f"{file} renders more than a spec may have", allowed=allowed)
        ]
    document, diagnostics = load_text(text, f"{blueprint.name}, rendered")
    return (None if document is None or diagnostics else text), diagnostics
