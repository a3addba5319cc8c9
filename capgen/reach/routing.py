"""Where packets go from the subnets that a region makes itself: what is known there, and needs nobody's word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from capgen.evaluate import Block, Flattened, blocks
from capgen.reach.rule import name_of

_EVERYWHERE = "0.0.0.0/0"


@dataclass(frozen=True)
class Routing:
    """Follows the route tables of a flattened region. Subnets are named as blocks: `aws_subnet.network__private__0`."""

    flattened: Flattened

    @property
    def makes_vpc(self) -> bool:
        """Whether the region makes a VPC."""
        return any(not block.is_data for block in blocks(self.flattened, "aws_vpc"))

    def made(self, subnets: Sequence[str]) -> bool:
        """Say whether all of some subnets are made here, so that their routes are all known."""
        return bool(subnets) and {name_of(subnet) for subnet in subnets} <= self._subnets

    def leads_to_nat(self, subnets: Sequence[str]) -> bool:
        """Say whether every subnet routes to a NAT gateway whose own subnet routes to an internet gateway."""
        return all(any(map(self._works, self._next(name_of(subnet), "nat_gateway_id"))) for subnet in subnets)

    def leads_to_internet(self, subnets: Sequence[str]) -> bool:
        """Say whether every subnet routes to an internet gateway, as one with public addresses has to."""
        return all(any(True for _ in self._internet(name_of(subnet))) for subnet in subnets)

    def serves(self, gateway: Block, subnets: Sequence[str]) -> bool:
        """Say whether a gateway endpoint is a route of every subnet."""
        tables = {name_of(table) for table in gateway.body.get("route_table_ids") or ()}
        return all(self._tables.get(name_of(subnet)) in tables for subnet in subnets)

    def _works(self, nat: str) -> bool:
        gateway = next((block for block in blocks(self.flattened, "aws_nat_gateway") if block.name == nat), None)
        if gateway is None or gateway.body.get("connectivity_type", "public") != "public":
            return False
        return any(True for _ in self._internet(name_of(gateway.body.get("subnet_id"))))

    def _internet(self, subnet: str) -> Iterator[str]:
        return (gateway for gateway in self._next(subnet, "gateway_id") if gateway.startswith("aws_internet_gateway."))

    def _next(self, subnet: str, kind: str) -> Iterator[str]:
        """Yield what the default route of a subnet leads to, of one kind."""
        table = self._tables.get(subnet)
        for block in blocks(self.flattened, "aws_route"):
            body = block.body
            if (
                table is not None
                and name_of(body.get("route_table_id")) == table
                and body.get("destination_cidr_block") == _EVERYWHERE
                and body.get(kind) is not None
            ):
                yield name_of(body[kind])

    @cached_property
    def _subnets(self) -> frozenset[str]:
        return frozenset(block.name for block in blocks(self.flattened, "aws_subnet") if not block.is_data)

    @cached_property
    def _tables(self) -> Mapping[str, str]:
        """The route table of each subnet that is given one."""
        return {
            name_of(block.body.get("subnet_id")): name_of(block.body.get("route_table_id"))
            for block in blocks(self.flattened, "aws_route_table_association")
        }
