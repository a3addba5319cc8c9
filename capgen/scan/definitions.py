"""Write a flattened root as checkov's own HCL parser would have returned it.

In that form every value stands in a list of one, a repeated block is a list of blocks, and the members of a map are
bare. Terraform JSON writes a block and a map alike, so the provider's schema says which is which.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from capgen.evaluate.flatten import Flattened
from capgen.resources import schemas_dir

#: The file that a flattened root is said to stand in.
FLATTENED = "/flattened.tf"

Definitions = dict[str, list[dict[str, Any]]]
Schema = Mapping[str, Any]

_START, _END = "__start_line__", "__end_line__"
_MAPS = frozenset({"tags", "tags_all", "variables"})

#: Arguments that are JSON text. checkov's own evaluator would have turned them into objects, and checks expect that.
JSON_ARGUMENTS = frozenset(
    {"policy", "assume_role_policy", "container_definitions", "redrive_policy", "access_policies"}
)


class UnreadableJsonError(Exception):
    """An argument that is JSON text is not JSON."""


def to_definitions(flattened: Flattened) -> Definitions:
    """Return the blocks of a flattened root by type."""
    return {
        "resource": [_typed("resource", *block) for block in flattened.resources.items()],
        "data": [_typed("data", *block) for block in flattened.data.items()],
        "provider": [{name: _block(body, _schema("provider", name))} for name, body in flattened.providers],
    }


def _typed(kind: str, key: tuple[str, str], body: Mapping[str, Any]) -> dict[str, Any]:
    type, name = key
    try:
        return {type: {name: _block(body, _schema(kind, type))}}
    except UnreadableJsonError as error:
        raise UnreadableJsonError(f"{type}.{name}: {error}") from None


def _block(body: Mapping[str, Any], schema: Schema | None) -> dict[str, Any]:
    return {**_members(body, schema), _START: 1, _END: 1}


def _members(body: Mapping[str, Any], schema: Schema | None) -> dict[str, Any]:
    return {name: _member(name, body[name], schema) for name in sorted(body)}


def _member(name: str, value: Any, schema: Schema | None) -> list[Any]:
    if not _is_block(name, value, schema):
        return [_decoded(name, value) if name in JSON_ARGUMENTS else _plain(value)]
    nested = schema and schema.get("block_types", {}).get(name, {}).get("block")
    blocks = value if isinstance(value, list) else [value]
    return [_members(block, nested) if isinstance(block, Mapping) else block for block in blocks]


def _decoded(name: str, value: Any) -> Any:
    """Decode JSON text. A policy that cannot be read would be passed over in silence."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise UnreadableJsonError(f"the JSON text of {name} cannot be read: {error}") from None


def _is_block(name: str, value: Any, schema: Schema | None) -> bool:
    """Say whether a member is a nested block. Of a type that the extract does not cover, every object is one."""
    if schema is not None and name != "lifecycle":
        return name in schema.get("block_types", {})
    blocks = value if isinstance(value, list) else [value]
    return bool(blocks) and name not in _MAPS and all(isinstance(block, Mapping) for block in blocks)


def _plain(value: Any) -> Any:
    """Copy a value; `true` in a string is a boolean to checkov, and lists of strings are sorted, as its parser does."""
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        items = [_plain(item) for item in value]
        return [*(item for item in items if not isinstance(item, str)), *sorted(i for i in items if isinstance(i, str))]
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _schema(kind: str, type: str) -> Schema | None:
    extract = _extract()
    found: Schema | None = extract["provider_config"] if (kind, type) == ("provider", "aws") else None
    return found or extract.get(kind, {}).get(type)


@cache
def _extract() -> Mapping[str, Any]:
    file = max((schemas_dir() / "provider").glob("aws-*.json"))
    extract: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return extract
