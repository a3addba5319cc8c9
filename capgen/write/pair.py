"""What the runbook of a region tells about the other region of its disaster recovery pair."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from capgen.model.names import names_of
from capgen.model.recovery import copying, is_read_replica, role
from capgen.model.regional import RegionalDeployment
from capgen.synth.compiled import CompiledRoot

_HANDED_OVER = "primary_"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The facts of a pair, as the runbook's template asks for them.

    `handed_over` are the outputs of the primary that this root has variables for, `state` the place of the state that
    it reads instead; `state_in_primary` says that its own state lies in the primary's region. `replica`: the region's
    database is a read replica. `tasks` is how many the primary runs, at least one; `scaled_externally` says that
    Terraform leaves the number of the standby's alone.
    """

    role: Literal["primary", "standby"]
    primary: str
    standby: str
    promoted: bool
    order: tuple[tuple[str, ...], ...]
    database: bool
    files: bool
    snapshots: bool
    own_secret: bool
    handed_over: tuple[str, ...]
    state: str | None
    state_in_primary: bool
    replica: bool
    retention: int
    tasks: int
    scaled_externally: bool
    replication_role: str
    dns: str

    @property
    def copied(self) -> tuple[str, ...]:
        """What is copied to the standby, in words."""
        told = {
            "the database (a read replica)": self.database,
            "its secret": self.own_secret,
            "the file system": self.files,
            "snapshots": self.snapshots,
        }
        return tuple(what for what, is_copied in told.items() if is_copied) or ("nothing",)


def pair_of(deployment: RegionalDeployment, root: CompiledRoot, order: tuple[tuple[str, ...], ...]) -> Pair | None:
    """Return the facts of a region's pair; None for a region that stands alone."""
    recovery, counterpart, own = deployment.disaster_recovery, deployment.counterpart, role(deployment)
    if recovery is None or counterpart is None or own == "alone":
        return None
    standby = deployment.region if own == "standby" else counterpart.region
    external = deployment.deployment.desired_count_owner == "external"
    return Pair(
        role=own,
        primary=recovery.primary_region,
        standby=standby,
        promoted=recovery.promoted,
        order=order,
        database=recovery.database_replica,
        files=recovery.file_replication,
        snapshots=recovery.snapshot_replication,
        own_secret=recovery.database_replica and deployment.database.password.source != "secret",
        handed_over=_handed_over(root.document.get("variable", {})),
        state=_state(root),
        state_in_primary=deployment.state.region == recovery.primary_region and copying(deployment) is not None,
        replica=is_read_replica(deployment),
        tasks=max(1, deployment.scaling.desired_count if own == "primary" else counterpart.desired_count),
        scaled_externally=external if own == "standby" else counterpart.tasks_scaled_externally,
        retention=deployment.database.backup_retention_period,
        replication_role=_replication_role(deployment, standby),
        dns=_dns(deployment, standby),
    )


def _handed_over(variables: Collection[str]) -> tuple[str, ...]:
    return tuple(name.removeprefix(_HANDED_OVER) for name in sorted(variables) if name.startswith(_HANDED_OVER))


def _state(root: CompiledRoot) -> str | None:
    for found in root.document.get("data", {}).get("terraform_remote_state", {}).values():
        config = found["config"]
        return f"`{config['path']}`" if "path" in config else f"`s3://{config['bucket']}/{config['key']}`"
    return None


def _replication_role(deployment: RegionalDeployment, standby: str) -> str:
    name, own = names_of(deployment).snapshot_replication_role, f"{deployment.name}-{deployment.region}"
    return f"{deployment.name}-{standby}{name.removeprefix(own)}"


def _dns(deployment: RegionalDeployment, standby: str) -> str:
    if deployment.dns is not None and deployment.dns.routing == "failover":
        name = deployment.dns.name
        return (
            f"Route 53 sends clients of `{name}` to `{standby}` once the primary's health check fails, and the next "
            "apply of the primary's root takes its record away, so that they do not go back. See where they go: "
            f"`dig +short {name}`."
        )
    return f"Point your name at the load balancer of `{standby}`: its root's output `agent_management_endpoint`."
