"""What the compiled resources do not tell, in sentences."""

from collections.abc import Iterator, Sequence

from capgen.evaluate import blocks
from capgen.reach.connection import Connection
from capgen.reach.entrances import entrances
from capgen.reach.flow import Need
from capgen.reach.interface import STORAGE, TASK, Interface
from capgen.reach.region import Region
from capgen.reach.routing import Routing
from capgen.reach.rule import is_unknown_group, name_of
from capgen.topology import DeclaredNetwork
from capgen.topology.addresses import parse_range
from capgen.topology.routes import NAT, PUBLIC_ADDRESS

_IPV6 = 6

_OF_EXISTING_VPC = (
    "Network ACLs of the subnets may refuse what security groups let through.",
    "Routes and gateways of an existing VPC are not seen: a flow exists only where packets are routed.",
)
_NEVER_KNOWN = (
    "Peering connections, transit gateways and VPNs decide what else has an address in a private range.",
    "What outside of this deployment has an address in a range, or is put into one of these groups, may connect too.",
)


def unknown(
    region: Region, connected: Sequence[Connection], needs: Sequence[Need], declared: DeclaredNetwork
) -> Iterator[str]:
    """Yield each sentence once: what can never be known first, then what this region leaves open."""
    found = [
        *(() if _is_made(region) else _OF_EXISTING_VPC),
        *_NEVER_KNOWN,
        *_interfaces(region),
        *_beside_them(region),
        *_rules(region),
        *_groups(region),
        *sorted({connection.assumed for connection in connected if connection.assumed}),
        *_mount_targets(region),
        *region.listening.unreadable,
        *_needs(region, needs, declared),
    ]
    yield from dict.fromkeys(found)


def _is_made(region: Region) -> bool:
    """Say whether everything stands in subnets that the region makes, and no network ACL beside the VPC's own does."""
    routing = Routing(region.flattened)
    acls = blocks(region.flattened, "aws_network_acl", "aws_default_network_acl", "aws_network_acl_rule")
    placed = [one for one in region.connections.interfaces if one.subnets]
    return bool(placed) and all(routing.made(one.subnets) for one in placed) and not any(True for _ in acls)


def _interfaces(region: Region) -> Iterator[str]:
    for interface in region.connections.interfaces:
        if not interface.groups:
            yield f"{interface.address} names no security group, so the default group of the VPC holds for it, if any."
        if interface.public is None:
            yield f"Whether {interface.address} has a public address is known only to AWS; it is taken to have one."
        if interface.is_open:
            yield f"{interface.address} has no security group: whoever has a route to it reaches its listeners."
            yield f"Whether the targets of {interface.address} see its clients' addresses or its own is not followed."
        else:
            yield from _memberships(interface, region)


def _memberships(interface: Interface, region: Region) -> Iterator[str]:
    for group in interface.groups:
        if is_unknown_group(group):
            yield f"A security group of {interface.address} is known only to AWS: {group}."
        elif group not in region.groups:
            yield f"{interface.address} is in {group}, whose other rules this deployment does not make."


def _beside_them(region: Region) -> Iterator[str]:
    """Yield what opens something and is no interface or rule."""
    for block in blocks(region.flattened, "aws_network_interface_sg_attachment"):
        yield f"Which interface {block.address} puts into a group is unknown: it is told as one more."
    for block in blocks(region.flattened, "aws_vpc_security_group_vpc_association"):
        yield f"What {block.address} lets another VPC put into a group is not known."
    nat = {name_of(block.body.get("allocation_id")) for block in blocks(region.flattened, "aws_nat_gateway")}
    for block in blocks(region.flattened, "aws_eip", "aws_eip_association"):
        if block.name in nat:
            continue  # nothing connects to a NAT gateway from outside
        yield f"What {block.address} gives a public address to is not followed."
    for block, what in entrances(region.flattened):
        yield f"{block.address} is {what}: who may call it, and what it leads to, is not followed."
    for block in blocks(region.flattened):
        if not block.is_data and not block.type.startswith(("aws_", "terraform_")):
            yield f"{block.address} is not of the AWS provider: what it opens and grants is not judged."


def _rules(region: Region) -> Iterator[str]:
    open_groups = {group for one in region.connections.interfaces if one.is_open for group in one.groups}
    for rule in region.connections.rules:
        for what in rule.unknown:
            yield f"Of {rule.address}, only AWS knows {what}; the worst is assumed."
        peer = None if rule.by_group else parse_range(rule.peer)
        if peer is not None and peer.version == _IPV6:
            yield "Whether subnets give out IPv6 addresses is not known."
        if is_unknown_group(rule.group):
            yield f"Which group {rule.address} belongs to is known only to AWS, so it is not followed."
        elif rule.group not in {*region.groups, *open_groups}:
            yield f"{rule.address} is a rule of {rule.group}, which this deployment does not make."


def _groups(region: Region) -> Iterator[str]:
    for name, block in sorted(region.groups.items(), key=lambda item: item[1].address):
        if block.type != "aws_default_security_group" and not region.connections.members(name):
            yield f"{block.address} is attached to nothing here."


def _mount_targets(region: Region) -> Iterator[str]:
    """A task mounts through the mount target of its zone: https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html."""
    served = {subnet for one in region.connections.interfaces if one.tier == STORAGE for subnet in one.subnets}
    for one in region.connections.interfaces:
        missing = [subnet for subnet in one.subnets if subnet not in served]
        if one.tier == TASK and served and missing:
            yield f"Whether {', '.join(missing)} lies in a zone that has a mount target is not known."


def _needs(region: Region, needs: Sequence[Need], declared: DeclaredNetwork) -> Iterator[str]:
    ways = {need.way for need in needs}
    made = _is_made(region)
    if NAT in ways and not made:
        yield "That the tasks have a route to NAT rests on network.nat_gateway of the spec."
    if PUBLIC_ADDRESS in ways and not made:
        yield "That the subnets of the tasks route to an internet gateway is assumed."
    declared_names = {f"VPC endpoint {name}" for name in declared.vpc_endpoints or ()}
    if declared_names & ways and not made:
        yield (
            "That the VPC has the endpoints, and that their security groups and policies let the tasks in, rests on "
            "network.vpc_endpoints of the spec."
        )
    for need in needs:
        if need.way is None:
            yield f"No way is known on which the tasks reach {need.service} to {need.what}."
