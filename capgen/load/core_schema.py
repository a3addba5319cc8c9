"""PyYAML with the scalars of YAML 1.2."""

import re
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CoreSchemaLoader(_Base):  # type: ignore[misc]  # the base is chosen when it runs: libyaml where PyYAML has it
    """Resolve plain scalars as YAML 1.2 does, so that `22:30`, `014`, `no` and `2026-01-31` stay what they look like.

    https://yaml.org/spec/1.2.2/#103-core-schema
    """

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's own protocol: a class attribute to replace


_PLAIN_SCALARS = {
    "null": (r"~|null|Null|NULL|", "~nN"),
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?(0|[1-9][0-9]*)|0x[0-9a-fA-F]+|0o[0-7]+", "-+0123456789"),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+", "-+.0123456789"),
}
for _name, (_pattern, _first) in _PLAIN_SCALARS.items():
    CoreSchemaLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(rf"^(?:{_pattern})$"), [*_first, *([""] if _name == "null" else [])]
    )
