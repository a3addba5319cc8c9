"""What must be true of records that share a name: which of them gets clients, and what these find there."""

from collections.abc import Iterator, Sequence

from capgen.diagnostics import Diagnostic, Severity
from capgen.model.recovery import role
from capgen.model.regional import RegionModel
from capgen.rules.record_problem import dns_of, record_problem

_PAIR = 2
_FAILOVER = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-failover.html"
_WEIGHTED = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html"
_HTTPS = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"


def check_weights(group: Sequence[RegionModel]) -> Iterator[Diagnostic]:
    """Refuse a weight of 0 everywhere: Route 53 then sends every region the same share."""
    if len(group) > 1 and all(dns_of(region).weight == 0 for region in group):
        names = ", ".join(region.values.region for region in group)
        yield record_problem(
            "dns-no-weight", group[0], ("dns", "weight"),
            f"{names} have a weight of 0 each: Route 53 does not send nothing then, but each the same share",
            value="0", allowed="a weight above 0 for at least one region",
            hint="leave the weight of the regions that serve above 0", link=_WEIGHTED,
        )  # fmt: skip


def check_pair(group: Sequence[RegionModel]) -> Iterator[Diagnostic]:
    """Refuse failover between more or fewer regions than two, or without a primary one."""
    if any(region.values.disaster_recovery is None for region in group):
        return  # each region's own rule says so
    names = ", ".join(region.values.region for region in group)
    primaries = [region for region in group if role(region.values) == "primary"]
    if len(group) != _PAIR:
        yield record_problem(
            "dns-failover-pair", group[-1], ("dns", "routing"),
            f"failover is between two regions, and {dns_of(group[0]).name} has {len(group)}: {names}",
            value="failover", allowed="the primary region and one that stands by",
            hint="choose latency or weighted for another number of regions, or simple for one", link=_FAILOVER,
        )  # fmt: skip
    elif len(primaries) != 1:
        yield record_problem(
            "dns-failover-pair", group[0], ("disaster_recovery", "primary_region"),
            f"failover of {dns_of(group[0]).name} needs one primary region among {names}",
            value=None, allowed=names, hint="name one of them in disaster_recovery.primary_region", link=_FAILOVER,
        )  # fmt: skip


def check_schemes(group: Sequence[RegionModel]) -> Iterator[Diagnostic]:
    """Warn of regions that serve one name over HTTPS and over HTTP: a URL that works in one fails in the other."""
    served = [region.values.region for region in group if region.values.load_balancer.certificate_arn]
    for region in group:
        if served and region.values.region not in served:
            yield record_problem(
                "dns-one-scheme", region, ("load_balancer", "certificate_arn"),
                f"{', '.join(served)} has a certificate for {dns_of(region).name} and {region.values.region} has none: "
                "clients who come with HTTPS find nothing there",
                value=None, allowed="a certificate in each region of a name, or in none",
                hint=f"set regions.{region.values.region}.load_balancer.certificate_arn", link=_HTTPS,
                severity=Severity.WARNING,
            )  # fmt: skip
