"""Collect what is said about each holder, wherever in the root it is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from capgen.evaluate import Block, Flattened, blocks, reference
from capgen.permissions.display import addressed, shown
from capgen.permissions.document import read_document
from capgen.permissions.grant import Holder, Statement

#: The argument that names a resource in AWS, where it is not `name`.
_NAMED_BY = {"aws_s3_bucket": "bucket", "aws_lambda_function": "function_name", "aws_efs_file_system": "creation_token"}


@dataclass
class Entry:
    """A holder that is being collected. Its statements have no words yet."""

    address: str
    kind: str
    name: str
    trust: list[Statement] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    opaque: list[str] = field(default_factory=list)
    boundary: str | None = None

    def holder(self) -> Holder:
        """Return what was collected, by the addresses of the policies and in the order of each."""
        return Holder(
            address=self.address,
            kind=self.kind,
            name=self.name,
            trust=tuple(self.trust),
            statements=tuple(sorted(self.statements, key=lambda statement: statement.policy)),
            boundary=self.boundary,
            opaque=tuple(sorted(set(self.opaque))),
        )


@dataclass
class Ledger:
    """The holders of a region, by address."""

    flattened: Flattened
    entries: dict[str, Entry] = field(default_factory=dict)

    def blocks(self, *types: str) -> list[Block]:
        """Return the resources of some types, in the order of their names."""
        return [block for block in blocks(self.flattened, *types) if not block.is_data]

    def shown(self, value: object) -> str:
        """Return a value of a block as `display` shows it."""
        return shown(addressed(value, self.flattened.origins))

    def entry(self, block: Block, kind: str) -> Entry:
        """Return the entry of a resource; it has one from here on."""
        if block.address not in self.entries:
            self.entries[block.address] = Entry(address=block.address, kind=kind, name=self._name(block))
        return self.entries[block.address]

    def entry_of(self, value: object, type: str, kind: str, block: Block) -> Entry:
        """Return the entry of what `value` names: a reference to a resource of `type`, or the name of one.

        A resource that is not in the root gets an entry with the address of `block`, which speaks of it, and its name.
        """
        found = self.find(value, type)
        if found is not None:
            return self.entry(found, kind)
        name, what = self.shown(value), kind.replace("_", " ")
        address = f"{block.address} for {what} {name}"
        if address not in self.entries:
            outside = f"The {what} {name} is not of this region: of it, only what {block.address} says is known."
            self.entries[address] = Entry(address=address, kind=kind, name=name, opaque=[outside])
        return self.entries[address]

    def find(self, value: object, type: str) -> Block | None:
        """Return the resource of `type` that `value` refers to, or that is called so."""
        known, named = reference(value), _NAMED_BY.get(type, "name")
        for block in self.blocks(type) if value is not None else ():
            if (known is not None and known[0] == block.name) or block.body.get(named) == value:
                return block
        return None

    def read(self, entry: Entry, value: object, block: Block) -> None:
        """Add the statements of a policy to a holder."""
        document = read_document(value, block.address, self.flattened.origins)
        entry.statements += document.statements
        entry.opaque += document.opaque

    def trust(self, entry: Entry, value: object, block: Block) -> None:
        """Add the statements of a trust policy to a role."""
        document = read_document(value, block.address, self.flattened.origins)
        entry.trust += document.statements
        entry.opaque += document.opaque

    def _name(self, block: Block) -> str:
        body = block.body
        if block.type == "aws_kms_key":
            aliases = (alias.body for alias in self.blocks("aws_kms_alias"))
            body = next((alias for alias in aliases if _refers(alias.get("target_key_id"), block)), {})
        named = _NAMED_BY.get(block.type, "name")
        prefix = body.get(f"{named}_prefix")
        tags = body.get("tags")
        tag = tags.get("Name") if isinstance(tags, Mapping) else None
        name = body.get(named) or (f"{prefix}*" if prefix else tag)
        return "" if name is None else self.shown(name)


def _refers(value: object, block: Block) -> bool:
    known = reference(value)
    return known is not None and known[0] == block.name
