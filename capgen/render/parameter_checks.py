"""Judge one parameter's value against its schema, and say what is wrong in capgen's words."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from capgen.diagnostics import Diagnostic, did_you_mean
from capgen.load import dotted
from capgen.model.day import DAY_ALLOWED, day, day_hint
from capgen.render.cidr import check_range
from capgen.render.declared import example_text
from capgen.render.given import Given
from capgen.render.time_limit import TooSlowError, at_most
from capgen.validate.conformance import conforms
from capgen.validate.expected import expected
from capgen.validate.forms import FORMS
from capgen.validate.strict import is_integer, is_one_of, matches
from capgen.validate.words import kind_named, shown

MAX_BYTES = 4096
"""Of a value, as in CloudFormation.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""

MAX_ITEMS = 1000
"""Of a list: far beyond what any field of a spec takes."""

_SECONDS = 2.0
"""For one value and a pattern of a user's own blueprint."""

_KINDS = {"string": str, "array": list, "boolean": bool}
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NOT_CHECKED = frozenset({"format", "writeOnly"})


def check_value(given: Given, value: Any, schema: Mapping[str, Any]) -> list[Diagnostic]:
    """Return what is wrong with the value of `given`, in the type that its schema declares."""
    patterns = {schema.get("pattern"), schema.get("items", {}).get("pattern")} - {None}
    if patterns <= FORMS.keys():  # capgen's own, none of which is slow
        return _check_all(given, value, schema)
    try:
        with at_most(_SECONDS):
            return _check_all(given, value, schema)
    except TooSlowError:
        hint = f"its pattern searches for more than {_SECONDS:g} seconds: write it without nested repetitions"
        return [_refusal(given, None, "slow", "cannot be judged", value, hint=hint)]


def _check_all(given: Given, value: Any, schema: Mapping[str, Any]) -> list[Diagnostic]:
    found = list(_check(given, value, schema, None))
    if isinstance(value, list) and not found:
        found = [each for i, item in enumerate(value) for each in _check(given, item, schema.get("items", {}), i)]
    checked = {keyword: argument for keyword, argument in schema.items() if keyword not in _NOT_CHECKED}
    if not found and not conforms(value, checked, {"$defs": {}}):
        allowed = expected(schema)
        found = [_refusal(given, None, "form", "does not have the right form", value, allowed=allowed, schema=schema)]
    return found


def _check(given: Given, value: Any, schema: Mapping[str, Any], item: int | None) -> Iterator[Diagnostic]:
    kind = schema.get("type", "string")
    if not (is_integer(value) if kind == "integer" else isinstance(value, _KINDS[kind])):
        yield _refusal(given, item, "type", "has the wrong type", value, allowed=kind_named(kind), schema=schema)
    elif isinstance(value, str):
        yield from _check_text(given, value, schema, item)
    elif isinstance(value, list):
        least = schema.get("minItems", 0)
        if len(value) < least:
            yield _refusal(
                given, item, "count", "names too few values", value, allowed=f"at least {least}", schema=schema
            )
        elif len(value) > (most := min(schema.get("maxItems", MAX_ITEMS), MAX_ITEMS)):
            yield _refusal(given, item, "count", "names too many values", value[:9], allowed=f"at most {most}")
        elif schema.get("uniqueItems") and (again := _repeated(value)) is not None:
            yield _refusal(given, again, "distinct", "stands in the list twice", value[again])


def _check_text(given: Given, value: str, schema: Mapping[str, Any], item: int | None) -> Iterator[Diagnostic]:
    choices, pattern, form = schema.get("enum"), schema.get("pattern"), schema.get("format")
    if problem := _unfit(value):
        yield _refusal(given, item, *problem, value)
    elif choices and not is_one_of(value, choices):
        allowed, hint = ", ".join(choices), did_you_mean(value, choices)
        yield _refusal(given, item, "choice", "is not one of the values allowed", value, allowed=allowed, hint=hint)
    elif pattern and not matches(pattern, value):
        words = FORMS.get(pattern, schema.get("description"))
        yield _refusal(given, item, "form", "does not have the right form", value, allowed=words, schema=schema)
    elif form == "ipv4-network":
        yield from check_range(given, value, schema)
    elif form == "date" and day(value) is None:
        hint = day_hint(value)
        yield _refusal(given, item, "day", "is no day of the calendar", value, allowed=DAY_ALLOWED, hint=hint)


def _unfit(text: str) -> tuple[str, str] | None:
    """Return rule and message for text that no message should repeat in full, before anything else looks at it."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return "length", f"is too long: {len(text)} characters, and a value has at most {MAX_BYTES} bytes"
    unseen = next((char for char in text if unicodedata.category(char) in _UNSEEN), None)
    return None if unseen is None else ("visible", f"has a character that cannot be seen: U+{ord(unseen):04X}")


def _repeated(items: list[Any]) -> int | None:
    return next((index for index, item in enumerate(items) if item in items[:index]), None)


def _refusal(
    given: Given,
    item: int | None,
    rule: str,
    message: str,
    value: Any,
    *,
    allowed: str | None = None,
    schema: Mapping[str, Any] | None = None,
    hint: str | None = None,
) -> Diagnostic:
    name = given.name if item is None else dotted((given.name, item))
    example = f"for example {example_text(schema)}" if schema and schema.get("examples") else None
    return Diagnostic(
        rule=f"parameter-{rule}",
        message=f"{name} {message}",
        location=given.place(item),
        path=name,
        value=shown(value),
        allowed=allowed,
        hint=hint or example,
    )
