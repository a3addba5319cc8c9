"""The spec's `network` section."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Network:
    """The existing VPC and subnets."""

    vpc_id: str
    subnet_ids: tuple[str, ...]
    load_balancer_subnet_ids: tuple[str, ...] | None = None
    database_subnet_ids: tuple[str, ...] | None = None
    assign_public_ip: bool
    nat_gateway: bool | None = None
    vpc_endpoints: tuple[str, ...] | None = None
