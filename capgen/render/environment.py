"""The Jinja2 environment of blueprints: sandboxed, strict, and every value emitted as JSON, which is YAML too."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateRuntimeError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from capgen.render.traced import Use, uses_of

_UNSAFE = re.compile(r"[\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]")
"""What JSON leaves as it is, and YAML folds, refuses, or an editor hides."""

_MARKED = re.compile("(?:\x01([0-9]{1,6})\x02)?([^\x01]*)")

_WRITTEN: ContextVar[list[Use] | None] = ContextVar("written", default=None)
"""Where `as_json` notes which parameters it wrote, while `noting_uses` asks for it."""


@contextmanager
def noting_uses() -> Iterator[list[Use]]:
    """Note every traced value that is written from here on. Whoever reads the list empties it."""
    written: list[Use] = []
    token = _WRITTEN.set(written)
    try:
        yield written
    finally:
        _WRITTEN.reset(token)


def as_json(value: Any) -> str:
    """Write a value as JSON on one line, so that YAML reads the very same value and no text ends its scalar.

    Raises jinja2.UndefinedError for what is not defined, jinja2.TemplateRuntimeError for what JSON has no form for.
    """
    if isinstance(value, Undefined):
        return str(value)  # a strict undefined raises here
    if (written := _WRITTEN.get()) is not None:
        written.extend(uses_of(value))
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


def line_mark(line: int) -> str:
    """Return what a template writes before a piece, for `located_pieces` to read. YAML allows no such characters."""
    return f"\x01{line}\x02"


class OutputTooLargeError(Exception):
    """The template produced more text than a spec may have."""


class TooManyRoundsError(Exception):
    """The template's loops go on for longer than a spec is worth."""


def render_bounded(template: Template, values: dict[str, Any], limit: int, rounds: int = 1_000_000) -> str:
    """Render piece by piece.

    Raises OutputTooLargeError as soon as there are more than `limit` bytes, and TooManyRoundsError after `rounds` empty
    pieces: a compiled blueprint yields one for each round of a loop.
    """
    return "".join(_bounded(template.generate(values), limit, rounds))


def located_pieces(template: Template, values: dict[str, Any], limit: int, rounds: int) -> Iterator[tuple[str, int]]:
    """Yield the pieces of a template that has line marks, each with the line of the template at which it begins."""
    line = 1
    for marked in _bounded(template.generate(values), limit, rounds):
        for number, piece in _MARKED.findall(marked):
            line = int(number) if number else line
            if piece:
                yield piece, line


def _bounded(pieces: Iterable[str], limit: int, rounds: int) -> Iterator[str]:
    size = 0
    for piece in pieces:
        if not piece:
            rounds -= 1
            if rounds < 0:
                raise TooManyRoundsError
            continue
        size += len(piece.encode())
        if size > limit:
            raise OutputTooLargeError
        yield piece
