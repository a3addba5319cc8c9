"""What the network module is given."""

from dataclasses import dataclass

from capgen.components.network.created_plan import Created, plan_created
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan


@dataclass(frozen=True)
class Existing:
    """The VPC and the subnets exist, and are looked up."""


Shape = Existing | Created
"""The network module has two forms."""


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass the VPC and the subnets of each tier; tiers without subnets of their own use the tasks'."""
    network = deployment.network
    if network.vpc is not None:
        return plan_created(deployment, network.vpc)
    return ModulePlan(
        component="network",
        shape=Existing(),
        inputs={
            "vpc_id": network.vpc_id,
            "subnet_ids": network.subnet_ids,
            "load_balancer_subnet_ids": network.load_balancer_subnet_ids or network.subnet_ids,
            "database_subnet_ids": network.database_subnet_ids or network.subnet_ids,
        },
    )
