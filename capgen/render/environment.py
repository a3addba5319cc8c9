"""The Jinja2 environment of blueprints: sandboxed, strict, and every value emitted as JSON, which is YAML too."""

import json
import re
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateRuntimeError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

_UNSAFE = re.compile(r"[\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]")
"""What JSON leaves as it is, and YAML folds, refuses, or an editor hides."""


def as_json(value: Any) -> str:
    """Write a value as JSON on one line, so that YAML reads the very same value and no text ends its scalar.

    Raises jinja2.UndefinedError for what is not defined, jinja2.TemplateRuntimeError for what JSON has no form for.
    """
    if isinstance(value, Undefined):
        return str(value)  # a strict undefined raises here
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise TemplateRuntimeError(f"{type(value).__name__} cannot be written into a spec") from error
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def make_environment() -> ImmutableSandboxedEnvironment:
    """Return the environment. Filters, tests and globals are gone: the template language needs none of them."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        finalize=as_json,
        autoescape=False,  # no HTML: as_json guards every value
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.clear()
    environment.tests.clear()
    environment.globals.clear()
    return environment


class OutputTooLargeError(Exception):
    """The template produced more text than a spec may have."""


def render_bounded(template: Template, values: dict[str, Any], limit: int) -> str:
    """Render piece by piece. Raises OutputTooLargeError as soon as there are more than `limit` bytes."""
    pieces: list[str] = []
    size = 0
    for piece in template.generate(values):
        size += len(piece.encode())
        if size > limit:
            raise OutputTooLargeError
        pieces.append(piece)
    return "".join(pieces)
