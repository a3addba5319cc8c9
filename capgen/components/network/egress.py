"""What the tasks of a deployment must reach, and the ways that its spec declares or has created."""

from collections.abc import Iterator

from capgen.model.regional import RegionalDeployment
from capgen.topology import DeclaredNetwork
from capgen.topology.needs import Needed, RunningTask, needed_services
from capgen.topology.routes import Routes

_HTTPS = 443


def services(deployment: RegionalDeployment) -> tuple[Needed, ...]:
    """Return what the tasks must reach."""
    agent, snapshots = deployment.agent, deployment.snapshots
    return needed_services(
        RunningTask(
            region=deployment.region,
            images=(agent.image,),
            secret_regions=tuple(sorted(set(_secret_regions(deployment)))),
            log_regions=(deployment.region,),
            execute_command=agent.execute_command,
            execute_command_key=deployment.encryption.customer_managed_key,
            snapshots=snapshots.gold_master_key is not None or snapshots.task_capture,
        )
    )


def ways_out(deployment: RegionalDeployment) -> DeclaredNetwork:
    """Return NAT and endpoints: those that the spec declares of a VPC that exists, or all that a created one has."""
    network = deployment.network
    if network.vpc is None:
        return DeclaredNetwork(nat_gateway=network.nat_gateway, vpc_endpoints=network.vpc_endpoints)
    return DeclaredNetwork(
        nat_gateway=network.vpc.nat_gateways != "none",
        vpc_endpoints=network.vpc_endpoints or (),
    )


def routes(deployment: RegionalDeployment) -> Routes:
    """Return the ways that the tasks may take."""
    public = deployment.network.assign_public_ip
    return Routes(region=deployment.region, public_address=public, declared=ways_out(deployment))


def allowed(deployment: RegionalDeployment) -> list[tuple[str, int, int]]:
    """Return where security groups let the tasks out to: what `access.egress` says, and endpoints that are created."""
    network = deployment.network
    found = [(rule.cidr, rule.port, rule.port) for rule in deployment.access.egress]
    if network.vpc is not None and network.has_interface_endpoints:
        found.append((network.vpc.cidr_block, _HTTPS, _HTTPS))
    return found


def _secret_regions(deployment: RegionalDeployment) -> Iterator[str]:
    """The database's secret is in the region, unless it is one that exists elsewhere."""
    password = deployment.database.password
    existing = password.secret_arn if password.source == "secret" else None
    yield _region(existing) if existing else deployment.region
    for secret in deployment.agent.secrets.values():
        yield _region(secret.secret_arn)


def _region(arn: str) -> str:
    return arn.split(":")[3]
