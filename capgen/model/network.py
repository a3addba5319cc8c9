"""The spec's `network` section."""

from dataclasses import dataclass, field
from typing import Literal

from capgen.resources import table

_UNLESS_CREATED = {"required_unless": "vpc"}


@dataclass(frozen=True, kw_only=True)
class Vpc:
    """A VPC of the deployment's own."""

    cidr_block: str
    availability_zones: tuple[str, ...]
    nat_gateways: Literal["one_per_zone", "single", "none"]


@dataclass(frozen=True, kw_only=True)
class Network:
    """The existing VPC and subnets, or with `vpc` a VPC that is created.

    A field with `required_unless` has to be there where the other field is not. The rules refuse a spec that has both.
    """

    vpc_id: str | None = field(default=None, metadata=_UNLESS_CREATED)
    subnet_ids: tuple[str, ...] | None = field(default=None, metadata=_UNLESS_CREATED)
    load_balancer_subnet_ids: tuple[str, ...] | None = None
    database_subnet_ids: tuple[str, ...] | None = None
    vpc: Vpc | None = None
    assign_public_ip: bool
    nat_gateway: bool | None = None
    vpc_endpoints: tuple[str, ...] | None = None

    @property
    def has_interface_endpoints(self) -> bool:
        """Whether VPC endpoints with network interfaces are created."""
        return self.vpc is not None and not all(map(is_gateway, self.vpc_endpoints or ()))


def is_gateway(endpoint: str) -> bool:
    """Say whether an endpoint is a route and no network interface. Its name is short or in full.

    https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    """
    return endpoint.rpartition(".")[2] in table("aws/vpc_endpoints.json")["gateway"]
