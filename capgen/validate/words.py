"""How values of a spec are written in a message: short, on one line, as YAML."""

import json
import re
from typing import Any

SHORT = 60
"""Characters of a value that a message repeats."""

_PLAIN = re.compile(
    r"[A-Za-z/][A-Za-z0-9_./:@+=-]*[A-Za-z0-9_/]|[A-Za-z/]|[0-9]+(\.[0-9]+){3}/[0-9]+|[0-9]{3}-[0-9]{3}"
)
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def kind_of(value: Any) -> str:
    """Say what kind of value stands in the spec."""
    if isinstance(value, bool):
        return "true" if value else "false"
    kinds = {dict: "a section", list: "a list", str: "text", int: "a number", float: "a number with decimals"}
    return kinds.get(type(value), "nothing")


def kind_named(name: str | list[str]) -> str:
    """Say which kind of value JSON Schema's `type` asks for, or which kinds."""
    if not isinstance(name, str):
        return " or ".join(kind_named(each) for each in name)
    kinds = {"object": "a section", "array": "a list", "string": "text", "integer": "a whole number"}
    return kinds.get(name, "true or false")


def flow(value: Any) -> str:
    """Write a value as YAML on one line, ready to be copied into a spec."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT:
        return value
    return quoted(value)


def quoted(value: Any) -> str:
    """Write a scalar as JSON: text in quotes, with every character that does not print as an escape."""
    return printable(json.dumps(value, ensure_ascii=False))


def shown(value: Any) -> str:
    """Write a value that was found in a spec, shortened."""
    return shorten(quoted(value) if isinstance(value, str) else flow(value))


def shorten(text: str, most: int = SHORT) -> str:
    """Cut a long text and say so."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def printable(text: str) -> str:
    """Escape what a terminal would act on instead of showing, such as control and direction characters."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)
