"""What the compiled resources do not tell, in sentences."""

from collections.abc import Iterator, Sequence

from capgen.evaluate import blocks
from capgen.reach.connection import Connection
from capgen.reach.flow import Need
from capgen.reach.interface import STORAGE, TASK
from capgen.reach.region import Region
from capgen.reach.rule import is_unknown_group
from capgen.topology import DeclaredNetwork
from capgen.topology.addresses import parse_range
from capgen.topology.routes import NAT, PUBLIC_ADDRESS

_IPV6 = 6

_NEVER_KNOWN = (
    "Network ACLs of the subnets may refuse what security groups let through.",
    "Routes and gateways of an existing VPC are not seen: a flow exists only where packets are routed.",
    "Peering connections, transit gateways and VPNs decide what else has an address in a private range.",
    "What outside of this deployment has an address in a range, or is put into one of these groups, may connect too.",
)


def unknown(
    region: Region, connected: Sequence[Connection], needs: Sequence[Need], declared: DeclaredNetwork
) -> Iterator[str]:
    """Yield each sentence once: what can never be known first, then what this region leaves open."""
    found = [
        *_NEVER_KNOWN,
        *_interfaces(region),
        *_rules(region),
        *_groups(region),
        *sorted({connection.assumed for connection in connected if connection.assumed}),
        *_mount_targets(region),
        *region.listening.unreadable,
        *_needs(needs, declared),
    ]
    yield from dict.fromkeys(found)


def _interfaces(region: Region) -> Iterator[str]:
    for interface in region.connections.interfaces:
        if not interface.groups:
            yield f"{interface.address} names no security group, so the default group of the VPC holds for it, if any."
        if interface.public is None:
            yield f"Whether {interface.address} has a public address is known only to AWS; it is taken to have one."
        for group in interface.groups:
            if is_unknown_group(group):
                yield f"A security group of {interface.address} is known only to AWS: {group}."
            elif group not in region.groups:
                yield f"{interface.address} is in {group}, whose other rules this deployment does not make."
    for block in blocks(region.flattened, "aws_network_interface_sg_attachment"):
        yield f"What {block.address} puts into a group is not followed."


def _rules(region: Region) -> Iterator[str]:
    for rule in region.connections.rules:
        for what in rule.unknown:
            yield f"Of {rule.address}, only AWS knows {what}; the worst is assumed."
        peer = None if rule.by_group else parse_range(rule.peer)
        if peer is not None and peer.version == _IPV6:
            yield "Whether subnets give out IPv6 addresses is not known."
        if is_unknown_group(rule.group):
            yield f"Which group {rule.address} belongs to is known only to AWS, so it is not followed."
        elif rule.group not in region.groups:
            yield f"{rule.address} is a rule of {rule.group}, which this deployment does not make."


def _groups(region: Region) -> Iterator[str]:
    for name, block in sorted(region.groups.items(), key=lambda item: item[1].address):
        if not region.connections.members(name):
            yield f"{block.address} is attached to nothing here."


def _mount_targets(region: Region) -> Iterator[str]:
    """A task mounts through the mount target of its zone: https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html."""
    served = {subnet for one in region.connections.interfaces if one.tier == STORAGE for subnet in one.subnets}
    for one in region.connections.interfaces:
        missing = [subnet for subnet in one.subnets if subnet not in served]
        if one.tier == TASK and served and missing:
            yield f"Whether {', '.join(missing)} lies in a zone that has a mount target is not known."


def _needs(needs: Sequence[Need], declared: DeclaredNetwork) -> Iterator[str]:
    ways = {need.way for need in needs}
    if NAT in ways:
        yield "That the tasks have a route to NAT rests on network.nat_gateway of the spec."
    if PUBLIC_ADDRESS in ways:
        yield "That the subnets of the tasks route to an internet gateway is assumed."
    declared_names = {f"VPC endpoint {name}" for name in declared.vpc_endpoints or ()}
    if declared_names & ways:
        yield (
            "That the VPC has the endpoints, and that their security groups and policies let the tasks in, rests on "
            "network.vpc_endpoints of the spec."
        )
    for need in needs:
        if need.way is None:
            yield f"No way is known on which the tasks reach {need.service} to {need.what}."
