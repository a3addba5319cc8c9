"""A violation of the schema in words: what is wrong, where, the value found, the values allowed, what to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from capgen.diagnostics import Diagnostic
from capgen.load import dotted
from capgen.validate.expected import expected, form, length, sentence, with_example
from capgen.validate.keys import known_keys, unknown_key_hint
from capgen.validate.slips import enum_hint, form_hint, type_hint
from capgen.validate.violation import Violation, name_of
from capgen.validate.words import kind_named, kind_of, quoted, shorten, shown

_LONGEST_HINT = 300


@dataclass(frozen=True, kw_only=True)
class _Wording:
    message: str
    value: str | None = None
    allowed: str | None = None
    hint: str | None = None


def translate(violation: Violation) -> Diagnostic:
    """Word a violation. A value that may be a secret is not repeated."""
    rule, word = _TRANSLATORS.get(violation.keyword, ("schema-value", _other))
    wording = word(violation)
    return Diagnostic(
        rule=rule,
        message=wording.message,
        location=violation.location,
        path=dotted(violation.path) or None,
        value=None if _quiet(violation) else wording.value,
        allowed=wording.allowed,
        hint=shorten(wording.hint, _LONGEST_HINT) if wording.hint else None,
        sensitive=violation.private,
    )


def _quiet(violation: Violation) -> bool:
    """Say whether the value is not to be repeated."""
    return violation.private or violation.around_secret


def _unknown_key(violation: Violation) -> _Wording:
    return _Wording(
        message=f"unknown key {shown(violation.path[-1])}",
        allowed=known_keys(violation),
        hint=unknown_key_hint(violation),
    )


def _missing_key(violation: Violation) -> _Wording:
    parent = violation.path[:-1]
    where = f" in {shorten(name_of(parent))}" if parent else ""
    return _Wording(
        message=f"{quoted(violation.path[-1])} is missing{where}",
        allowed=with_example(sentence(violation.field), violation.field),
    )


def _key_form(violation: Violation) -> _Wording:
    pattern, key = str(violation.argument), str(violation.value)
    return _Wording(
        message=f"{_name(violation, up=1)} cannot have the key {shown(key)}",
        allowed=with_example(form(pattern, {}), violation.schema.at(violation.path[:-1])),
        hint=form_hint(key, pattern),
    )


def _type(violation: Violation) -> _Wording:
    value = violation.value
    hint = None if _quiet(violation) else type_hint(violation)
    return _Wording(
        message=f"expected {kind_named(violation.argument)}, found {kind_of(value)}",
        value=None if value is None or isinstance(value, dict | list) else _found(violation),
        allowed=expected(violation.field),
        hint=hint,
    )


def _choice(violation: Violation) -> _Wording:
    if violation.value is None:
        message = f"{_name(violation)} has no value"
        return _Wording(message=message, allowed=expected(violation.field), hint="choose one, or remove the key")
    return _Wording(
        message=_can_not_be(violation),
        value=_found(violation),
        allowed=expected(violation.field),
        hint=enum_hint(violation) if isinstance(violation.argument, list) else None,
    )


def _form(violation: Violation) -> _Wording:
    return _Wording(
        message=_can_not_be(violation),
        value=_found(violation),
        allowed=expected(violation.field),
        hint=None if _quiet(violation) else form_hint(violation.value, violation.argument),
    )


def _bound(excess: str) -> Callable[[Violation], _Wording]:
    def word(violation: Violation) -> _Wording:
        return _Wording(
            message=f"{_name(violation)} is too {excess}: {_found(violation)}",
            value=_found(violation),
            allowed=expected(violation.field),
        )

    return word


def _count(few_or_many: str, unit: str, of: str) -> Callable[[Violation], _Wording]:
    def word(violation: Violation) -> _Wording:
        allowed = length(violation.field, unit, f"min{of}", f"max{of}")
        count = len(violation.value)
        excess = f"has too {few_or_many} {unit}: {count}" if count else "is empty"
        return _Wording(message=f"{_name(violation)} {excess}", allowed=with_example(allowed, violation.field))

    return word


def _repetition(violation: Violation) -> _Wording:
    first = (*violation.path[:-1], violation.argument)
    place = violation.document.value_at(first)
    where = "" if place.file == violation.location.file else f" of {place.file}"
    return _Wording(
        message=f"{_name(violation)} repeats {name_of(first)}",
        value=shown(violation.value),
        hint=f"remove it: the first stands in line {place.line}{where}",
    )


def _other(violation: Violation) -> _Wording:
    return _Wording(message=f"{_name(violation)} is not what the schema allows", allowed=expected(violation.field))


def _can_not_be(violation: Violation) -> str:
    if violation.private:
        return f"the value of {_name(violation)} is not allowed"
    return f"{_name(violation)} cannot be {_found(violation)}"


def _name(violation: Violation, up: int = 0) -> str:
    return shorten(name_of(violation.path[: len(violation.path) - up]))


def _found(violation: Violation) -> str:
    """Return the value as a message repeats it: a number as it is written in the file."""
    if violation.private:
        return "not shown"
    if isinstance(violation.value, int | float) and not isinstance(violation.value, bool):
        return shorten(violation.source)
    return shown(violation.value) if not isinstance(violation.value, dict | list) else kind_of(violation.value)


_TRANSLATORS: Mapping[str, tuple[str, Callable[[Violation], _Wording]]] = {
    "additionalProperties": ("schema-unknown-key", _unknown_key),
    "required": ("schema-required", _missing_key),
    "propertyNames": ("schema-key-name", _key_form),
    "type": ("schema-type", _type),
    "enum": ("schema-enum", _choice),
    "const": ("schema-const", _choice),
    "pattern": ("schema-pattern", _form),
    "minimum": ("schema-minimum", _bound("small")),
    "maximum": ("schema-maximum", _bound("large")),
    "minLength": ("schema-min-length", _count("few", "characters", "Length")),
    "maxLength": ("schema-max-length", _count("many", "characters", "Length")),
    "minItems": ("schema-min-items", _count("few", "items", "Items")),
    "maxItems": ("schema-max-items", _count("many", "items", "Items")),
    "minProperties": ("schema-min-properties", _count("few", "entries", "Properties")),
    "maxProperties": ("schema-max-properties", _count("many", "entries", "Properties")),
    "uniqueItems": ("schema-unique-items", _repetition),
}
