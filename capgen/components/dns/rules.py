"""What the schema cannot say about one region's record."""

from collections.abc import Iterator

from capgen.components.dns.plan import is_checked
from capgen.diagnostics import Severity
from capgen.model.recovery import is_read_replica
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.region_facts import partition_of
from capgen.topology.addresses import has_public_addresses, is_everything

_ENABLED = ("dns", "health_check", "enabled")
_CHECKERS = "ROUTE53_HEALTHCHECKS in https://ip-ranges.amazonaws.com/ip-ranges.json"


def _alias_in_partition(deployment: RegionalDeployment) -> Iterator[Problem]:
    if deployment.dns is not None and partition_of(deployment.region) == "aws-us-gov":
        yield Problem(
            path=("dns",),
            message="in AWS GovCloud (US), Route 53 has no public zones and no alias records to load balancers",
            value=deployment.dns.name,
            hint="remove dns, and keep the name elsewhere: it leads to the output agent_management_endpoint",
        )


def _internal_out_of_reach(deployment: RegionalDeployment) -> Iterator[Problem]:
    dns = deployment.dns
    if dns is not None and is_checked(dns) and deployment.load_balancer.internal:
        yield Problem(
            path=_ENABLED,
            message="Route 53 checks from the Internet, and load_balancer.internal gives the load balancer private "
            "addresses only: it would count as unhealthy for ever",
            value="true",
            allowed="false with an internal load balancer",
            hint="set dns.health_check.enabled to false: Route 53 then goes by the health of the tasks",
        )


def _checkers_let_in(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Hold the ranges to the checkers' addresses, which are public and many; capgen has no list of them."""
    dns, ranges = deployment.dns, deployment.access.web_cidrs
    if dns is None or not is_checked(dns) or deployment.load_balancer.internal:
        return
    if any(is_everything(cidr) for cidr in ranges):
        return
    way_out = f"add the ranges of {_CHECKERS}, or set dns.health_check.enabled to false"
    if any(has_public_addresses(cidr) for cidr in ranges):
        yield Problem(
            path=("access", "web_cidrs"),
            message="the load balancer is closed to most of the Internet, from where Route 53 checks it: it stays "
            "unhealthy unless these ranges have the checkers' addresses",
            value=", ".join(ranges),
            hint=way_out,
            severity=Severity.WARNING,
        )
    else:
        yield Problem(
            path=("access", "web_cidrs"),
            message="Route 53 checks the load balancer from the Internet, and it lets in no public address: it "
            "would count as unhealthy for ever",
            value=", ".join(ranges) or "none",
            allowed="ranges that have the checkers' addresses",
            hint=way_out,
        )


def _failover_has_a_primary(deployment: RegionalDeployment) -> Iterator[Problem]:
    dns = deployment.dns
    if dns is not None and dns.routing == "failover" and deployment.disaster_recovery is None:
        yield Problem(
            path=("dns", "routing"),
            message="failover needs to know which region serves and which one stands by",
            value="failover",
            hint="set disaster_recovery.primary_region, or choose latency or weighted where both serve",
        )


def _standby_gets_no_clients(deployment: RegionalDeployment) -> Iterator[Problem]:
    dns = deployment.dns
    if dns is None or not is_read_replica(deployment):
        return
    if dns.routing == "latency" or (dns.routing == "weighted" and dns.weight > 0):
        yield Problem(
            path=("dns", "weight" if dns.routing == "weighted" else "routing"),
            message=f"clients would be sent to {deployment.region} too, whose database is a read replica: nothing can "
            "be written there",
            value=str(dns.weight) if dns.routing == "weighted" else dns.routing,
            hint=f"set dns.routing to failover, or to weighted with regions.{deployment.region}.dns.weight: 0",
        )


RULES = (
    Rule(
        id="dns-partition",
        title="Route 53 of the partition has alias records to load balancers",
        link="https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-r53.html",
        check=_alias_in_partition,
    ),
    Rule(
        id="dns-internal-load-balancer",
        title="What Route 53 checks is reached from the Internet",
        link="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-private-hosted-zones.html",
        check=_internal_out_of_reach,
    ),
    Rule(
        id="dns-checkers-let-in",
        title="The load balancer lets Route 53's health checkers in",
        link="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-router-firewall-rules.html",
        check=_checkers_let_in,
    ),
    Rule(
        id="dns-failover-primary",
        title="Failover knows which region serves",
        link="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-failover.html",
        check=_failover_has_a_primary,
    ),
    Rule(
        id="dns-read-only-standby",
        title="Clients are not sent to a region that cannot write",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html",
        check=_standby_gets_no_clients,
    ),
)
