"""Which arguments of a resource differ, and which of them the provider cannot change in place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.compare.changes import AttributeChange
from capgen.compare.force_new import default, forces_replacement, replaces_when_set
from capgen.compare.leaf import leaves, paired, same
from capgen.compare.masking import masked
from capgen.terraform.provider_schema import Attribute, Block, BlockType, Kind, block_schema

_NOTHING = Block()
_ANYTHING = Attribute(type="dynamic", optional=True)
_ZERO: tuple[Any, ...] = (None, False, "", 0, [], {})
"""What the provider does not tell from an argument that is left out."""


def attribute_changes(
    type: str, old: Mapping[str, Any], new: Mapping[str, Any], kind: Kind = "resource"
) -> Iterator[AttributeChange]:
    """Yield what differs between two bodies of a block, in the order of the arguments' names."""
    yield from _Comparison(type).block(block_schema(kind, type) or _NOTHING, old, new, "", ())


@dataclass(frozen=True)
class _Comparison:
    type: str

    def block(
        self, schema: Block, old: Mapping[str, Any], new: Mapping[str, Any], shown: str, path: tuple[str, ...],
        *, forced: bool = False,
    ) -> Iterator[AttributeChange]:  # fmt: skip
        """Compare two blocks. `forced` says that the block as a whole comes or goes, and that this replaces."""
        for name in sorted({*old, *new}):
            here, below = f"{shown}.{name}" if shown else name, (*path, name)
            if name in schema.block_types:
                yield from self._blocks(
                    schema.block_types[name], old.get(name), new.get(name), here, below, forced=forced
                )
            else:
                attribute = schema.attributes.get(name, _ANYTHING)
                yield from self._attribute(attribute, old.get(name), new.get(name), here, below, forced=forced)

    def _blocks(
        self, block_type: BlockType, old: Any, new: Any, shown: str, path: tuple[str, ...], *, forced: bool
    ) -> Iterator[AttributeChange]:
        before, after = _listed(old), _listed(new)
        single = len(before) <= 1 and len(after) <= 1
        for label, one, other in paired(before, after):
            here = shown if single else f"{shown}[{label}]"
            whole = forced or ((one is None or other is None) and forces_replacement(self.type, path))
            found = list(self.block(block_type.block, one or {}, other or {}, here, path, forced=whole))
            yield from found
            if not found and (one is None) != (other is None):
                yield AttributeChange(path=here, old=one, new=other, forces_replacement=whole)

    def _attribute(
        self, attribute: Attribute, old: Any, new: Any, shown: str, path: tuple[str, ...], *, forced: bool
    ) -> Iterator[AttributeChange]:
        if len(path) == 1 and not attribute.computed:
            old, new = (default(self.type, path[0]) if value is None else value for value in (old, new))
        if _equal(attribute, old, new):
            return
        kept = attribute.computed and new is None
        comes_or_goes = (old is None) != (new is None) and replaces_when_set(self.type, path)
        forces = not kept and (forced or comes_or_goes or forces_replacement(self.type, path))
        if attribute.sensitive or attribute.write_only:
            old, new = (None if value is None else masked() for value in (old, new))
            yield AttributeChange(path=shown, old=old, new=new, forces_replacement=forces)
            return
        for leaf in leaves(shown, old, new):
            old, new = masked(leaf.path, leaf.old), masked(leaf.path, leaf.new)
            yield AttributeChange(path=leaf.path, old=old, new=new, forces_replacement=forces)


def _equal(attribute: Attribute, old: Any, new: Any) -> bool:
    if attribute.type[0] == "set" and isinstance(old, list) and isinstance(new, list):
        return sorted(map(repr, old)) == sorted(map(repr, new))
    if not attribute.computed and old in _ZERO and new in _ZERO:
        return True
    return same(old, new)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return [each for each in value if each is not None] if isinstance(value, list) else [value]
