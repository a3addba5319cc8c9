"""A parameter's value in the type that its schema declares, and back as text."""

import re
from collections.abc import Mapping
from typing import Any


def as_declared(value: Any, schema: Mapping[str, Any]) -> Any:
    """Turn text into what the schema declares: `a,b` into a list, `3` into a number. The rest stays as it is.

    Commas or semicolons part the items of a list; where there are none, spaces and line breaks do.
    """
    kind = schema.get("type")
    if not isinstance(value, str):
        return value
    if kind == "array":
        return [part.strip() for part in re.split("[,;]", value)] if re.search("[,;]", value) else value.split()
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    if kind == "integer" and re.fullmatch(r"-?[0-9]{1,18}", value):
        return int(value)
    return value


def example_text(schema: Mapping[str, Any]) -> str:
    """Return the first example of a schema as `--set` takes it."""
    example = schema["examples"][0]
    return ",".join(example) if isinstance(example, list) else str(example)
