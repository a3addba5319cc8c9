"""Rules of the way out: tasks without it start nowhere, and AWS says so only after the apply, in a stopped task."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from capgen.components.network.egress import allowed, routes, services, ways_out
from capgen.diagnostics import Severity, did_you_mean
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.topology.needs import Needed
from capgen.topology.routes import Routes, lets_out

_ENDPOINTS_LINK = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html"
_KNOWN = frozenset({
    "ecr.api", "ecr.dkr", "s3", "secretsmanager", "logs", "ssmmessages", "kms", "metering-marketplace", "ssm",
})  # fmt: skip
_HINT = (
    "set network.nat_gateway to true where the subnets of the tasks route to one; list the VPC endpoints in "
    "network.vpc_endpoints; in public subnets set network.assign_public_ip"
)
_NAT = "route the subnets of the tasks to a NAT gateway and set network.nat_gateway"
_NAT_CREATED = "set network.vpc.nat_gateways to one_per_zone or single"


def _some_way(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Nothing tells capgen how the subnets of an existing VPC are routed, so the spec has to."""
    network, ways = deployment.network, ways_out(deployment)
    if network.assign_public_ip or ways.nat_gateway or ways.vpc_endpoints:
        return
    needs = "; ".join(_listed(services(deployment), routes(deployment)))
    if network.vpc is not None:
        yield Problem(
            path=("network", "vpc", "nat_gateways"),
            message="the tasks have no way to AWS: the VPC would have neither NAT gateways nor VPC endpoints",
            value="none",
            allowed=f"a way to each of what they need: {needs}",
            hint=f"{_NAT_CREATED}, or name VPC endpoints in network.vpc_endpoints",
        )
    elif network.nat_gateway is None and network.vpc_endpoints is None:
        yield Problem(
            path=("network", "nat_gateway"),
            message="capgen cannot know how the tasks reach AWS: they have no public address, and the spec declares "
            "neither NAT nor VPC endpoints",
            allowed=f"a way to each of what they need: {needs}",
            hint=_HINT,
            severity=Severity.WARNING,
        )
    else:
        yield Problem(
            path=("network", "nat_gateway" if network.nat_gateway is False else "vpc_endpoints"),
            message="the tasks have no way to AWS: neither a public address, nor NAT, nor VPC endpoints",
            value="false" if network.nat_gateway is False else "[]",
            allowed=f"a way to each of what they need: {needs}",
            hint=_HINT,
        )


def _endpoint_for_each(deployment: RegionalDeployment) -> Iterator[Problem]:
    network, ways = deployment.network, routes(deployment)
    if network.assign_public_ip or ways.declared.nat_gateway or not network.vpc_endpoints:
        return
    nat = _NAT if network.vpc is None else _NAT_CREATED
    missing = [needed for needed in services(deployment) if ways.way(needed) is None]
    for region, group in groupby(missing, key=lambda needed: needed.region):
        if region is None:
            yield from (_other_registry(needed, nat) for needed in group)
        elif region == deployment.region:
            listed = "list it" if network.vpc else "create the endpoint and list it"
            yield from (_missing(needed, network.vpc_endpoints, f"{listed}, or {nat}") for needed in group)
        else:
            yield _elsewhere(region, list(group), ways, nat, created=network.vpc is not None)


def _missing(needed: Needed, declared: Sequence[str], hint: str) -> Problem:
    return Problem(
        path=("network", "vpc_endpoints"),
        message=f"there is no VPC endpoint {needed.service} and no NAT, so {needed.without}",
        allowed=f"{needed.service} among the endpoints: the tasks need it to {needed.what}",
        hint=_misspelt(needed.service, declared) or hint,
    )  # fmt: skip


def _misspelt(service: str, declared: Sequence[str]) -> str | None:
    """Return a hint where a declared name is nearly that of a service, and the name of no other."""
    close = [name for name in declared if name not in _KNOWN and did_you_mean(name, [service])]
    return f'did you mean "{service}", not "{close[0]}"?' if close else None


def _elsewhere(region: str, needed: list[Needed], ways: Routes, nat: str, *, created: bool) -> Problem:
    """An endpoint is one of its own region's service, unless it was made for another region's, where AWS has that.

    https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-cross-region-privatelink-support.html
    """
    names = ", ".join(map(ways.endpoint, needed))
    return Problem(
        path=("network", "vpc_endpoints"),
        message=f"no VPC endpoint of {ways.region} serves {', '.join(one.service for one in needed)} of {region}, and "
        f"there is no NAT, so {needed[0].without}",
        allowed="NAT" if created else f"NAT, or endpoints to the other region: {names}",
        hint=f"use what is in {ways.region}, or {nat}",
    )  # fmt: skip


def _other_registry(needed: Needed, nat: str) -> Problem:
    return Problem(
        path=("network", "vpc_endpoints"),
        message=f"no VPC endpoint serves {needed.service}: without NAT the image can be pulled only if that registry "
        "has an address in the VPC or in a network connected to it",
        hint=f"keep the image in ECR, or {nat}",
        severity=Severity.WARNING,
    )


def _let_out(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Hold `access.egress` to what the tasks need: the security group refuses everything else."""
    ways, let_out = routes(deployment), allowed(deployment)
    refused = [needed for needed in services(deployment) if not lets_out(needed, ways.way(needed), let_out)]
    for port in sorted({needed.port for needed in refused}):
        stopped = [needed for needed in refused if needed.port == port]
        open_to = [f"{rule.cidr}:{port}" for rule in deployment.access.egress if rule.port == port]
        where = "public addresses" if open_to else "any address"
        yield Problem(
            path=("access", "egress"),
            message=f"the tasks may not connect to {where} on port {port}, so "
            f"{', '.join(dict.fromkeys(needed.without for needed in stopped))}",
            value=", ".join(open_to) or None,
            allowed=f"a destination that covers {', '.join(dict.fromkeys(needed.service for needed in stopped))}",
            hint=f"add {{cidr: 0.0.0.0/0, port: {port}, description: …}} to access.egress",
        )


def _listed(needed: Iterable[Needed], ways: Routes) -> Iterator[str]:
    """Say what is needed for what, in one clause each."""
    for what, group in groupby(needed, key=lambda one: one.what):
        names = ", ".join(one.service if one.region is None else ways.endpoint(one) for one in group)
        yield f"{names} to {what}"


RULES = (
    Rule(id="network-way-to-aws", title="The tasks have a way to AWS that the spec declares",
         link=_ENDPOINTS_LINK, check=_some_way),
    Rule(id="network-vpc-endpoints", title="Without NAT, each service that the tasks need has a VPC endpoint",
         link=_ENDPOINTS_LINK, check=_endpoint_for_each),
    Rule(id="network-let-out", title="The tasks may connect to what they need",
         link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
         check=_let_out),
)  # fmt: skip
