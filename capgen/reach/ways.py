"""The ways on which the tasks of a service reach AWS: those that the region makes, and those that its spec declares."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from capgen.evaluate import Block, blocks
from capgen.reach.flow import Flow
from capgen.reach.ports import ALL
from capgen.reach.region import Region
from capgen.reach.routing import Routing
from capgen.reach.rule import in_place, nested
from capgen.topology import DeclaredNetwork
from capgen.topology.addresses import parse_range
from capgen.topology.needs import Needed
from capgen.topology.routes import Routes, endpoint_of, lets_out


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The ways of one service's tasks. `code` is the region's; `flows` are all that security groups let through.

    Where the region makes the subnets of the tasks, its routes and endpoints are all there is, whatever is declared.
    """

    region: Region
    service: Block
    code: str
    declared: DeclaredNetwork
    flows: Sequence[Flow]

    def way(self, needed: Needed) -> str | None:
        """Return how a task reaches a service; None where there is no way, or security groups do not let it out."""
        way = self.routes.way(needed)
        made = self._made.get((needed.region, needed.service))
        if made is not None and made.body.get("vpc_endpoint_type") == "Interface":
            return way if self._connects(made, needed.port) else None
        return way if lets_out(needed, way, self._allowed) else None

    @cached_property
    def routes(self) -> Routes:
        """The ways that there are, whether or not security groups let the tasks take them."""
        public = self._has_public_address
        if not self._routing.made(self._subnets):
            endpoints = (*(self.declared.vpc_endpoints or ()), *self._made_names)
            declared = DeclaredNetwork(nat_gateway=self.declared.nat_gateway, vpc_endpoints=endpoints or None)
            return Routes(region=self.code, public_address=public, declared=declared)
        return Routes(
            region=self.code,
            public_address=public and self._routing.leads_to_internet(self._subnets),
            declared=DeclaredNetwork(
                nat_gateway=self._routing.leads_to_nat(self._subnets), vpc_endpoints=self._made_names
            ),
        )

    @cached_property
    def _made(self) -> dict[tuple[str | None, str], Block]:
        """The endpoints that the region makes and that the tasks' subnets use, by region and service."""
        return {endpoint_of(str(block.body["service_name"]), self.code): block
                for block in blocks(self.region.flattened, "aws_vpc_endpoint")
                if not block.is_data and "service_name" in block.body and self._is_used(block)}  # fmt: skip

    @property
    def _made_names(self) -> tuple[str, ...]:
        return tuple(str(block.body["service_name"]) for block in self._made.values())

    def _is_used(self, endpoint: Block) -> bool:
        """A gateway is a route of the subnet's own table; an interface answers wherever the service's name is known."""
        if endpoint.body.get("vpc_endpoint_type", "Gateway") == "Interface":
            return endpoint.body.get("private_dns_enabled") in (True, "true", None)
        return not self._routing.made(self._subnets) or self._routing.serves(endpoint, self._subnets)

    def _connects(self, endpoint: Block, port: int) -> bool:
        """Say whether security groups let the tasks into an endpoint that the region makes."""
        name = self.region.names.get(endpoint.address)
        return any(flow.destination == name and flow.from_port <= port <= flow.to_port for flow in self._out)

    @property
    def _allowed(self) -> list[tuple[str, int, int]]:
        """What is no endpoint of the region's own, has another address or is a list of them."""
        return [(flow.destination, flow.from_port, flow.to_port) for flow in self._out
                if parse_range(flow.destination) or not self.region.called(flow.destination)]  # fmt: skip

    @cached_property
    def _out(self) -> list[Flow]:
        name = self.region.names[self.service.address]
        return [flow for flow in self.flows if flow.source == name and flow.protocol in ("tcp", ALL)]

    @cached_property
    def _routing(self) -> Routing:
        return Routing(self.region.flattened)

    @cached_property
    def _networks(self) -> list[dict[str, object]]:
        return [dict(network) for network in nested(self.service.body.get("network_configuration"))]

    @property
    def _subnets(self) -> list[str]:
        return [str(subnet) for network in self._networks for subnet in in_place(network.get("subnets"))]

    @property
    def _has_public_address(self) -> bool:
        return any(network.get("assign_public_ip") in (True, "true") for network in self._networks)
