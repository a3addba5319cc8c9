"""Read the YAML and JSON files of a folder of checks with checkov's own parser.

https://www.checkov.io/3.Custom%20Policies/YAML%20Custom%20Policies.html
"""

import json
from pathlib import Path
from typing import Any

import yaml

from capgen.diagnostics import Diagnostic
from capgen.scan.user_policies.error import problem

_HINT = "a policy has metadata with id, name and category, and a definition"


def read_graph_check(file: Path, registry: Any) -> Any | Diagnostic:
    """Return the graph check that a file holds, or what is wrong with it. `registry` is checkov's for graph checks."""
    try:
        raw = json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8"))))  # JSON is YAML
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return _refused(file, f"cannot be read: {error.problem or error}", line, column)
    except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
        return _refused(file, f"cannot be read: {error}")
    missing = _missing(raw)
    if missing:
        return _refused(file, f"is no policy: {missing}")
    try:
        check = registry.parser.parse_raw_check(raw, resources_types=registry._get_resource_types(raw),  # noqa: SLF001
                                                check_path=str(file))  # fmt: skip
    except Exception as error:  # noqa: BLE001 - checkov's parser raises whatever a strange definition leads to
        return _refused(file, f"has a definition that checkov cannot read: {error or type(error).__name__}")
    check.severity = raw["metadata"].get("severity")
    return check


def _missing(raw: Any) -> str | None:
    if not isinstance(raw, dict):
        return "it holds no map"
    metadata = raw.get("metadata")
    if not isinstance(metadata, dict):
        return "it has no metadata"
    names = [name for name in ("id", "name", "category") if not isinstance(metadata.get(name), str)]
    if names:
        return f"its metadata has no {' and no '.join(names)}"
    return None if isinstance(raw.get("definition"), dict | list) and raw["definition"] else "it has no definition"


def _refused(file: Path, what: str, line: int = 1, column: int = 1) -> Diagnostic:
    return problem("policies-yaml", f"{file.name} {what}", str(file), line, column, hint=_HINT)
