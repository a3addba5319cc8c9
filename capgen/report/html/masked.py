"""The arguments of a resource as the page shows them: policies unfolded, secrets masked."""

import json
from collections.abc import Mapping
from typing import Any

from capgen.report.excerpt import MASK
from capgen.terraform.provider_schema import block_schema
from capgen.validate.secret_names import is_literal, names_a_secret
from capgen.validate.secret_text import SHAPES, assigns_a_secret, has_aws_secret_key

_PAIRS = (("name", "value"), ("key", "value"), ("Name", "Value"))


def masked_arguments(type: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a resource of a type, with JSON texts as what they say, and without any secret.

    Secret is what the provider calls sensitive or write-only, what has the name of a secret, and what looks like one.
    References are none: they say where a value comes from.
    """
    schema = block_schema("resource", type)
    sensitive = {
        name for name, each in (schema.attributes if schema else {}).items() if each.sensitive or each.write_only
    }
    return {name: masked(value, name, secret=name in sensitive and not name.endswith("_version"))
            for name, value in sorted(body.items())}  # fmt: skip


def masked(value: Any, name: str = "", *, secret: bool = False) -> Any:
    """Return a value without the secrets in it. `name` is what it is called, `secret` says that it is one."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = _unfolded(value)
    if isinstance(value, Mapping):
        named = {held: str(value.get(label)) for label, held in _PAIRS if label in value and held in value}
        return {key: masked(member, named.get(key, str(key)), secret=secret) for key, member in value.items()}
    if isinstance(value, list):
        return [masked(item, name, secret=secret) for item in value]
    if is_literal(value, name) and (secret or names_a_secret(name)):
        return MASK
    return _without_shapes(value, name) if isinstance(value, str) else value


def _unfolded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _without_shapes(text: str, name: str) -> str:
    if assigns_a_secret(text) or has_aws_secret_key(text, name):
        return MASK
    for shape in SHAPES:
        text = shape.pattern.sub(MASK, text)
    return text
