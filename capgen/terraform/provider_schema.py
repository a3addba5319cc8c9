"""What the AWS provider accepts in a block, from a compact extract of its own schema.

The prebuilt provider package of the CDK would check names and types as well, at 446 MB. The extract has 130 kB and is
made by `schemas/provider/extract.py`, whose documentation describes the format.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from capgen.resources import schemas_dir

EXTRACT = "aws-5.100.0.json"

Kind = Literal["resource", "data", "ephemeral", "provider"]

_REMOTE_STATE = "terraform_remote_state"

_SECTIONS: Mapping[str, str] = {"resource": "resource", "data": "data", "ephemeral": "ephemeral"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An argument or an exported value of a block. `type` is Terraform's JSON form, for example ["list", "string"]."""

    type: Any
    required: bool = False
    optional: bool = False
    computed: bool = False
    sensitive: bool = False
    write_only: bool = False
    deprecated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The content of a block: its attributes and the blocks that nest in it."""

    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    block_types: Mapping[str, "BlockType"] = field(default_factory=dict)
    deprecated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockType:
    """A kind of nested block, and how many of it a block may hold. `max_items` None means any number."""

    nesting_mode: str
    block: Block
    min_items: int = 0
    max_items: int | None = None


def provider_version() -> str:
    """Return the version of the provider that the extract was made from."""
    version: str = _extract()["version"]
    return version


def covered_types(kind: Kind) -> tuple[str, ...]:
    """Return the types of a kind that the extract knows."""
    return ("aws",) if kind == "provider" else tuple(sorted(_extract()[kind]))


@cache
def block_schema(kind: Kind, type: str) -> Block | None:
    """Return the schema of a type, or None if the extract does not cover it."""
    if kind == "provider":
        return _block(_extract()["provider_config"]) if type == "aws" else None
    if (kind, type) == ("data", _REMOTE_STATE):
        return _remote_state()
    if kind not in _SECTIONS:
        raise ValueError(f"there is no kind of block {kind!r}; known are {', '.join(sorted((*_SECTIONS, 'provider')))}")
    raw = _extract()[kind].get(type)
    return None if raw is None else _block(raw)


def _remote_state() -> Block:
    """Return the schema of the one data source of Terraform's own provider, which no provider's schema tells.

    https://developer.hashicorp.com/terraform/language/state/remote-state-data
    """
    return Block(attributes={
        "backend": Attribute(type="string", required=True),
        "config": Attribute(type="dynamic", optional=True),
        "defaults": Attribute(type="dynamic", optional=True),
        "outputs": Attribute(type="dynamic", computed=True),
        "workspace": Attribute(type="string", optional=True),
    })  # fmt: skip


@cache
def _extract() -> dict[str, Any]:
    text = (schemas_dir() / "provider" / EXTRACT).read_text(encoding="utf-8")
    extract: dict[str, Any] = json.loads(text)
    return extract


def _block(raw: Mapping[str, Any]) -> Block:
    return Block(
        attributes={name: Attribute(**attribute) for name, attribute in raw.get("attributes", {}).items()},
        block_types={
            name: BlockType(**(block_type | {"block": _block(block_type["block"])}))
            for name, block_type in raw.get("block_types", {}).items()
        },
        deprecated=raw.get("deprecated", False),
    )
