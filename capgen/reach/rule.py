"""One rule of a security group, from whichever kind of block it comes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from capgen.evaluate import Block, Flattened, blocks, reference
from capgen.reach.ports import Ports, parse_ports
from capgen.topology.addresses import parse_range

INGRESS, EGRESS = "ingress", "egress"

GROUPS = ("aws_security_group", "aws_default_security_group")

_RULES = {"aws_vpc_security_group_ingress_rule": INGRESS, "aws_vpc_security_group_egress_rule": EGRESS}
_PREFIX_LISTS = ("aws_ec2_managed_prefix_list", "aws_prefix_list")
_RANGES = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Lets one peer connect to the members of a group, or its members to one peer.

    `group` is the name of the group's block, or what else stands there, such as sg-0a1b2c3d. `peer` is a group in the
    same way where `by_group` is set, else a range, a prefix list or the text of one that only AWS knows. `address` is
    that of the block, `unknown` says what of it only AWS knows.
    """

    group: str
    direction: str
    ports: Ports
    peer: str
    by_group: bool
    address: str
    unknown: tuple[str, ...] = ()


def rules(flattened: Flattened) -> Iterator[Rule]:
    """Yield every rule of a region, in the order of the blocks' names."""
    lists = _prefix_lists(flattened)
    for block in blocks(flattened, *_RULES, "aws_security_group_rule", *GROUPS):
        if block.is_data:
            continue
        for rule in _of_block(block):
            entries = () if rule.by_group else lists.get(rule.peer, ())
            for peer in entries or (rule.peer,):
                yield _with_peer(rule, peer)


def name_of(value: object) -> str:
    """Return the name of the block that a value refers to; a value that refers to none, as it is."""
    found = reference(value)
    return found[0] if found else str(value)


def _range_of(value: object) -> str:
    """Return a range without host bits, as AWS keeps it; the name of a prefix list; or what else stands there."""
    network = parse_range(str(value))
    found = reference(value)
    if found and found[0].removeprefix("data.").split(".")[0] in _PREFIX_LISTS:
        return found[0]
    return str(network or value).removeprefix("${").removesuffix("}")


def in_place(value: Any) -> list[Any]:
    """Return the items of a list, or a single value as one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def is_unknown_group(name: str) -> bool:
    """Say whether only AWS knows which group a name stands for. A load balancer without one is its own group."""
    return not (name.startswith("sg-") or name.removeprefix("data.").split(".")[0] in (*GROUPS, "aws_lb", "aws_alb"))


def nested(value: Any) -> list[Mapping[str, Any]]:
    """Return nested blocks as a list; what only AWS knows is none."""
    return [block for block in in_place(value) if isinstance(block, Mapping)]


def _of_block(block: Block) -> Iterator[Rule]:
    body = block.body
    if block.type in _RULES:
        yield from _single(block, _RULES[block.type])
    elif block.type == "aws_security_group_rule":
        sources = in_place(body.get("source_security_group_id"))
        yield from _listed(block, name_of(body.get("security_group_id")), str(body.get("type")), body, sources)
    else:
        for direction in (INGRESS, EGRESS):
            for rule in nested(body.get(direction)):
                yield from _listed(block, block.name, direction, rule, in_place(rule.get("security_groups")))


def _single(block: Block, direction: str) -> Iterator[Rule]:
    """A rule resource has exactly one peer."""
    body = block.body
    group = name_of(body.get("security_group_id"))
    named = body.get("referenced_security_group_id")
    if named is not None:
        yield _rule(block, group, direction, body, name_of(named), by_group=True)
    for argument in ("cidr_ipv4", "cidr_ipv6", "prefix_list_id"):
        if body.get(argument) is not None:
            yield _rule(block, group, direction, body, _range_of(body[argument]), by_group=False)


def _listed(block: Block, group: str, direction: str, rule: Mapping[str, Any], sources: list[Any]) -> Iterator[Rule]:
    """An inline rule, and one of the older resource, has lists of peers, and may mean its own group."""
    for source in sources:
        yield _rule(block, group, direction, rule, name_of(source), by_group=True)
    if rule.get("self") not in (None, False, "false"):
        yield _rule(block, group, direction, rule, group, by_group=True)
    for argument in _RANGES:
        for peer in in_place(rule.get(argument)):
            yield _rule(block, group, direction, rule, _range_of(peer), by_group=False)


def _rule(block: Block, group: str, direction: str, rule: Mapping[str, Any], peer: str, *, by_group: bool) -> Rule:
    protocol = rule.get("ip_protocol", rule.get("protocol"))
    ports, known = parse_ports(protocol, rule.get("from_port"), rule.get("to_port"))
    unknown = [] if known else ["which ports it opens"]
    if by_group and is_unknown_group(peer):
        unknown.append(f"who is in {peer}")
    if not by_group and parse_range(peer) is None:
        unknown.append(f"which addresses are in {peer}")
    return Rule(group=group, direction=direction, ports=ports, peer=peer, by_group=by_group,
                address=block.address, unknown=tuple(unknown))  # fmt: skip


def _with_peer(rule: Rule, peer: str) -> Rule:
    """Put a range of a prefix list in the list's place."""
    return rule if peer == rule.peer else replace(rule, peer=_range_of(peer), unknown=())


def _prefix_lists(flattened: Flattened) -> dict[str, tuple[str, ...]]:
    """Return the ranges of the prefix lists that the region makes."""
    found: dict[str, list[str]] = {}
    for block in blocks(flattened, "aws_ec2_managed_prefix_list", "aws_ec2_managed_prefix_list_entry"):
        if block.type == "aws_ec2_managed_prefix_list_entry":
            found.setdefault(name_of(block.body.get("prefix_list_id")), []).append(str(block.body.get("cidr")))
        elif not block.is_data:
            entries = (str(entry.get("cidr")) for entry in nested(block.body.get("entry")))
            found.setdefault(block.name, []).extend(entries)
    return {name: tuple(ranges) for name, ranges in found.items()}
