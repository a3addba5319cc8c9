"""Change a value in a tree."""

import json
from pathlib import Path
from typing import Any


def edit_json(file: Path, path: str, value: Any) -> None:
    """Set the value at a path such as `module/network/name`, and write the file as capgen does."""
    document = json.loads(file.read_text(encoding="utf-8"))
    *parents, last = path.split("/")
    node = document
    for key in parents:
        node = node[int(key) if isinstance(node, list) else key]
    node[last] = value
    file.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def line_of(file: Path, *texts: str) -> int:
    """Return the number of the first line with the last text, after the lines with the others."""
    number, lines = 0, file.read_text(encoding="utf-8").splitlines()
    for text in texts:
        number = next(index for index, line in enumerate(lines, 1) if index > number and text in line)
    return number
