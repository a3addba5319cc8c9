"""Values that are not shown, since they are secrets or look like one."""

import re
from typing import Any

from capgen.validate.secret_names import is_literal, names_a_secret
from capgen.validate.secret_text import assigns_a_secret, has_aws_secret_key, shape_of

SENSITIVE = "(sensitive value)"
"""What stands for a value that is not shown, as in Terraform."""

_NAMES = re.compile(r"[^.\[\]]+")


def masked(path: str = "", value: Any = SENSITIVE) -> Any:
    """Return a value with what may be a secret replaced; `path` is where it stands, and says what it is called."""
    if isinstance(value, dict):
        name = value.get("name") or value.get("Name") or ""
        return {key: masked(f"{path}[{name}].{key}" if key == "value" else f"{path}.{key}", item)
                for key, item in value.items()}  # fmt: skip
    if isinstance(value, list):
        return [masked(path, item) for item in value]
    *_, above, name = ("", "", *_NAMES.findall(path))
    called = above if name in ("value", "Value") else name
    if names_a_secret(called) and is_literal(value, called):
        return SENSITIVE
    if isinstance(value, str):
        looks_like_one = shape_of(value) or assigns_a_secret(value) or has_aws_secret_key(value, path)
        return SENSITIVE if looks_like_one else value
    return value
