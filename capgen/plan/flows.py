"""The flows that a spec intends: each tier is reached by the one before it, and by the ranges of `access`."""

from collections.abc import Iterator

from capgen.model.regional import RegionalDeployment
from capgen.topology import DeclaredNetwork, IntendedFlow

_HTTP, _HTTPS, _NFS = 80, 443, 2049


def intended_flows(deployment: RegionalDeployment) -> tuple[IntendedFlow, ...]:
    """Return every flow that the spec asks for, sorted. What is not among them must not exist."""
    access, ports = deployment.access, deployment.agent.ports
    web = (_HTTP, _HTTPS) if deployment.load_balancer.certificate_arn else (_HTTP,)
    database = deployment.database.port
    return tuple(sorted((
        *(_from(cidr, "load_balancer", port, "access.web_cidrs") for cidr in access.web_cidrs for port in web),
        *(_from(cidr, "task", ports.management, "access.management_cidrs") for cidr in access.management_cidrs),
        *(_from(cidr, "database", database, "access.database_cidrs") for cidr in access.database_cidrs),
        _from("load_balancer", "task", ports.web, "agent.ports.web"),
        _from("task", "database", database, "database.port"),
        _from("task", "storage", _NFS, "storage"),
        *_to_endpoints(deployment),
        *(_from("task", rule.cidr, rule.port, "access.egress") for rule in access.egress),
    )))  # fmt: skip


def _to_endpoints(deployment: RegionalDeployment) -> Iterator[IntendedFlow]:
    if deployment.network.has_interface_endpoints:
        yield _from("task", "vpc_endpoint", _HTTPS, "network.vpc_endpoints")


def declared_network(deployment: RegionalDeployment) -> DeclaredNetwork:
    """Return what the spec says of its network: the ways to AWS, sorted, and the tiers that have public addresses.

    Of a VPC that is created nothing has to be said: its routes and endpoints are among the compiled resources.
    """
    network = deployment.network
    exists = network.vpc is None
    public = {
        "load_balancer": not deployment.load_balancer.internal,
        "task": network.assign_public_ip,
        "database": deployment.database.publicly_accessible,
    }
    return DeclaredNetwork(
        nat_gateway=network.nat_gateway,
        vpc_endpoints=tuple(sorted(network.vpc_endpoints)) if exists and network.vpc_endpoints is not None else None,
        public=tuple(tier for tier, has in sorted(public.items()) if has),
    )


def _from(source: str, destination: str, port: int, spec: str) -> IntendedFlow:
    return IntendedFlow(source=source, destination=destination, port=port, spec=spec)
