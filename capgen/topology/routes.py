"""The ways on which a task reaches AWS, as far as a spec declares them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from capgen.topology.addresses import has_public_addresses
from capgen.topology.needs import Needed

_FULL_NAME = re.compile(r"(?:cn\.)?com\.amazonaws\.(?P<region>[a-z0-9-]+)\.(?P<service>[a-z0-9.-]+)")

PUBLIC_ADDRESS, NAT = "public address", "NAT"


@dataclass(frozen=True, kw_only=True)
class DeclaredNetwork:
    """The ways out of a VPC: what a spec says of one that exists already; None is what it does not say.

    `vpc_endpoints` are service names such as ecr.api, or full ones such as com.amazonaws.us-east-1.ecr.api. `public`
    are the tiers that are meant to have public addresses.
    """

    nat_gateway: bool | None = None
    vpc_endpoints: tuple[str, ...] | None = None
    public: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Routes:
    """The ways out of a task's subnets, which lie in `region`."""

    region: str
    public_address: bool
    declared: DeclaredNetwork

    def way(self, needed: Needed) -> str | None:
        """Return how a task reaches a service, or None where nothing says that it does.

        Private DNS sends a task to the endpoint where there is one, whatever else there is.
        """
        if (needed.region, needed.service) in self._endpoints():
            return f"VPC endpoint {self.endpoint(needed)}"
        if self.public_address:
            return PUBLIC_ADDRESS
        return NAT if self.declared.nat_gateway else None

    def endpoint(self, needed: Needed) -> str:
        """Name the endpoint of a service: by the service alone where it is one of this region."""
        if needed.region == self.region:
            return needed.service
        return f"com.amazonaws.{needed.region}.{needed.service}"

    def _endpoints(self) -> set[tuple[str | None, str]]:
        return {endpoint_of(name, self.region) for name in self.declared.vpc_endpoints or ()}


def endpoint_of(name: str, region: str) -> tuple[str, str]:
    """Return region and service of an endpoint's name; a short one is of `region`."""
    full = _FULL_NAME.fullmatch(name)
    return (full["region"], full["service"]) if full else (region, name)


def lets_out(needed: Needed, way: str | None, allowed: Iterable[tuple[str, int, int]]) -> bool:
    """Say whether egress rules let a task reach a service on its way. Each rule is a range, a first and a last port.

    Public addresses and NAT lead to public addresses, and so does a gateway endpoint; an interface endpoint has private
    ones, and so may a registry that is not AWS's.
    """
    public = needed.region is not None and (way in (PUBLIC_ADDRESS, NAT) or (way is not None and needed.gateway))
    return any(
        first <= needed.port <= last and (not public or has_public_addresses(range)) for range, first, last in allowed
    )
