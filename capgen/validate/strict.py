"""Where capgen reads JSON Schema more strictly than Python's comparisons and regular expressions would."""

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any


def is_integer(value: Any) -> bool:
    """Say whether a value is a whole number, written as one: `2048.0` would reach Terraform as `2048.0`."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_one_of(value: Any, allowed: Sequence[Any]) -> bool:
    """Say whether a value is in `allowed`, in value and in kind: `1024.0` is not 1024, and `true` is not 1."""
    return any(type(value) is type(each) and value == each for each in allowed)


def repeated(items: Sequence[Any]) -> dict[int, int]:
    """Return the index of each item that stands earlier in the list as well, and where it does first."""
    firsts: dict[str, int] = {}
    found = {}
    for index, item in enumerate(items):
        first = firsts.setdefault(json.dumps(item, sort_keys=True), index)
        if first < index:
            found[index] = first
    return found


def matches(pattern: str, text: str) -> bool:
    r"""Say whether a text matches. A `$` at the end means the end, as in JSON Schema: Python's allows a line break."""
    return _compiled(pattern).search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))
