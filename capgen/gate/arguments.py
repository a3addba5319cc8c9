"""Which attributes of a resource are its arguments, and which only show what AWS or other resources made of it."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from capgen.evaluate.language import Unknown, Value
from capgen.resources import schemas_dir, table

#: Attributes that can be set, and that otherwise show what other resources set.
VIEWS: Mapping[str, frozenset[str]] = {
    "aws_default_security_group": frozenset({"egress", "ingress"}),
    "aws_efs_file_system": frozenset({"protection"}),
    "aws_iam_role": frozenset({"inline_policy", "managed_policy_arns"}),
    "aws_network_acl": frozenset({"egress", "ingress"}),
    "aws_route_table": frozenset({"route"}),
    "aws_s3_bucket": frozenset({
        "acceleration_status", "acl", "cors_rule", "grant", "lifecycle_rule", "logging", "object_lock_configuration",
        "policy", "replication_configuration", "request_payer", "server_side_encryption_configuration", "versioning",
        "website",
    }),
    "aws_secretsmanager_secret": frozenset({"policy", "replica"}),
    "aws_security_group": frozenset({"egress", "ingress"}),
}  # fmt: skip

#: Arguments that hold a document of JSON: checks and permissions read what is in them.
DOCUMENTS = frozenset({
    "access_policies", "access_policy", "assume_role_policy", "container_definitions", "inline_policy", "policy",
    "policy_document", "redrive_policy", "resource_policy",
})  # fmt: skip

_EMPTY: tuple[object, ...] = (None, "", [], {})


def is_empty(value: Any) -> bool:
    """Say whether a value is what the provider writes for none: null, or an empty text, list or map."""
    return any(value == empty and type(value) is type(empty) for empty in _EMPTY)


def same(old: Any, new: Any) -> bool:
    """Say whether two values mean the same: the provider writes "none" in several ways, and JSON in any order."""
    return bool(_plain(old) == _plain(new))


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(("{", "[")):
        try:
            return _plain(json.loads(value))
        except ValueError:
            return value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if _plain(item) is not None} or None
    if isinstance(value, list):
        return [_plain(item) for item in value] or None
    return None if value == "" else value


def is_block(type: str, name: str) -> bool:
    """Say whether a name is that of a nested block that somebody wrote: a plan does not tell of `dynamic` ones."""
    schema = _schema(type)
    return schema is not None and name in set(schema["block_types"]) and not is_computed(type, name)


def is_computed(type: str, name: str) -> bool:
    """Say whether an attribute is AWS's alone to set, or a view of other resources."""
    schema = _schema(type)
    if name in VIEWS.get(type, ()) or name in ("tags_all", "timeouts"):
        return True
    attribute = (schema or {"attributes": {}})["attributes"].get(name, {})
    return bool(attribute.get("computed")) and not attribute.get("optional")


def is_filled_in(type: str, name: str) -> bool:
    """Say whether AWS may choose the value of an attribute where nobody sets it."""
    schema = _schema(type)
    return schema is not None and bool(schema["attributes"].get(name, {}).get("computed"))


def in_lists(type: str, name: str, value: Value) -> Value:
    """Return the value of an argument with single references as lists of one where the provider takes a list.

    Of an expression in HCL, a plan has the reference and not the brackets around it.
    """
    schema = _schema(type)
    return value if schema is None else _member_in_lists(schema, name, value)


def _member_in_lists(schema: Mapping[str, Any], name: str, value: Value) -> Value:
    block = schema.get("block_types", {}).get(name, {}).get("block")
    if block is not None:
        blocks = value if isinstance(value, list) else [value]
        typed = [_block_in_lists(block, one) for one in blocks]
        return typed if isinstance(value, list) else typed[0]
    if _is_list(schema, name) and isinstance(value, Unknown):
        type, _, rest = value.text.removeprefix("data.").partition(".")
        referred = _schema(type)
        if referred is None or not _is_list(referred, rest.rpartition(".")[2]):
            return [value]
    return value


def _block_in_lists(block: Mapping[str, Any], value: Value) -> Value:
    if not isinstance(value, dict):
        return value
    return {key: _member_in_lists(block, key, item) for key, item in value.items()}


def _is_list(schema: Mapping[str, Any], name: str) -> bool:
    kind = schema.get("attributes", {}).get(name, {}).get("type")
    return isinstance(kind, list) and kind[0] in ("list", "set")


def _schema(type: str) -> Mapping[str, Any] | None:
    found = _extract().get(type)
    return None if found is None else {"attributes": {}, "block_types": {}, **found}


@cache
def _extract() -> Mapping[str, Any]:
    file = max((schemas_dir() / "provider").glob("aws-*.json"))
    extract: Mapping[str, Any] = table(f"provider/{file.name}")["resource"]
    return extract
