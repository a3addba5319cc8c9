"""What disaster recovery makes of a region: whether it serves or stands by, and what is copied."""

from capgen.model.disaster_recovery import DisasterRecovery, Role
from capgen.model.regional import RegionalDeployment


def role(deployment: RegionalDeployment) -> Role:
    """Return what the region is. A standby that has taken over is still called one: its root differs accordingly."""
    recovery = deployment.disaster_recovery
    if recovery is None:
        return "alone"
    return "primary" if recovery.primary_region == deployment.region else "standby"


def copying(deployment: RegionalDeployment) -> DisasterRecovery | None:
    """Return the section while data is copied between the regions; None without one, and after promotion."""
    recovery = deployment.disaster_recovery
    return None if recovery is None or recovery.promoted else recovery


def is_read_replica(deployment: RegionalDeployment) -> bool:
    """Say whether the region's database is a read replica of the primary's."""
    recovery = copying(deployment)
    return recovery is not None and recovery.database_replica and role(deployment) == "standby"


def came_from_replica(deployment: RegionalDeployment) -> bool:
    """Say whether the region's database is, or was made as, a read replica: names and password are the primary's."""
    recovery = deployment.disaster_recovery
    return recovery is not None and recovery.database_replica and role(deployment) == "standby"


def receives_files(deployment: RegionalDeployment) -> bool:
    """Say whether the region's file system is overwritten with the primary's."""
    recovery = copying(deployment)
    return recovery is not None and recovery.file_replication and role(deployment) == "standby"


def hands_on_secret(deployment: RegionalDeployment) -> bool:
    """Say whether the region's own database secret is replicated to the standby: its tasks sign in with it."""
    recovery = copying(deployment)
    own = deployment.database.password.source != "secret"
    return recovery is not None and recovery.database_replica and own and role(deployment) == "primary"


def reads_replica_of_secret(deployment: RegionalDeployment) -> bool:
    """Say whether the region's database secret is the replica of the primary's, rather than one of its own."""
    return came_from_replica(deployment) and deployment.database.password.source != "secret"


def asks_for_password(deployment: RegionalDeployment) -> bool:
    """Say whether the operator hands the master password over. A standby has the primary's, with the secret."""
    return deployment.database.password.source == "variable" and not came_from_replica(deployment)
