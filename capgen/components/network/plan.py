"""What the network module is given."""

from dataclasses import dataclass

from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan


@dataclass(frozen=True)
class Shape:
    """The network module has one form."""


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass the VPC and the subnets of each tier; tiers without subnets of their own use the tasks'."""
    network = deployment.network
    return ModulePlan(
        component="network",
        shape=Shape(),
        inputs={
            "vpc_id": network.vpc_id,
            "subnet_ids": network.subnet_ids,
            "load_balancer_subnet_ids": network.load_balancer_subnet_ids or network.subnet_ids,
            "database_subnet_ids": network.database_subnet_ids or network.subnet_ids,
        },
    )
