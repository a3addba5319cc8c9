"""What must be true of the records of all regions together."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from capgen.diagnostics import Diagnostic
from capgen.model.regional import DeploymentModel, RegionModel
from capgen.region_facts import partition_of
from capgen.rules.record_groups import check_pair, check_schemes, check_weights
from capgen.rules.record_problem import dns_of, record_problem
from capgen.rules.record_settings import check_settings

_ROUTING = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html"
_SAME_POLICY = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html"
_CHINA = "https://docs.amazonaws.cn/en_us/aws/latest/userguide/route53.html"


def check_records(model: DeploymentModel) -> Iterator[Diagnostic]:
    """Yield what keeps records of one name from being a group that Route 53 can choose from."""
    recorded = [region for region in model.regions if region.values.dns is not None]
    groups = [list(group) for _, group in groupby(sorted(recorded, key=_place), key=_place)]
    for group in groups:
        yield from _one_partition(group)
        routings = {dns_of(region).routing for region in group}
        if len(routings) > 1:
            yield from _two_routings(group)
        elif routings == {"simple"}:
            yield from _two_simple(group)
        elif routings == {"weighted"}:
            yield from check_weights(group)
        elif routings == {"failover"}:
            yield from check_pair(group)
        yield from check_schemes(group)
    yield from _apart(groups)
    yield from check_settings(recorded)


def _place(region: RegionModel) -> tuple[str, str]:
    return dns_of(region).zone_id, dns_of(region).name


def _two_simple(group: Sequence[RegionModel]) -> Iterator[Diagnostic]:
    for region in group[1:]:
        yield record_problem(
            "dns-one-simple-record", region, ("dns", "routing"),
            f"regions {group[0].values.region} and {region.values.region} would own one record, {dns_of(region).name}",
            value="simple", allowed="failover, latency or weighted, where several regions share a name",
            hint=f"choose one of these, or give each region a name of its own: regions.{region.values.region}.dns.name",
            link=_ROUTING,
        )  # fmt: skip


def _two_routings(group: Sequence[RegionModel]) -> Iterator[Diagnostic]:
    first = group[0]
    for region in group[1:]:
        if dns_of(region).routing != dns_of(first).routing:
            yield record_problem(
                "dns-one-routing", region, ("dns", "routing"),
                f"{first.values.region} routes {dns_of(first).name} by {dns_of(first).routing} and "
                f"{region.values.region} by {dns_of(region).routing}: records of one name have one routing",
                value=dns_of(region).routing, allowed=dns_of(first).routing,
                hint="set dns.routing at the top of the spec, for all regions", link=_SAME_POLICY,
            )  # fmt: skip


def _one_partition(group: Sequence[RegionModel]) -> Iterator[Diagnostic]:
    """Refuse a record that leads out of its zone's partition."""
    first = group[0].values.region
    for region in group[1:]:
        mine, theirs = partition_of(region.values.region), partition_of(first)
        if mine is not None and theirs is not None and mine != theirs:
            yield record_problem(
                "dns-one-partition", region, ("dns", "zone_id"),
                f"{first} is in partition {theirs} and {region.values.region} in {mine}: no zone can lead to both",
                value=dns_of(region).zone_id, allowed=None,
                hint=f"set dns.zone_id under regions.{region.values.region}, and under regions.{first}", link=_CHINA,
            )  # fmt: skip


def _apart(groups: Sequence[Sequence[RegionModel]]) -> Iterator[Diagnostic]:
    """Refuse regions that are to share the traffic of a name and have different names, or zones."""
    chosen = [group[0] for group in groups if dns_of(group[0]).routing in ("latency", "weighted")]
    for region in chosen[1:]:
        first = chosen[0]
        if dns_of(region).routing == dns_of(first).routing:
            field = "name" if dns_of(region).name != dns_of(first).name else "zone_id"
            yield record_problem(
                "dns-shared-name", region, ("dns", field),
                f"{first.values.region} and {region.values.region} share nothing by {dns_of(region).routing}: their "
                f"records differ in {field}",
                value=getattr(dns_of(region), field), allowed=getattr(dns_of(first), field),
                hint="set it at the top of the spec, or set dns.routing to simple where each has its own name",
                link=_ROUTING,
            )  # fmt: skip
