"""The boxes of what the deployment consists of."""

from collections.abc import Iterator, Mapping, Sequence

from capgen.assess import RegionAssessment
from capgen.evaluate import Block, Flattened, blocks
from capgen.reach import Node
from capgen.report.judged import TIERS, tier_name
from capgen.report.topology.badges import PUBLIC, Badge, facts, subject
from capgen.report.topology.copies import copied
from capgen.report.topology.node import GraphNode, Note

_MOST_LINES = 3


def tier_nodes(
    region: RegionAssessment,
    within: Mapping[str, str],
    column: Mapping[str, int],
    notes: Mapping[str, tuple[Note, ...]],
) -> tuple[GraphNode, ...]:
    """Return a box for each end of a flow that is part of the deployment. `within` has the tier of each end.

    An end is a tier, or the address of a second resource of its tier, which then has a box of its own.
    """
    order = list(TIERS)
    keys = sorted(within, key=lambda key: (order.index(within[key]) if within[key] in order else len(order), key))
    nodes = []
    for key in keys:
        of_key = (node for node in region.reachability.nodes if key in (node.address, node.tier))
        members = [node for node in of_key if node.address == key or node.address not in within]
        lines, badges = _told(region.flattened, members) if region.flattened else ((), ())
        public = (PUBLIC,) if any(node.public for node in members) else ()
        nodes.append(
            GraphNode(key=key, kind=within[key], column=column[key], title=tier_name(within[key]), lines=lines,
                      members=tuple(sorted(node.address for node in members)), badges=(*public, *badges),
                      notes=notes[key])
        )  # fmt: skip
    return tuple(nodes)


def _told(flattened: Flattened, members: Sequence[Node]) -> tuple[tuple[str, ...], tuple[Badge, ...]]:
    lines: dict[str, None] = {}
    badges: dict[Badge, None] = {}
    for block in _subjects(flattened, {node.address for node in members}):
        told, found = facts(block, flattened)
        lines |= dict.fromkeys(each for each in (_name(block), *told) if each)
        badges |= dict.fromkeys((*found, *copied(block, flattened)))
    return tuple(lines)[:_MOST_LINES], tuple(badges)


def _subjects(flattened: Flattened, addresses: set[str]) -> Iterator[Block]:
    found = (subject(block, flattened) for block in blocks(flattened) if block.address in addresses)
    yield from {block.name: block for block in found}.values()


def _name(block: Block) -> str:
    names = (block.body.get(argument) for argument in ("identifier", "name", "creation_token"))
    return next((name for name in names if isinstance(name, str) and not name.startswith("${")), "")
