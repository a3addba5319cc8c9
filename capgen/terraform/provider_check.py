"""Whether the provider accepts a block, by names, types and numbers of what is in it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from capgen.diagnostics.suggest import did_you_mean
from capgen.terraform.provider_schema import Attribute, Block, BlockType, Kind, block_schema, covered_types
from capgen.terraform.provider_types import check_type, describe, unknown_name

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
            yield unknown_name(here, name, [*schema.attributes, *schema.block_types])
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
    yield from check_type(attribute.type, value, path)


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
            yield f"{here}: must be an object or a list of objects, found {describe(body)}"


def _check_dynamic(schema: Block, name: str, value: object, path: str) -> Iterator[str]:
    """Check a dynamic block's content. How many blocks it makes is not known before AWS is asked."""
    content = _content_of(schema, name)
    if content is None:
        yield unknown_name(path, name, schema.block_types)
        return
    if content.deprecated:
        yield f"{path}: is deprecated by the provider"
    for body in _bodies(value):
        if not isinstance(body, Mapping):
            yield f"{path}: must be an object or a list of objects, found {describe(body)}"
            continue
        yield from (
            unknown_name(f"{path}.{key}", key, _DYNAMIC_ARGUMENTS) for key in body if key not in _DYNAMIC_ARGUMENTS
        )
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
            problems.append(f"{path}: must be an object or a list of objects, found {describe(body)}")
            continue
        for name in body.keys() - _COMMENT:
            found.setdefault(name, []).extend(_bodies(body[name]))
    return found, problems


def _blocks(count: int) -> str:
    return "1 block" if count == 1 else f"{count} blocks"
