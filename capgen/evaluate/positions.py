"""Read JSON with the line of every key that a finding can point at."""

import json
import re
from bisect import bisect_right
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]')

#: How deep keys are noted: `resource`, type, label, attribute.
_DEPTH = 4

KeyPath = tuple[str, ...]


@lru_cache(maxsize=128)  # the regions of a fleet call the same modules, a file of which is read for each of them
def read_json(text: str) -> tuple[Any, dict[KeyPath, int]]:
    """Parse JSON text. Returns the value and the line, from 1, of each key down to the fourth level; change neither.

    Raises ValueError when the text is not JSON, or when an object has the same key twice: the standard parser would
    drop the first one, and Terraform refuses both.
    """
    document = json.loads(text, object_pairs_hook=_object_without_repeats)
    return document, _lines(text)


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        repeated = next(key for index, (key, _) in enumerate(pairs) if key in dict(pairs[:index]))
        raise ValueError(f'the key "{repeated}" stands twice in one object')
    return members


def _lines(text: str) -> dict[KeyPath, int]:
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
    lines: dict[KeyPath, int] = {}
    path: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in ("{", "["):
            depth += 1
        elif mark in ("}", "]"):
            depth -= 1
        elif token[2] is not None and depth <= _DEPTH:
            key = token[1] if "\\" not in token[1] else json.loads(f'"{token[1]}"')
            path[depth - 1 :] = [key]
            lines.setdefault(tuple(path), bisect_right(line_starts, token.start()))
    return lines
