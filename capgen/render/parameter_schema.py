"""What the schema of parameters.schema.json cannot say about it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from capgen.diagnostics import Diagnostic, did_you_mean
from capgen.load import Document, SpecPath, dotted
from capgen.render.given import Given
from capgen.render.parameter_checks import check_value
from capgen.validate.words import shown

_WORDS_OF_TEMPLATES = frozenset(
    {"and", "else", "elif", "endfor", "endif", "false", "False", "for", "if", "in", "is", "loop", "none", "None", "not",
     "or", "recursive", "self", "true", "True", "varargs", "kwargs", "caller"}
)  # fmt: skip
"""Names that a template could not use: https://jinja.palletsprojects.com/en/stable/templates/"""

_ONLY_FOR = {
    "pattern": "string", "format": "string", "enum": "string", "minLength": "string", "maxLength": "string",
    "minimum": "integer", "maximum": "integer", "minItems": "array", "maxItems": "array", "uniqueItems": "array",
    "items": "array",
}  # fmt: skip


def check_parameter_schema(document: Document) -> list[Diagnostic]:
    """Return what is wrong with a schema of parameters that has the right form: each at its line."""
    schema = document.data
    found = list(_unknown_required(document, schema))
    for name, parameter in schema["properties"].items():
        problems = [*_keywords(document, name, parameter), *_patterns(document, name, parameter)]
        found += [*problems, *_obligation(document, schema, name, parameter)]
        if not problems:
            found += _values(document, name, parameter)
    return found


def _unknown_required(document: Document, schema: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for index, name in enumerate(schema.get("required", [])):
        if name not in schema["properties"]:
            hint = did_you_mean(name, schema["properties"])
            path = ("required", index)
            yield _problem(document, path, "required", "names no parameter", value=shown(name), hint=hint)


def _obligation(
    document: Document, schema: Mapping[str, Any], name: str, parameter: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    """Hold a parameter to one of three ways to its value, so that a template never lacks one."""
    path = ("properties", name)
    ways = {
        "is in required": name in schema.get("required", []),
        "has a default": "default" in parameter,
        "is a secret (writeOnly)": bool(parameter.get("writeOnly")),
    }
    true = [way for way, holds in ways.items() if holds]
    if len(true) != 1:
        message = f"both {' and '.join(true)}" if true else "is neither required nor a secret, and has no default"
        hint = "choose one: in required, a default, or writeOnly"
        yield _problem(document, path, "value", message, hint=hint)
    if "examples" not in parameter and not parameter.get("writeOnly"):
        hint = "give one: it is shown to whoever leaves the parameter out"
        yield _problem(document, path, "example", "has no examples", hint=hint)
    if name in _WORDS_OF_TEMPLATES:
        yield _problem(document, path, "word", "is a word of the template language", hint="choose another name")


def _keywords(document: Document, name: str, parameter: Mapping[str, Any]) -> Iterator[Diagnostic]:
    kind = parameter["type"]
    for keyword, of in _ONLY_FOR.items():
        if keyword in parameter and of != kind:
            message = f"says nothing about the type {kind}"
            yield _problem(document, ("properties", name, keyword), "keyword", message, allowed=f"with the type {of}")
    if kind == "array" and "items" not in parameter:
        hint = 'for example "items": {"type": "string"}'
        yield _problem(document, ("properties", name), "items", "does not say what its items are", hint=hint)


def _patterns(document: Document, name: str, parameter: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for path in (("properties", name, "pattern"), ("properties", name, "items", "pattern")):
        pattern = parameter.get("items", {}).get("pattern") if "items" in path else parameter.get("pattern")
        if pattern is None:
            continue
        problem = _wrong_pattern(pattern)
        if problem:
            yield _problem(document, path, "pattern", problem, value=shown(pattern))


def _wrong_pattern(pattern: str) -> str | None:
    if not (pattern.startswith("^") and pattern.endswith("$")):
        return "has to begin with ^ and end with $, or it would match a part of a value"
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is no regular expression: {error}"
    return None


def _values(document: Document, name: str, parameter: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Judge the default and the examples of a parameter as values that a user gives are judged."""
    places: list[SpecPath] = [("properties", name, "default")] if "default" in parameter else []
    places += [("properties", name, "examples", index) for index in range(len(parameter.get("examples", [])))]
    for path in places:
        value = parameter["examples"][int(path[-1])] if path[-1] != "default" else parameter["default"]
        items = tuple(document.value_at((*path, item)) for item in range(len(value) if isinstance(value, list) else 0))
        given = Given(name=dotted(path), value=value, source="file", location=document.value_at(path), items=items)
        yield from check_value(given, value, parameter)


def _problem(
    document: Document, path: SpecPath, rule: str, message: str, *,
    value: str | None = None, allowed: str | None = None, hint: str | None = None,
) -> Diagnostic:  # fmt: skip
    place = document.value_at(path) if value else document.key_at(path)
    return Diagnostic(rule=f"blueprint-parameter-{rule}", message=f"{dotted(path[1:]) or path[0]} {message}",
                      location=place, path=dotted(path), value=value, allowed=allowed, hint=hint)  # fmt: skip
