"""What the tasks of a deployment must reach, and the ways that its spec declares."""

from collections.abc import Iterator

from capgen.model.regional import RegionalDeployment
from capgen.topology import DeclaredNetwork
from capgen.topology.needs import Needed, RunningTask, needed_services
from capgen.topology.routes import Routes


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


def routes(deployment: RegionalDeployment) -> Routes:
    """Return the ways that the tasks may take."""
    network = deployment.network
    declared = DeclaredNetwork(nat_gateway=network.nat_gateway, vpc_endpoints=network.vpc_endpoints)
    return Routes(region=deployment.region, public_address=network.assign_public_ip, declared=declared)


def _secret_regions(deployment: RegionalDeployment) -> Iterator[str]:
    """The database's secret is in the region, unless it is one that exists elsewhere."""
    password = deployment.database.password
    existing = password.secret_arn if password.source == "secret" else None
    yield _region(existing) if existing else deployment.region
    for secret in deployment.agent.secrets.values():
        yield _region(secret.secret_arn)


def _region(arn: str) -> str:
    return arn.split(":")[3]
