"""What the DNS module is given."""

from dataclasses import dataclass
from typing import Literal

from capgen.model.dns import Dns
from capgen.model.recovery import role
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Value, outputs

PROVIDER = "dns"
"""The alias of the provider that works in the account of the hosted zone, where that is another one."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How Route 53 chooses the record, whether it checks the load balancer, and whether over HTTPS."""

    routing: Literal["simple", "failover", "latency", "weighted"]
    health_check: bool
    https: bool


def plan(deployment: RegionalDeployment) -> ModulePlan | None:
    """Pass the zone, the name and what tells this region's record from the others'. None where there is no record."""
    dns = deployment.dns
    if dns is None or is_out_of_service(deployment):
        return None
    checked = is_checked(dns)
    shape = Shape(
        routing=dns.routing,
        health_check=checked,
        https=checked and deployment.load_balancer.certificate_arn is not None,
    )
    inputs: dict[str, Value] = {
        "load_balancer_dns_name": outputs.LOAD_BALANCER_DNS_NAME,
        "load_balancer_zone_id": outputs.LOAD_BALANCER_ZONE_ID,
        "record_name": dns.name,
        "zone_id": dns.zone_id,
        **_chosen(deployment, dns),
    }
    if checked:
        inputs["health_check"] = {
            "failure_threshold": dns.health_check.failure_threshold,
            "path": dns.health_check.path,
            "request_interval": dns.health_check.request_interval,
        }
        inputs["name"] = name_of(deployment)
    return ModulePlan(
        component="dns", shape=shape, inputs=inputs, provider=None if dns.assume_role is None else PROVIDER
    )


def name_of(deployment: RegionalDeployment) -> str:
    """Return what the record and the check are known by: unique among deployments, too, that share one DNS name."""
    return f"{deployment.name}-{deployment.region}"


def is_checked(dns: Dns) -> bool:
    """Say whether Route 53 checks the load balancer from outside. Where there is nothing to choose, it does not."""
    return dns.routing != "simple" and dns.health_check.enabled


def is_out_of_service(deployment: RegionalDeployment) -> bool:
    """Say whether the region gave its place to the one that took over: it must not get clients when it recovers.

    Route 53 sends them back to a primary as soon as it is healthy, and its data has fallen behind.
    """
    dns, recovery = deployment.dns, deployment.disaster_recovery
    promoted = recovery is not None and recovery.promoted
    return promoted and dns is not None and dns.routing == "failover" and role(deployment) == "primary"


def _chosen(deployment: RegionalDeployment, dns: Dns) -> dict[str, Value]:
    """Return what the routing goes by."""
    if dns.routing == "simple":
        return {}
    inputs: dict[str, Value] = {"set_identifier": name_of(deployment)}
    if dns.routing == "failover":
        inputs["failover_type"] = "PRIMARY" if role(deployment) == "primary" else "SECONDARY"
    elif dns.routing == "latency":
        inputs["region"] = deployment.region
    else:
        inputs["weight"] = dns.weight
    return inputs
