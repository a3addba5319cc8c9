"""What an expression evaluates to: plain data, or data that waits for Terraform to know the rest."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from capgen.terraform.expression import literal


class EvaluationError(Exception):
    """The expression cannot be evaluated: Terraform would refuse it, or the evaluator does not know it."""


@dataclass(frozen=True)
class Unknown:
    """A value that only Terraform will know, as the text of an expression."""

    text: str


@dataclass(frozen=True)
class Template:
    """A string of which some parts are unknown. The literal parts are unescaped."""

    parts: tuple[str | Unknown, ...]


@dataclass(frozen=True)
class Namespace:
    """Names that are looked up when they are asked for: `var`, `local`, `module`, a resource type."""

    lookup: Callable[[str], "Value"]


Value = bool | int | float | str | Unknown | Template | Namespace | list[Any] | dict[str, Any] | None


def is_whole(value: Value) -> bool:
    """Say whether the value itself is known; the elements of a list or map may still be unknown."""
    return not isinstance(value, Unknown | Template | Namespace)


def is_known(value: Value) -> bool:
    """Say whether nothing in the value is unknown."""
    if isinstance(value, list):
        return all(map(is_known, value))
    if isinstance(value, dict):
        return all(map(is_known, value.values()))
    return is_whole(value)


def join(parts: list[Value]) -> Value:
    """Join the parts of a template. A single expression keeps its type, as in Terraform."""
    if len(parts) == 1:
        return parts[0]  # also a list or a map
    pieces: list[str | Unknown] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Template) else (_piece(part),):
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    if any(isinstance(piece, Unknown) for piece in pieces):
        return Template(tuple(pieces))
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _piece(value: Value) -> str | Unknown:
    if isinstance(value, Unknown):
        return value
    if value is None or isinstance(value, list | dict | Template | Namespace):
        raise EvaluationError("a list, a map or null cannot stand inside a string")
    return scalar_text(value)


def scalar_text(value: bool | float | str) -> str:
    """Convert a scalar to a string as Terraform does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def to_json_text(value: Value) -> Value:
    """Encode as `jsonencode` does. What is unknown becomes a string that holds an expression: the text stays JSON."""
    return join(["", *_json_parts(value)])


def _json_parts(value: Value) -> list[Value]:
    if isinstance(value, Unknown):
        return ['"', value, '"']
    if isinstance(value, Template):
        inner = (part if isinstance(part, Unknown) else _dumps(part)[1:-1] for part in value.parts)
        return ['"', *inner, '"']
    if isinstance(value, dict):
        parts: list[Value] = ["{"]
        for position, key in enumerate(sorted(value)):
            parts += ["," if position else "", _dumps(key), ":", *_json_parts(value[key])]
        return [*parts, "}"]
    if isinstance(value, list):
        parts = ["["]
        for position, item in enumerate(value):
            parts += ["," if position else "", *_json_parts(item)]
        return [*parts, "]"]
    return [_dumps(value)]


def _dumps(value: Value) -> str:
    if isinstance(value, Namespace):
        raise EvaluationError("a whole block cannot be encoded as JSON")
    return json.dumps(value, ensure_ascii=False)


def to_source(value: Value) -> str:
    """Write a value as part of an expression that stays unknown.

    Strings get single quotes: the text is only read for its references, and must not end the JSON string it stands in.
    """
    match value:
        case Unknown():
            source = value.text
        case Template():
            parts = (f"${{{part.text}}}" if isinstance(part, Unknown) else _unquoted(part) for part in value.parts)
            source = f"'{''.join(parts)}'"
        case str():
            source = f"'{_unquoted(value)}'"
        case list():
            source = f"[{', '.join(map(to_source, value))}]"
        case dict():
            source = "{" + ", ".join(f"{key} = {to_source(item)}" for key, item in value.items()) + "}"
        case None | Namespace():
            source = "null"
        case _:
            source = scalar_text(value)
    return source


def _unquoted(text: str) -> str:
    return literal(text).translate({ord(character): None for character in "\"'\\\n\r\t"})


def to_document(value: Value) -> Any:
    """Write a value as Terraform JSON: text is escaped, unknown parts become `${...}`, members that are null vanish."""
    match value:
        case str():
            return literal(value)
        case Unknown():
            return "${" + value.text + "}"
        case Template():
            return "".join(literal(part) if isinstance(part, str) else f"${{{part.text}}}" for part in value.parts)
        case list():
            return [to_document(item) for item in value]
        case dict():
            return {literal(key): to_document(item) for key, item in value.items() if item is not None}
        case _:
            assert not isinstance(value, Namespace)
            return value
