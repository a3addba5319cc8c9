"""What the AWS provider accepts in a block, from a compact extract of its own schema.

The prebuilt provider package of the CDK would check names and types as well, at 446 MB. The extract has 130 kB and is
made by `schemas/provider/extract.py`, whose documentation describes the format.

The check is stricter than Terraform in one point: Terraform converts between string, number and bool where it can, and
here the JSON type has to be the schema's. A port written as "80" is a slip in the code that wrote it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from capgen.diagnostics.suggest import did_you_mean
from capgen.resources import schemas_dir

EXTRACT = "aws-5.100.0.json"

Kind = Literal["resource", "data", "ephemeral", "provider"]

_SECTIONS: Mapping[str, str] = {"resource": "resource", "data": "data", "ephemeral": "ephemeral"}
_COMMON_META = frozenset({"//", "count", "for_each", "provider", "depends_on", "lifecycle"})
_META: Mapping[str, frozenset[str]] = {
    "resource": _COMMON_META | {"provisioner", "connection"},
    "data": _COMMON_META,
    "ephemeral": _COMMON_META,
    "provider": frozenset({"//", "alias", "version"}),
}
_COMMENT = frozenset({"//"})
_DYNAMIC = "dynamic"
_DYNAMIC_ARGUMENTS = frozenset({"//", "for_each", "iterator", "labels", "content"})


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
    if kind not in _SECTIONS:
        raise ValueError(f"there is no kind of block {kind!r}; known are {', '.join(sorted(_META))}")
    raw = _extract()[kind].get(type)
    return None if raw is None else _block(raw)


def check_block(kind: Kind, type: str, body: Mapping[str, object]) -> list[str]:
    """Return what is wrong with the Terraform JSON body of a block, or nothing.

    Each problem begins with the path inside the body.  Values are never quoted: one of them may be a secret.
    """
    schema = block_schema(kind, type)
    if schema is None:
        hint = did_you_mean(type, covered_types(kind)) or "add it to schemas/provider/coverage.json and run extract.py"
        return [f"the extract of the provider's schema has no {kind} {type}: {hint}"]
    problems = list(_check_body(schema, body, "", _META[kind]))
    if kind == "resource" and body.get("id") is not None and schema.attributes["id"].optional:
        problems.append("id: is decided by AWS and cannot be set")  # it only looks optional; Terraform refuses it
    return problems


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


def _check_body(schema: Block, body: Mapping[str, object], path: str, ignored: frozenset[str]) -> Iterator[str]:
    """Check one block's content. A null stands for an argument that is left out, as in Terraform."""
    given = {name: value for name, value in body.items() if value is not None and name not in ignored}
    dynamic, problems = _dynamic_blocks(given.pop(_DYNAMIC, None), f"{path}{_DYNAMIC}")
    yield from problems
    for name, value in given.items():
        here = f"{path}{name}"
        if name in schema.attributes:
            yield from _check_attribute(schema.attributes[name], value, here)
        elif name in schema.block_types:
            yield from _check_nested(schema.block_types[name], value, here)
        else:
            yield _unknown(here, name, [*schema.attributes, *schema.block_types])
    for name, value in sorted(dynamic.items()):
        yield from _check_dynamic(schema, name, value, f"{path}dynamic.{name}")
    for name, attribute in schema.attributes.items():
        if attribute.required and name not in given and name not in dynamic:
            yield f"{path}{name}: is required"
    for name, block_type in schema.block_types.items():
        if name not in dynamic:
            count = len(_bodies(given.get(name)))
            if count < block_type.min_items:
                yield f"{path}{name}: needs at least {_blocks(block_type.min_items)}, found {count}"


def _check_attribute(attribute: Attribute, value: object, path: str) -> Iterator[str]:
    if not (attribute.required or attribute.optional):
        yield f"{path}: is decided by AWS and cannot be set"
        return
    if attribute.deprecated:
        yield f"{path}: is deprecated by the provider"
    yield from _check_type(attribute.type, value, path)


def _check_nested(block_type: BlockType, value: object, path: str) -> Iterator[str]:
    bodies = _bodies(value)
    if block_type.block.deprecated and bodies:
        yield f"{path}: is deprecated by the provider"
    most = 1 if block_type.nesting_mode == "single" else block_type.max_items
    if most is not None and len(bodies) > most:
        yield f"{path}: allows at most {_blocks(most)}, found {len(bodies)}"
    for index, body in enumerate(bodies):
        here = path if len(bodies) == 1 else f"{path}[{index}]"
        if isinstance(body, Mapping):
            yield from _check_body(block_type.block, body, f"{here}.", _COMMENT)
        else:
            yield f"{here}: must be an object or a list of objects, found {_describe(body)}"


def _check_dynamic(schema: Block, name: str, value: object, path: str) -> Iterator[str]:
    """Check a dynamic block's content. How many blocks it makes is not known before AWS is asked."""
    content = _content_of(schema, name)
    if content is None:
        yield _unknown(path, name, schema.block_types)
        return
    if content.deprecated:
        yield f"{path}: is deprecated by the provider"
    for body in _bodies(value):
        if not isinstance(body, Mapping):
            yield f"{path}: must be an object or a list of objects, found {_describe(body)}"
            continue
        yield from (_unknown(f"{path}.{key}", key, _DYNAMIC_ARGUMENTS) for key in body if key not in _DYNAMIC_ARGUMENTS)
        if body.get("for_each") is None:
            yield f"{path}.for_each: is required"
        inner = _bodies(body.get("content"))
        if len(inner) != 1:
            yield f"{path}.content: must be one block, found {len(inner)}"
        nested = BlockType(nesting_mode="list", block=replace(content, deprecated=False))
        yield from _check_nested(nested, inner, f"{path}.content")


def _content_of(schema: Block, name: str) -> Block | None:
    """Return what a dynamic block of a name may hold, or None if there is no such block."""
    if name in schema.block_types:
        return schema.block_types[name].block
    attribute = schema.attributes.get(name)
    match attribute.type if attribute else None:
        case ["list" | "set", ["object", fields, *_]]:  # may be written as blocks, which may leave arguments out
            optional = {key: Attribute(type=type, optional=True) for key, type in fields.items()}
            return Block(attributes=optional, deprecated=attribute is not None and attribute.deprecated)
    return None


def _check_type(wanted: Any, value: object, path: str) -> Iterator[str]:
    if value is None or wanted == "dynamic":
        return
    if isinstance(wanted, str):
        if not _is_primitive(wanted, value):
            yield f"{path}: must be a {wanted}, found {_describe(value)}"
    elif not (isinstance(value, str) and _is_single_expression(value)):
        yield from _check_collection(wanted, value, path)


def _check_collection(wanted: Sequence[Any], value: object, path: str) -> Iterator[str]:
    match wanted, value:
        case ["list" | "set", element], list() | tuple():
            for index, item in enumerate(value):
                yield from _check_type(element, item, f"{path}[{index}]")
        case ["map", element], Mapping():
            for key, item in value.items():
                yield from _check_type(element, item, f"{path}.{key}")
        case ["object", fields, *optional], Mapping():
            yield from _check_object(fields, frozenset(*optional), value, path)
        case _:
            article = "an" if wanted[0] == "object" else "a"
            yield f"{path}: must be {article} {wanted[0]}, found {_describe(value)}"


def _check_object(
    fields: Mapping[str, Any], optional: frozenset[str], value: Mapping[str, object], path: str
) -> Iterator[str]:
    """Check an object that is an argument, not a block: every field has to be there, if only as null."""
    for key, item in value.items():
        if key in fields:
            yield from _check_type(fields[key], item, f"{path}.{key}")
        else:
            yield _unknown(f"{path}.{key}", key, fields)
    for key in fields:
        if key not in value and key not in optional:
            yield f"{path}.{key}: is required, if only as null"


def _is_primitive(wanted: str, value: object) -> bool:
    if isinstance(value, str):
        return wanted == "string" or _has_expression(value)
    if isinstance(value, bool):
        return wanted == "bool"
    return wanted == "number" and isinstance(value, int | float)


def _has_expression(text: str) -> bool:
    """Tell whether Terraform evaluates anything in the text; `$${` stands for `${` itself."""
    return "${" in text.replace("$${", "")


def _is_single_expression(text: str) -> bool:
    """Tell whether the text may be one expression and nothing else: only then is its value not a string."""
    return text.startswith("${") and text.endswith("}")


def _bodies(value: object) -> list[object]:
    """Return the blocks in a block's JSON, which is an object, or a list of objects, with nulls and lists in it."""
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [body for item in value for body in _bodies(item)]
    return [value]


def _dynamic_blocks(value: object, path: str) -> tuple[dict[str, list[object]], list[str]]:
    """Return the dynamic blocks by the name of the block they make, and what is wrong with the list of them."""
    found: dict[str, list[object]] = {}
    problems: list[str] = []
    for body in _bodies(value):
        if not isinstance(body, Mapping):
            problems.append(f"{path}: must be an object or a list of objects, found {_describe(body)}")
            continue
        for name in body.keys() - _COMMENT:
            found.setdefault(name, []).extend(_bodies(body[name]))
    return found, problems


def _unknown(path: str, name: str, known: Iterable[str]) -> str:
    hint = did_you_mean(name, known)
    return f"{path}: is not known to the provider" + (f"; {hint}" if hint else "")


def _blocks(count: int) -> str:
    return "1 block" if count == 1 else f"{count} blocks"


def _describe(value: object) -> str:
    """Name the JSON type of a value, without the value."""
    match value:
        case bool():
            return "a bool"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case Mapping():
            return "an object"
        case None:
            return "null"
        case _:
            return "a list"
