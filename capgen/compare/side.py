"""One side of a comparison: its resources by address, their values as Terraform will know them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from capgen.evaluate import Block, Flattened, blocks
from capgen.evaluate.language.value import scalar_text
from capgen.terraform.provider_schema import Attribute, Kind, block_schema

_REFERENCE = re.compile(r"\$\{((?:data\.)?[a-z]\w*\.[\w-]+)\.(\w+)\}")
_NAME = re.compile(r"(?<![\w.])(?:data\.)?[a-z]\w*\.[\w-]+")
_DEEPEST = 16
"""References that lead to references: more is a circle, which Terraform refuses."""


@dataclass(frozen=True)
class Side:
    """The resources of a flattened root."""

    flattened: Flattened
    _values: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> Mapping[str, Block]:
        """The blocks by address, data sources too."""
        return {block.address: block for block in blocks(self.flattened)}

    @cached_property
    def _named(self) -> Mapping[str, Block]:
        return {block.name: block for block in self.blocks.values()}

    def values(self, address: str) -> Mapping[str, Any]:
        """Return the arguments of a block.

        A reference to an argument that is written down is replaced by its value, and any other names the block by its
        address: how the flattened root calls it is no difference. JSON text is data.
        """
        if address not in self._values:
            self._values[address] = {name: self._value(value) for name, value in self.blocks[address].body.items()}
        return self._values[address]

    @cached_property
    def default_tags(self) -> Mapping[str, Any]:
        """The tags that the provider gives to everything."""
        for name, body in self.flattened.providers:
            if name == "aws" and "alias" not in body:
                found = self._value(body.get("default_tags") or {})
                tags = (found[0] if isinstance(found, list) and found else found) or {}
                return dict(tags.get("tags") or {})
        return {}

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(item) for item in value]
        if isinstance(value, Mapping):
            return {key: self._value(item) for key, item in value.items()}
        if not isinstance(value, str):
            return value
        document = _document(value)
        if document is not None:
            return self._value(document)
        resolved = self._resolved(value, 0)
        return _NAME.sub(self._addressed, resolved) if isinstance(resolved, str) and "${" in resolved else resolved

    def _resolved(self, text: str, depth: int) -> Any:
        """Replace references whose value is written down. One reference and nothing else keeps the value's type."""
        if "${" not in text or depth > _DEEPEST:
            return text
        whole = _REFERENCE.fullmatch(text)
        if whole is not None:
            found = self._written(whole, depth)
            return text if found is None else found
        return _REFERENCE.sub(lambda match: self._inserted(match, depth), text)

    def _inserted(self, match: re.Match[str], depth: int) -> str:
        found = self._written(match, depth)
        return match[0] if found is None else scalar_text(found)

    def _written(self, match: re.Match[str], depth: int) -> Any:
        block = self._named.get(match[1])
        value = block.body.get(match[2]) if block is not None else None
        if block is None or not isinstance(value, str | int | float) or _hidden(block, match[2]):
            return None
        return self._resolved(value, depth + 1) if isinstance(value, str) else value

    def _addressed(self, match: re.Match[str]) -> str:
        block = self._named.get(match[0])
        return match[0] if block is None else block.address


def _hidden(block: Block, name: str) -> bool:
    """Say whether a value must not be shown where it is referred to."""
    kind: Kind = "data" if block.is_data else "resource"
    schema = block_schema(kind, block.type)
    attribute = schema.attributes.get(name, Attribute(type="string")) if schema else Attribute(type="string")
    return attribute.sensitive or attribute.write_only


def _document(text: str) -> Any:
    """Return the object or list that JSON text holds, or None."""
    if text[:1] not in ("{", "["):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict | list) else None
