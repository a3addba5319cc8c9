"""Compute who can connect to what.

A connection exists where the security groups of both ends allow it. They are stateful, so answers need no rule:
https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from capgen.evaluate import Flattened
from capgen.reach.flow import Node, Reachability
from capgen.reach.flows import flows_of
from capgen.reach.needs import needs
from capgen.reach.region import Region
from capgen.reach.unknown import unknown
from capgen.topology import DeclaredNetwork


def reachability(flattened: Flattened, declared: DeclaredNetwork | None = None) -> Reachability:
    """Return what can connect to what, from the compiled resources alone.

    `declared` is what the spec says of the network around them; it changes no flow, only how tasks reach AWS.
    """
    declared = declared or DeclaredNetwork()
    region = Region(flattened)
    connected = tuple(region.connections.all())
    flows = flows_of(connected, region.connections.interfaces, region.listening)
    needed = needs(region, declared, flows)
    nodes = (
        Node(address=one.address, tier=one.tier, public=one.public is not False, ports=one.ports, subnets=one.subnets)
        for one in region.connections.interfaces
    )
    return Reachability(nodes=tuple(nodes), flows=flows, needs=needed,
                        unknown=tuple(unknown(region, connected, needed, declared)))  # fmt: skip
