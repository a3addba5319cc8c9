"""The VPC endpoints that are created: what each is called, and of which kind it is."""

from dataclasses import dataclass

from capgen.model.network import is_gateway
from capgen.model.regional import RegionalDeployment
from capgen.region_facts import partition_of
from capgen.resources import table
from capgen.topology.routes import endpoint_of


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One endpoint. `service_name` is AWS's, None where capgen does not know it; `restricted`: it takes a policy."""

    service: str
    service_name: str | None
    gateway: bool
    restricted: bool


def created_endpoints(deployment: RegionalDeployment) -> tuple[Endpoint, ...]:
    """Return the endpoints that a VPC of the deployment's own gets, sorted; none for a VPC that exists."""
    if deployment.network.vpc is None:
        return ()
    named = deployment.network.vpc_endpoints or ()
    return tuple(sorted((_endpoint(name, deployment.region) for name in named), key=lambda one: one.service))


def _endpoint(name: str, region: str) -> Endpoint:
    known = table("aws/vpc_endpoints.json")
    _, service = endpoint_of(name, region)
    return Endpoint(
        service=service,
        service_name=_service_name(service, region) if service == name else name,
        gateway=is_gateway(name),
        restricted=service in known["policy"],
    )


def _service_name(service: str, region: str) -> str | None:
    """Name an endpoint as AWS does in the region's partition.

    https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
    """
    if partition_of(region) != "aws-cn":
        return f"com.amazonaws.{region}.{service}"
    prefixes = table("aws/vpc_endpoints.json")["cn"].items()
    return next((f"{prefix}.{region}.{service}" for prefix, services in prefixes if service in services), None)
