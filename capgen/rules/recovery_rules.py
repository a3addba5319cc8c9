"""What AWS cannot copy between two regions, and what it copies only under conditions."""

from collections.abc import Iterator

from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem
from capgen.region_facts import partition_of
from capgen.rules.pair_rule import PairRule, Sides

_REPLICA_LINK = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html"
_POSTGRES_LINK = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.html"
_UPGRADE_LINK = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.html"
_BACKUPS_OF_REPLICAS = 14
"""The first major version of PostgreSQL whose read replicas RDS backs up."""


def _one_partition(sides: Sides) -> Iterator[Problem]:
    here, there = partition_of(sides.standby.region), partition_of(sides.primary.region)
    if here is not None and there is not None and here != there:
        yield Problem(
            path=("disaster_recovery", "primary_region"),
            message=f"{sides.primary.region} is in partition {there} and {sides.standby.region} in {here}: nothing is "
            "copied from one to the other",
            value=sides.recovery.primary_region,
        )


def _one_account(sides: Sides) -> Iterator[Problem]:
    here, there = _account(sides.standby), _account(sides.primary)
    if here is not None and there is not None and here != there:
        path = ("account_id",) if sides.standby.account_id else ("assume_role", "role_arn")
        yield Problem(
            path=path,
            message=f"{sides.primary.region} belongs to account {there} and {sides.standby.region} to {here}: RDS "
            "makes no read replica, and capgen no replication, in another account",
            value=here,
            allowed=f"account {there} for both",
        )


def _account(deployment: RegionalDeployment) -> str | None:
    if deployment.account_id is not None:
        return deployment.account_id
    return deployment.assume_role.role_arn.split(":")[4] if deployment.assume_role else None


def _keys_alike(sides: Sides) -> Iterator[Problem]:
    """S3 is told one kind of encryption for both sides of a replication."""
    here, there = sides.standby.encryption, sides.primary.encryption
    path = ("encryption", "customer_managed_key")
    if here.customer_managed_key != there.customer_managed_key:
        yield Problem(
            path=path,
            message=f"{sides.primary.region} and {sides.standby.region} must both have a customer managed key, or "
            "neither",
            value=str(here.customer_managed_key).lower(),
        )
    elif sides.recovery.database_replica and not here.customer_managed_key:
        yield Problem(
            path=path,
            message="an encrypted read replica in another region needs a key that can be named, and AWS's own has no "
            "ARN before its first use",
            value="false",
            hint="set encryption.customer_managed_key to true, or disaster_recovery.database_replica to false",
        )


def _primary_backups(sides: Sides) -> Iterator[Problem]:
    if sides.recovery.database_replica and not sides.primary.database.backup_retention_period:
        yield Problem(
            path=("database", "backup_retention_period"),
            message="RDS replicates from its automatic backups, and the primary has none",
            value="0",
            allowed="1 or more",
        )


def _version(sides: Sides) -> Iterator[Problem]:
    here, there = sides.standby.database.engine_version, sides.primary.database.engine_version
    if not sides.recovery.database_replica or sides.recovery.promoted:
        return
    path = ("database", "engine_version")
    if here.partition(".")[0] != there.partition(".")[0]:
        yield Problem(
            path=path,
            message=f"a read replica has the major version of its source, which is {there}",
            value=here,
            allowed=f"a version of {there.partition('.')[0]}",
            hint="a major upgrade takes the replica away and makes it anew: RUNBOOK.md, Upgrade PostgreSQL",
        )
    elif int(here.partition(".")[0]) < _BACKUPS_OF_REPLICAS and sides.standby.database.backup_retention_period:
        yield Problem(
            path=path,
            message=f"RDS backs up read replicas of PostgreSQL {_BACKUPS_OF_REPLICAS} and later, and "
            "database.backup_retention_period asks for it",
            value=here,
            hint=f"set regions.{sides.standby.region}.database.backup_retention_period to 0 until promotion",
        )


def _upgraded_first(sides: Sides) -> Iterator[Problem]:
    """Let the replica be ahead of its source within a major version, as an upgrade leads there, and never behind it."""
    if not sides.recovery.database_replica or sides.recovery.promoted:
        return
    here, there = sides.standby.database.engine_version, sides.primary.database.engine_version
    (major, _, minor), (its_major, _, its_minor) = here.partition("."), there.partition(".")
    if major == its_major and minor and its_minor and int(minor) < int(its_minor):
        yield Problem(
            path=("database", "engine_version"),
            message=f"RDS upgrades a read replica before its source, for which the spec says {there}",
            value=here,
            allowed=f"{there} or later",
            hint=f"apply {sides.standby.region} with the new version first: RUNBOOK.md, Upgrade PostgreSQL",
        )


def _own_snapshot(sides: Sides) -> Iterator[Problem]:
    own = sides.standby.database.snapshot_identifier
    if sides.recovery.database_replica and own is not None and own != sides.primary.database.snapshot_identifier:
        yield Problem(
            path=("database", "snapshot_identifier"),
            message="the standby's database starts as a read replica, and not from a snapshot",
            value=own,
            hint="remove it, or set disaster_recovery.database_replica to false",
        )


RULES = (
    PairRule(id="recovery-one-partition", title="Both regions of a pair are in one partition",
             link="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
             check=_one_partition),
    PairRule(id="recovery-one-account", title="Both regions of a pair belong to one account",
             link=_REPLICA_LINK, check=_one_account),
    PairRule(id="recovery-keys", title="Both regions of a pair encrypt in the same way",
             link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
             check=_keys_alike),
    PairRule(id="recovery-primary-backups", title="The source of a read replica has automatic backups",
             link=_REPLICA_LINK, check=_primary_backups, of_primary=True),
    PairRule(id="recovery-version", title="A read replica has a version that its source can feed",
             link=_POSTGRES_LINK, check=_version),
    PairRule(id="recovery-upgraded-first", title="A read replica is upgraded before its source",
             link=_UPGRADE_LINK, check=_upgraded_first),
    PairRule(id="recovery-own-snapshot", title="A read replica starts from its source alone",
             link=_REPLICA_LINK, check=_own_snapshot),
)  # fmt: skip
