"""Rules of a VPC that is created."""

from collections import Counter
from collections.abc import Collection, Iterator
from ipaddress import IPv4Network

from capgen.components.network.egress import services
from capgen.components.network.endpoints import created_endpoints
from capgen.components.network.layout import LARGEST, SMALLEST
from capgen.diagnostics import Severity, did_you_mean
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.topology.addresses import has_public_addresses
from capgen.topology.routes import endpoint_of

_VPC_LINK = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"
_OF_EXISTING = ("vpc_id", "subnet_ids", "load_balancer_subnet_ids", "database_subnet_ids", "nat_gateway")
_CIDR = ("network", "vpc", "cidr_block")


def _one_form(deployment: RegionalDeployment) -> Iterator[Problem]:
    """A field of an existing VPC beside `vpc` is refused, one by one: it would be ignored."""
    network = deployment.network
    if network.vpc is None:
        return
    for field in _OF_EXISTING:
        value = getattr(network, field)
        if value is not None:
            hint = ("set network.vpc.nat_gateways instead" if field == "nat_gateway"
                    else f"remove network.{field}, or remove network.vpc to deploy into the existing one")  # fmt: skip
            yield Problem(
                path=("network", field),
                message=f"network.{field} is about a VPC that exists, and network.vpc has one created",
                value=", ".join(value) if isinstance(value, tuple) else str(value).lower(),
                allowed="one of the two",
                hint=hint,
            )
    if network.assign_public_ip:
        yield Problem(
            path=("network", "assign_public_ip"),
            message="tasks have private subnets in a VPC that network.vpc has created: a public address has no way out",
            value="true",
            allowed="false",
            hint="take network.assign_public_ip out: the tasks reach AWS through NAT or VPC endpoints",
        )


def _range(deployment: RegionalDeployment) -> Iterator[Problem]:
    if deployment.network.vpc is None:
        return
    cidr = deployment.network.vpc.cidr_block
    try:
        network = IPv4Network(cidr, strict=False)
    except ValueError:
        yield Problem(path=_CIDR, message=f"{cidr} is not an IPv4 range", value=cidr,
                      allowed="four numbers from 0 to 255, a slash and a prefix length")  # fmt: skip
        return
    if str(network) != cidr:
        yield Problem(path=_CIDR, message=f"{cidr} has bits set beyond its prefix length", value=cidr,
                      allowed="a network address", hint=f'write "{network}"')  # fmt: skip
    if not LARGEST <= network.prefixlen <= SMALLEST:
        what = "more than AWS gives a VPC" if network.prefixlen < LARGEST else "too small for the subnets"
        yield Problem(path=_CIDR, message=f"{cidr} has {network.num_addresses} addresses, {what}", value=cidr,
                      allowed=f"a prefix length from {LARGEST} to {SMALLEST}")  # fmt: skip
    if has_public_addresses(str(network)):
        yield Problem(
            path=_CIDR,
            message=f"{cidr} is not a private range: what has these addresses on the Internet could not be reached",
            value=cidr,
            allowed="a range in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
        )


def _zones(deployment: RegionalDeployment) -> Iterator[Problem]:
    zones = deployment.network.vpc.availability_zones if deployment.network.vpc else ()
    for index, zone in enumerate(zones):
        if zone[:-1] != deployment.region:
            yield Problem(
                path=("network", "vpc", "availability_zones", index),
                message=f"{zone} is a zone of {zone[:-1]}, and the deployment is in {deployment.region}",
                value=zone,
                allowed=f"a zone of {deployment.region}, such as {deployment.region}a",
                hint=f"name the zones under regions.{deployment.region}.network.vpc.availability_zones",
            )


def _private_database(deployment: RegionalDeployment) -> Iterator[Problem]:
    if deployment.network.vpc is not None and deployment.database.publicly_accessible:
        yield Problem(
            path=("database", "publicly_accessible"),
            message="the database's subnets in a created VPC lead nowhere: nobody could use a public address, and "
            "without an internet gateway RDS refuses to give one",
            value="true",
            allowed="false",
            hint="reach the database through a peering, transit gateway or VPN, and access.database_cidrs",
        )


def _endpoints(deployment: RegionalDeployment) -> Iterator[Problem]:
    """An endpoint to create has a name of AWS's, is of the region, and is there once."""
    region, created = deployment.region, created_endpoints(deployment)
    count = Counter(endpoint.service for endpoint in created)
    unnamed = {endpoint.service for endpoint in created if endpoint.service_name is None}
    seen: set[str] = set()
    for index, name in enumerate(deployment.network.vpc_endpoints or () if created else ()):
        path = ("network", "vpc_endpoints", index)
        of, service = endpoint_of(name, region)
        if of != region:
            yield Problem(path=path, message=f"{name} serves {of}: capgen creates endpoints of {region} alone",
                          value=name, allowed=f"services of {region}",
                          hint="reach the other region through NAT: network.vpc.nat_gateways")  # fmt: skip
        elif count[service] > 1 and service in seen:
            yield Problem(path=path, message=f"the endpoint {service} is named twice", value=name,
                          hint="remove one of them")  # fmt: skip
        elif service in unnamed:
            yield Problem(path=path, message=f"capgen does not know what the endpoint {name} is called in {region}",
                          value=name, allowed="the full name, as aws ec2 describe-vpc-endpoint-services shows it",
                          hint=f"com.amazonaws.{region}.{name}, or cn.com.amazonaws.{region}.{name}")  # fmt: skip
        elif meant := _meant(service, count, deployment):
            yield Problem(path=path, message=f"the tasks need the endpoint {meant}, and {name} is nearly its name",
                          value=name, hint=f'did you mean "{meant}"?', severity=Severity.WARNING)  # fmt: skip
        seen.add(service)


def _meant(service: str, named: Collection[str], deployment: RegionalDeployment) -> str | None:
    """Return the service that a task needs and that has nearly this name, where no endpoint has the name itself."""
    needed = {each.service for each in services(deployment)}
    if service in needed:
        return None
    return next((each for each in sorted(needed - set(named)) if did_you_mean(service, [each])), None)


RULES = (
    Rule(id="network-one-form", title="The VPC exists or is created, not both",
         link="https://docs.aws.amazon.com/vpc/latest/userguide/how-it-works.html", check=_one_form),
    Rule(id="network-vpc-range", title="A created VPC has a private range with room for its subnets",
         link=_VPC_LINK, check=_range),
    Rule(id="network-vpc-zones", title="The zones of a created VPC are of its region",
         link="https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html",
         check=_zones),
    Rule(id="network-private-database", title="The database of a created VPC has no public address",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
         check=_private_database),
    Rule(id="network-created-endpoints", title="An endpoint to create is one of the region, and there once",
         link="https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
         check=_endpoints),
)  # fmt: skip
