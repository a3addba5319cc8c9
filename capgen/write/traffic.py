"""What the runbook of a region tells about the name under which clients find the deployment."""

from dataclasses import dataclass

from capgen.components.dns.plan import is_checked, is_out_of_service, name_of
from capgen.model.dns import Dns
from capgen.model.recovery import role
from capgen.model.regional import RegionalDeployment

_TTL = 60
"""Seconds for which a resolver keeps an alias of a load balancer.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
"""


@dataclass(frozen=True, kw_only=True)
class Traffic:
    """The facts of a region's record, as the runbook's template asks for them.

    `identifier` is that of the record whose health decides: the primary's while there is one that another region stands
    by for, else the region's own. `took_over`: the region has no other to send clients to. `seconds` is how long it
    takes at least until clients are sent elsewhere.
    """

    dns: Dns
    identifier: str
    checked: bool
    out_of_service: bool
    took_over: bool
    part: str
    scheme: str
    seconds: int


def traffic_of(deployment: RegionalDeployment) -> Traffic | None:
    """Return the facts of a region's record; None where the spec has no `dns`."""
    dns, recovery = deployment.dns, deployment.disaster_recovery
    if dns is None:
        return None
    identifier, out_of_service = name_of(deployment), is_out_of_service(deployment)
    promoted = recovery is not None and recovery.promoted
    if dns.routing == "failover" and recovery is not None and not promoted:
        identifier = f"{deployment.name}-{recovery.primary_region}"
    return Traffic(
        dns=dns,
        identifier=identifier,
        checked=is_checked(dns) and not out_of_service,
        out_of_service=out_of_service,
        took_over=promoted and dns.routing == "failover" and not out_of_service,
        part=_part(deployment, dns),
        scheme="https" if deployment.load_balancer.certificate_arn else "http",
        seconds=dns.health_check.request_interval * dns.health_check.failure_threshold + _TTL,
    )


def _part(deployment: RegionalDeployment, dns: Dns) -> str:
    """Say what part the region has in the routing, in a sentence."""
    recovery = deployment.disaster_recovery
    if dns.routing == "simple":
        return "It leads to this region's load balancer."
    if dns.routing == "latency":
        return "Each client is sent to the healthy region with the lowest latency."
    if dns.routing == "weighted":
        return f"This region gets a share of {dns.weight}, measured by the weights of all healthy records of the name."
    if recovery is not None and recovery.promoted:
        return "It leads to this region, which has taken over."
    part = "is the primary" if role(deployment) == "primary" else "stands by"
    return f"It leads to the primary region while that is healthy, else to the one that stands by. This region {part}."
