"""How values are written in the page."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from capgen.report.markdown.escape import web_address
from capgen.validate.words import flow

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_PLAIN = re.compile(r"[ -~\n\t]*")
_BREAKS = re.compile(r"(?<=[./_:-])(?=\w)")


def visible(text: str) -> str:
    """Escape characters that a browser would act on, such as those that turn the direction of text; not line ends."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(each if each.isprintable() or each in "\n\t" else f"\\u{ord(each):04x}" for each in text)


def as_json(value: Any) -> Markup:
    """Write plain data as indented JSON, for the content of an element: quotes need no escape there."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return Markup(visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))  # noqa: S704 : escaped


def count(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun: `1 finding`, `3 findings`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def sentence(words: str) -> Markup:
    """Write a sentence with what stands in parentheses set apart: names of AWS, beside the plain words."""
    parts: list[Markup] = []
    end = 0
    for found in _PARENTHESES.finditer(words):
        parts += [escape(visible(words[end : found.start()])), Markup('<span class="term">('),
                  escape(visible(found[1])), Markup(")</span>")]  # fmt: skip
        end = found.end()
    return Markup("").join([*parts, escape(visible(words[end:]))])


def breakable(text: str) -> Markup:
    """Let a long address or path break at its dots and slashes, and nowhere else."""
    return Markup(_BREAKS.sub("<wbr>", str(escape(visible(text)))))  # noqa: S704 : escaped; no entity has such a place


FILTERS: Mapping[str, Callable[..., Any]] = {
    "as_json": as_json,
    "breakable": breakable,
    "count": count,
    "sentence": sentence,
    "web_address": web_address,
    "yaml": flow,
}
"""The names of the filters in templates."""
