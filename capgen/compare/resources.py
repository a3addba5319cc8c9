"""What Terraform would do to each resource: which it makes, changes, replaces and destroys."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from capgen.compare.attributes import attribute_changes
from capgen.compare.cascade import cascaded
from capgen.compare.changes import Action, AttributeChange, ResourceChange
from capgen.compare.overwriting import overwrites
from capgen.compare.providers import provider_changes
from capgen.compare.side import Side
from capgen.compare.stateful import STATEFUL
from capgen.evaluate import Block, Flattened
from capgen.terraform.provider_schema import block_schema

_ALL = "all"


def resource_changes(old: Flattened, new: Flattened) -> tuple[ResourceChange, ...]:
    """Return what happens to each resource whose address or arguments differ.

    First come those that lose data, then the others that are destroyed or replaced, then what is updated, then what is
    created; each in the order of the addresses. A resource with another address is another resource: Terraform destroys
    the one and creates the other. Data sources are not resources, but what is read through them counts. A provider's
    block that changes is told among them.
    """
    before, after = Side(old), Side(new)
    addresses = sorted({*_resources(before), *_resources(after)})
    kept = [address for address in addresses if address in before.blocks and address in after.blocks]
    attributes = cascaded({address: _attributes(before, after, address) for address in kept}, before, after)
    changes = [
        *(_change(before.blocks[address], Action.DESTROY, after)
          for address in addresses if address not in after.blocks),
        *(_made(_change(after.blocks[address], Action.CREATE, after), before, after)
          for address in addresses if address not in before.blocks),
        *(_kept(before, after, address, attributes[address]) for address in kept if attributes[address]),
        *provider_changes(old, new),
    ]  # fmt: skip
    return tuple(sorted(changes, key=_order))


def _resources(side: Side) -> Iterator[str]:
    return (address for address, block in side.blocks.items() if not block.is_data)


def _attributes(before: Side, after: Side, address: str) -> tuple[AttributeChange, ...]:
    block = after.blocks[address]
    ignored = _ignored(block)
    if _ALL in ignored:
        return ()
    old, new = _compared(before, address), _compared(after, address)
    return tuple(change for change in attribute_changes(block.type, old, new)
                 if change.path.partition(".")[0].partition("[")[0] not in ignored)  # fmt: skip


def _ignored(block: Block) -> frozenset[str]:
    """Return the arguments whose changes Terraform ignores."""
    rules = block.body.get("lifecycle", {}).get("ignore_changes", [])
    return frozenset([rules] if isinstance(rules, str) else map(str, rules))


def _compared(side: Side, address: str) -> Mapping[str, Any]:
    """Return the body that is compared: with the tags that the provider adds, and without how Terraform goes about it.

    That `prevent_destroy` comes or goes is told: it is what protects the data.
    """
    block = side.blocks[address]
    body = {name: value for name, value in side.values(address).items() if name != "lifecycle"}
    schema = block_schema("resource", block.type)
    if schema is not None and "tags_all" in schema.attributes:
        body["tags"] = {**side.default_tags, **(body.get("tags") or {})}
    protected = block.body.get("lifecycle", {}).get("prevent_destroy")
    return body | ({"lifecycle": {"prevent_destroy": True}} if protected else {})


def _kept(before: Side, after: Side, address: str, attributes: tuple[AttributeChange, ...]) -> ResourceChange:
    forced = any(change.forces_replacement for change in attributes)
    change = _change(after.blocks[address], Action.REPLACE if forced else Action.UPDATE, after)
    return replace(_made(change, before, after) if forced else change, attributes=attributes)


def _made(change: ResourceChange, before: Side, after: Side) -> ResourceChange:
    return replace(change, overwrites=overwrites(change.type, after.values(change.address), before))


def _change(block: Block, action: Action, after: Side) -> ResourceChange:
    gone = action in (Action.REPLACE, Action.DESTROY)
    return ResourceChange(address=block.address, type=block.type, action=action, stateful=block.type in STATEFUL,
                          prevent_destroy=gone and _protected(block.address, after))  # fmt: skip


def _protected(address: str, after: Side) -> bool:
    """Say whether Terraform refuses to destroy a resource: its block, or one for another key of it, says so."""
    block = after.blocks.get(address) or next(
        (other for name, other in sorted(after.blocks.items()) if _resource(name) == _resource(address)), None
    )
    return block is not None and bool(block.body.get("lifecycle", {}).get("prevent_destroy"))


def _resource(address: str) -> str:
    """Return an address without the key of its instance."""
    return address[: address.rindex("[")] if address.endswith("]") else address


def _order(change: ResourceChange) -> tuple[bool, int, str]:
    ranks = {Action.DESTROY: 0, Action.REPLACE: 0, Action.UPDATE: 1, Action.CREATE: 2}
    return (not change.dangerous, ranks[change.action], change.address)
