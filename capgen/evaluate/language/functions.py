"""The Terraform functions that the evaluator computes. Any other call stays an expression.

https://developer.hashicorp.com/terraform/language/functions
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from itertools import chain
from typing import Any

from capgen.evaluate.language.value import EvaluationError, Value, is_whole, scalar_text, to_json_text


def as_set(values: Any) -> list[Any]:
    """Return a list without repeats; strings in the order in which Terraform walks a set."""
    unique = [value for index, value in enumerate(values) if value not in values[:index]]
    return sorted(unique) if all(isinstance(value, str) for value in unique) else unique


def _substr(text: str, offset: int, length: int) -> str:
    start = offset if offset >= 0 else len(text) + offset
    return text[start:] if length < 0 else text[start : start + length]


def _one(values: list[Any]) -> Any:
    if len(values) > 1:
        raise EvaluationError("one() takes a list with at most one element")
    return values[0] if values else None


def _element(values: list[Any], index: int) -> Any:
    return values[index % len(values)]


def _lookup(mapping: dict[str, Any], key: str, *default: Any) -> Any:
    return mapping[key] if key in mapping or not default else default[0]


def _coalesce(*values: Value) -> Value:
    for value in values:
        if not is_whole(value):
            raise EvaluationError("coalesce() of an unknown value")
        if value not in (None, ""):
            return value
    raise EvaluationError("coalesce() found no value")


def _format(pattern: str, *values: Any) -> str:
    remaining = list(values)

    def verb(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        value = remaining.pop(0)
        if match[2] in "sv" and not isinstance(value, list | dict):
            value = scalar_text(value)
        elif match[2] in "vq":
            value = json.dumps(value)
        return str(("%" + match[1] + {"v": "s", "q": "s"}.get(match[2], match[2])) % value)

    return re.sub(r"%%|%([-+0 #]*\d*(?:\.\d+)?)([svdfqxXobeEgGt])", verb, pattern)


def _replace(text: str, old: str, new: str) -> str:
    if len(old) > 1 and old[0] == old[-1] == "/":
        raise EvaluationError("replace() with a regular expression is not evaluated")
    return text.replace(old, new)


def _number(value: Any) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number


#: Functions whose arguments must be known themselves, but whose lists and maps may hold unknown elements.
STRUCTURAL: dict[str, Callable[..., Any]] = {
    "concat": lambda *lists: list(chain(*lists)),
    "element": _element,
    "flatten": lambda values: [leaf for value in values for leaf in (value if isinstance(value, list) else [value])],
    "keys": sorted,
    "length": len,
    "lookup": _lookup,
    "merge": lambda *maps: {key: value for mapping in maps if mapping for key, value in mapping.items()},
    "one": _one,
    "reverse": lambda values: values[::-1],
    "slice": lambda values, start, end: values[start:end],
    "tolist": list,
    "tomap": dict,
    "values": lambda mapping: [mapping[key] for key in sorted(mapping)],
    "zipmap": lambda keys, values: dict(zip(keys, values, strict=True)),
}

#: Functions whose arguments must be known down to the last element.
SCALAR: dict[str, Callable[..., Any]] = {
    "abs": abs,
    "base64encode": lambda text: base64.b64encode(text.encode()).decode(),
    "ceil": lambda number: -int(-number // 1),
    "compact": lambda values: [value for value in values if value not in (None, "")],
    "contains": lambda values, value: value in values,
    "distinct": lambda values: list(dict.fromkeys(values)),
    "endswith": str.endswith,
    "floor": lambda number: int(number // 1),
    "format": _format,
    "join": lambda separator, values: separator.join(map(scalar_text, values)),
    "jsondecode": json.loads,
    "lower": str.lower,
    "max": max,
    "md5": lambda text: hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
    "min": min,
    "range": lambda *bounds: list(range(*bounds)),
    "replace": _replace,
    "setsubtract": lambda one, other: as_set([value for value in one if value not in other]),
    "setunion": lambda *sets: as_set(list(chain(*sets))),
    "sha1": lambda text: hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(),
    "sha256": lambda text: hashlib.sha256(text.encode()).hexdigest(),
    "sort": sorted,
    "split": lambda separator, text: text.split(separator),
    "startswith": str.startswith,
    "substr": _substr,
    "title": lambda text: re.sub(r"\b[a-z]", lambda match: match[0].upper(), text),
    "tobool": lambda value: {"true": True, "false": False}[value] if isinstance(value, str) else value,
    "tonumber": _number,
    "toset": as_set,
    "tostring": lambda value: None if value is None else scalar_text(value),
    "trimprefix": str.removeprefix,
    "trimspace": str.strip,
    "trimsuffix": str.removesuffix,
    "upper": str.upper,
}

#: Functions that work on what is unknown, too.
TOTAL: dict[str, Callable[..., Any]] = {
    "coalesce": _coalesce,
    "jsonencode": to_json_text,
    "nonsensitive": lambda value: value,
    "sensitive": lambda value: value,
}
