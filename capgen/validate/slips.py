"""Hints for the slips that people make in YAML: a missing quote, a quote too many, a list where a section belongs."""

import re
from collections.abc import Mapping
from typing import Any

from capgen.diagnostics import did_you_mean
from capgen.validate.field import Field, declared_keys
from capgen.validate.strict import is_one_of, matches
from capgen.validate.violation import Violation
from capgen.validate.words import flow, quoted

_YES_OR_NO: Mapping[str, str] = {
    **dict.fromkeys(("true", "yes", "y", "on", "1"), "true"),
    **dict.fromkeys(("false", "no", "n", "off", "0"), "false"),
}


def type_hint(violation: Violation) -> str | None:
    """Say how to turn the value into the kind that the schema asks for, when a slip explains the difference."""
    hints = {"object": _section, "array": _list, "string": _text, "integer": _number, "boolean": _boolean}
    hint = hints.get(violation.argument) if isinstance(violation.argument, str) else None
    return hint(violation) if hint else None


def enum_hint(violation: Violation) -> str | None:
    """Say which of the allowed values was meant."""
    value, allowed = violation.value, violation.argument
    if isinstance(value, float) and value.is_integer() and is_one_of(int(value), allowed):
        return f"write {int(value)}"
    if not isinstance(value, str):
        return None
    unquoted = next((each for each in allowed if flow(each) == value.strip() and each != value), None)
    if unquoted is not None:
        return f"remove the quotes: {flow(unquoted)}" if not isinstance(unquoted, str) else f"write {flow(unquoted)}"
    same = next((each for each in allowed if str(each).lower() == value.strip().lower()), None)
    words = [each for each in allowed if isinstance(each, str)]
    begun = [each for each in words if value and each.startswith(value.lower())]
    if same or len(begun) == 1:
        return f'did you mean "{same or begun[0]}"?'
    return did_you_mean(value, words)


def form_hint(value: str, pattern: str) -> str | None:
    """Say which small change would give a text the form that a pattern asks for."""
    if not value.strip():
        return None
    changes = {
        "remove the line break at its end": value.rstrip("\n"),
        "remove the space around it": value.strip(),
        "write it in lower case": value.lower(),
        "write it in lower case, with hyphens": re.sub(r"[\s_]+", "-", value.strip().lower()),
        "remove the scheme before it": re.sub(r"^https?://", "", value),
        "add the / at its end": f"{value}/",
        "remove the / at its start": value.lstrip("/"),
        "remove the / at its end": value.rstrip("/"),
        "add the / at its start": f"/{value}",
        "add the prefix length": f"{value}/32",
    }
    for words, changed in changes.items():
        if changed != value and matches(pattern, changed) and not _merely_longer(value, changed, pattern):
            return f"{words}: {quoted(changed)}"
    return None


def _merely_longer(value: str, changed: str, pattern: str) -> bool:
    """Say whether a text only had to be longer: any letters do then, and what was added has no meaning."""
    added = "x" * (len(changed) - len(value))
    return bool(added) and (matches(pattern, added + value) or matches(pattern, value + added))


def _section(violation: Violation) -> str | None:
    value = violation.value
    if value is None:
        return "write {} where nothing stands under it"
    free = not declared_keys(violation.field)
    if isinstance(value, list) and free and all(isinstance(item, str) for item in value):
        if any("=" in item for item in value):
            return "write each item as a line of its own: key: value"
        return f"write each item as a key: {flow(value[0])}: {{}}" if value else "write {}"
    if isinstance(value, list):
        lists = [key for key, each in declared_keys(violation.field).items() if _is_list(each, violation)]
        return f"write the list under {lists[0]}:" if len(lists) == 1 else None
    meant = _key_for(violation, value)
    return f"write {{{meant}: {flow(value)}}}" if meant else None


def _is_list(declared: Field, violation: Violation) -> bool:
    return violation.schema.resolved(declared).get("type") == "array"


def _key_for(violation: Violation, value: Any) -> str | None:
    """Return the key of the section that the value fits and was meant for."""
    for key, declared in declared_keys(violation.field).items():
        field = violation.schema.resolved(declared)
        is_arn = isinstance(value, str) and value.startswith("arn:") and matches(field.get("pattern", "^$"), value)
        if is_arn or is_one_of(value, field.get("enum", [])):
            return key
    return None


def _list(violation: Violation) -> str | None:
    if violation.value is None:
        return "write [] for an empty list, or remove the key"
    if isinstance(violation.value, str):
        items = re.findall(r"[^\s,]+", violation.value)
        return f"write a list: {flow(items)}"
    if isinstance(violation.value, dict):
        return "start each item with a dash and a space"
    return None


def _text(violation: Violation) -> str | None:
    if violation.value is None:
        return 'write "" for an empty text, or remove the key'
    return f'write it in quotes: "{violation.source}"' if isinstance(violation.value, bool | int | float) else None


def _number(violation: Violation) -> str | None:
    value = violation.value
    if value is None:
        return "write a number, or remove the key"
    if isinstance(value, float) and value.is_integer():
        return f"write {int(value)}"
    return _digits(value, violation.source) if isinstance(value, str) else None


def _digits(text: str, source: str) -> str | None:
    digits = re.sub(r"[_, ]", "", text)
    if not re.fullmatch(r"[0-9]{1,15}", digits):
        unit = re.fullmatch(r"[0-9]+\s*[A-Za-z%]+", text.strip())
        return "write the number alone, in the unit of this field" if unit else None
    if digits != text:
        return f"write only digits: {int(digits)}"
    what = "quotes" if source[:1] in ("'", '"') else "leading zeros"
    return f"remove the {what}: {int(digits)}"


def _boolean(violation: Violation) -> str | None:
    value = violation.value
    if value is None:
        return "write true or false, or remove the key"
    meant = _YES_OR_NO.get(str(value).strip().lower()) if isinstance(value, str | int) else None
    if meant is None:
        return None
    if str(value) == meant:
        return f"remove the quotes: {meant}"
    return f"write {meant}: YAML 1.2 has no other word for it"
