# ruff: noqa: INP001 - a part of a script, beside the data it makes
"""What is tried: a resource that exists in one form and is configured in another, which differs in one place."""

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from capgen.terraform.provider_schema import Attribute, Block, BlockType

Body = dict[str, Any]
Path = tuple[str, ...]

_UNKNOWN = "${terraform_data.unknown.output}"

_DEPTH = 5
_NOT_TRIED = frozenset({("id",), ("tags_all",), ("timeouts",)})


class Kind(StrEnum):
    """How the configuration differs from what exists."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A resource whose configuration is `config`, and which exists as that, but with `exists` at `path`.

    `exists` is None where nothing is there. `computed` says that AWS decides where the configuration does not.
    """

    type: str
    path: Path
    kind: Kind
    config: Body
    exists: Any
    computed: bool


def trials(type: str, schema: Block, bodies: Sequence[Body]) -> Iterator[Trial]:
    """Yield the trials of a type: each attribute and each nested block, changed, added and removed."""
    for path, attribute in _attributes(schema):
        body = _best(bodies, path)
        given = value_at(body, path)
        old, new = (
            (sample(attribute.type), unknown(attribute.type))
            if given is None
            else (_altered(given, attribute.type), given)
        )
        config = filled(schema, with_value(body, path, new))
        trial = Trial(type=type, path=path, kind=Kind.CHANGED, config=config, exists=old, computed=attribute.computed)
        yield trial
        if not attribute.required:
            without = filled(schema, with_value(config, path, None))
            yield replace(trial, kind=Kind.ADDED, exists=None)
            yield replace(trial, kind=Kind.REMOVED, config=without)
    for path, block_type in _blocks(schema):
        body = _best(bodies, path)
        config = filled(schema, body if value_at(body, path) else with_value(body, path, [{}]))
        without = filled(schema, with_value(config, path, None))
        trial = Trial(type=type, path=path, kind=Kind.ADDED, config=config, exists=None, computed=False)
        yield trial
        yield replace(trial, kind=Kind.REMOVED, config=without, exists=[sample_block(block_type.block)])


def _attributes(block: Block, path: Path = ()) -> Iterator[tuple[Path, Attribute]]:
    for name, attribute in block.attributes.items():
        settable = (attribute.required or attribute.optional) and not attribute.write_only
        if settable and (*path, name) not in _NOT_TRIED:
            yield (*path, name), attribute
    for below, block_type in _own_blocks(block, path):
        yield from _attributes(block_type.block, below)


def _blocks(block: Block, path: Path = ()) -> Iterator[tuple[Path, BlockType]]:
    for below, block_type in _own_blocks(block, path):
        if block_type.min_items == 0:
            yield below, block_type
        yield from _blocks(block_type.block, below)


def _own_blocks(block: Block, path: Path) -> Iterator[tuple[Path, BlockType]]:
    for name, block_type in block.block_types.items():
        if (*path, name) not in _NOT_TRIED and len(path) < _DEPTH:
            yield (*path, name), block_type


def _best(bodies: Sequence[Body], path: Path) -> Body:
    """Return the first body that sets a path, or as much of it as any does."""
    for length in range(len(path), 0, -1):
        for body in bodies:
            if value_at(body, path[:length]) not in (None, []):
                return body
    return bodies[0] if bodies else {}


def value_at(body: Any, path: Path) -> Any:
    """Return what stands at a path, in the first of several blocks; None where nothing does."""
    for name in path:
        block = body[0] if isinstance(body, list) and body else body
        if not isinstance(block, dict) or name not in block:
            return None
        body = block[name]
    return body


def with_value(body: Body, path: Path, value: Any) -> Body:
    """Return a body with another value at a path, or with none where the value is None."""
    body = copy.deepcopy(body)
    block = body
    for name in path[:-1]:
        found = block.get(name)
        inner = found[0] if isinstance(found, list) and found else found
        if not isinstance(inner, dict):
            inner = {}
            block[name] = [inner]
        block = inner
    block[path[-1]] = value
    if value is None:
        del block[path[-1]]
    return body


def filled(schema: Block, body: Body) -> Body:
    """Return a body with every required argument; what it lacks is unknown."""
    body = dict(body)
    for name, attribute in schema.attributes.items():
        if attribute.required and body.get(name) is None:
            body[name] = unknown(attribute.type)
    for name, block_type in schema.block_types.items():
        found = body.get(name) or []
        inner = found if isinstance(found, list) else [found]
        inner = [*inner, *({} for _ in range(block_type.min_items - len(inner)))]
        if inner:
            body[name] = [filled(block_type.block, each) for each in inner]
    return body


def sample_block(block: Block) -> Body:
    """Return a block that may exist: its required arguments have a value, and it has the blocks that it must have."""
    body: Body = {name: sample(each.type) for name, each in block.attributes.items() if each.required}
    inner = {name: [sample_block(each.block)] for name, each in block.block_types.items() if each.min_items}
    return body | inner


def sample(type: Any) -> Any:
    """Return a value of a type, in Terraform's JSON form of types."""
    return _of_type(type, {"string": "other", "number": 7, "bool": True})


def unknown(type: Any) -> Any:
    """Return a value that is known after apply: no validator refuses it, and it differs from all that exists."""
    return _of_type(type, dict.fromkeys(("string", "number", "bool"), _UNKNOWN))


def _of_type(type: Any, scalars: Mapping[str, Any]) -> Any:
    if isinstance(type, str):
        return scalars[type]
    collection, element = type
    if collection == "object":
        return {name: _of_type(each, scalars) for name, each in element.items()}
    return {"other": _of_type(element, scalars)} if collection == "map" else [_of_type(element, scalars)]


def _altered(value: Any, type: Any) -> Any:
    """Return another value of the same type. JSON text stays JSON, since the provider compares it as such."""
    match type:
        case "bool":
            return value in (False, "false")
        case "number":
            return float(value) + 1
        case "string":
            return _altered_text(value if isinstance(value, str) else json.dumps(value))
        case ["map", element]:
            return {**value, "other": sample(element)}
        case [_, element]:
            return [*value, sample(element)]
    raise ValueError(f"there is no type {type}")


def _altered_text(text: str) -> str:
    try:
        document = json.loads(text)
    except ValueError:
        return f"{text}-other"
    if isinstance(document, dict):
        document["Statement" if "Statement" in document else "Other"] = []
    elif isinstance(document, list) and document:
        document[0]["image"] = "other"
    else:
        return f"{text}1"
    return json.dumps(document)
