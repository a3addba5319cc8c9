"""What the security module is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Value, outputs


@dataclass(frozen=True)
class Shape:
    """`https`: the load balancer also listens on 443; `endpoints`: there are VPC endpoints that the tasks may reach."""

    https: bool
    endpoints: bool


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass the ranges that may connect and the ports of each tier."""
    access, ports = deployment.access, deployment.agent.ports
    return ModulePlan(
        component="security",
        shape=Shape(
            https=deployment.load_balancer.certificate_arn is not None,
            endpoints=deployment.network.has_interface_endpoints,
        ),
        inputs={
            "database_cidrs": _sorted(access.database_cidrs),
            "database_port": deployment.database.port,
            "egress": _egress(deployment),
            "management_cidrs": _sorted(access.management_cidrs),
            "management_port": ports.management,
            "name": deployment.name,
            "vpc_id": outputs.VPC_ID,
            "web_cidrs": _sorted(access.web_cidrs),
            "web_port": ports.web,
        },
    )


def _sorted(cidrs: Sequence[str]) -> Value:
    """Sort ranges: their order means nothing, so it must not change the output."""
    return sorted(cidrs)


def _egress(deployment: RegionalDeployment) -> Value:
    """Key each destination by range and port, so that adding one moves no other rule's address."""
    return {
        f"{rule.cidr}:{rule.port}": {"cidr": rule.cidr, "port": rule.port, "description": rule.description}
        for rule in deployment.access.egress
    }
