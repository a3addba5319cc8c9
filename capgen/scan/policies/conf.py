"""Read a resource as checkov holds it: every value in a list of one, a repeated block a list of blocks.

checkov's own HCL parser writes a reference bare (`aws_lb.this.arn`), the flattened root as Terraform JSON does
(`${aws_lb.this.arn}`). Policies know the second form alone.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from capgen.scan.definitions import JSON_ARGUMENTS

_MARK = "__"
_REFERENCE = re.compile(
    r"""(?<![\w.${-])(?:(?:var|local|module|data|each|count|self|path|ephemeral)\.[a-z_]|aws_\w+\.[a-z_])\w*"""
    r"""(?:\.\w+|\[[^\]]*\])*""",
    re.IGNORECASE,
)
_CALL = re.compile(r"[a-z]\w*\(.*\)", re.DOTALL)


def plain(conf: Mapping[str, Any], *, bare: bool) -> dict[str, Any]:
    """Return a resource or a nested block as Terraform JSON has it, blocks in lists, JSON text decoded.

    `bare` says that references are written without `${}`. A block and a map look alike: what holds nothing but lists
    is a block, as no map of the resources that policies know is of lists.
    """
    return {name: _argument(name, conf[name], bare=bare) for name in conf if not name.startswith(_MARK)}


def _argument(name: str, value: Any, *, bare: bool) -> Any:
    if not isinstance(value, list):
        return _value(value, bare=bare)
    if name in JSON_ARGUMENTS and len(value) == 1:
        return _value(_decoded(value[0]), bare=bare)
    if value and all(_is_block(item) for item in value):
        return [plain(item, bare=bare) for item in value]
    return _value(value[0] if len(value) == 1 else value, bare=bare)


def _is_block(item: Any) -> bool:
    return isinstance(item, Mapping) and all(
        isinstance(value, list) for name, value in item.items() if not name.startswith(_MARK)
    )


def _decoded(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        try:
            return json.loads(value)
        except ValueError:
            return "${jsonencode()}"  # text with expressions in places where JSON has none: only Terraform reads it
    return value


def _value(value: Any, *, bare: bool) -> Any:
    if isinstance(value, Mapping):
        return {key: _value(item, bare=bare) for key, item in value.items() if not str(key).startswith(_MARK)}
    if isinstance(value, list):
        return [_value(item, bare=bare) for item in value]
    return _wrapped(value) if bare and isinstance(value, str) else value


def _wrapped(text: str) -> str:
    """Put `${}` around the references of a text that has none."""
    if "${" in text:
        return text
    return f"${{{text}}}" if _CALL.fullmatch(text) else _REFERENCE.sub(lambda match: f"${{{match[0]}}}", text)
