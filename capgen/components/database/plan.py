"""What the database module is given."""

from dataclasses import dataclass

from capgen.model.database import Database
from capgen.model.names import names_of
from capgen.model.recovery import came_from_replica, is_read_replica
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Remote, Value, outputs, remote_outputs

FORCE_SSL = "rds.force_ssl"
"""The parameter that refuses connections without TLS."""

_OF_THE_SOURCE = frozenset({
    "db_name", "final_snapshot_identifier", "password", "password_version", "skip_final_snapshot",
    "snapshot_identifier", "username",
})  # fmt: skip
"""What a read replica has from its source, or has no use for: AWS takes no last snapshot of one.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
"""

_PARAMETERS = {"log_min_duration_statement": "1000", "log_statement": "ddl"}
"""Statements that take a second or change the schema are logged, unless the spec's parameters say otherwise."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """`protected`: Terraform refuses to destroy or replace the instance, as AWS does under deletion protection.

    `replica`: it is a read replica of an instance in another region, and gets its contents, names and password there.
    """

    protected: bool
    replica: bool


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass what the instance is like, where it lives and how it is watched."""
    database = deployment.database
    shape = Shape(protected=database.deletion_protection, replica=is_read_replica(deployment))
    inputs = {
        **_engine(database),
        **_disk(database),
        **_identity(deployment),
        **_network(database),
        **_upkeep(database),
        **_monitoring(deployment),
    }
    if shape.replica and deployment.counterpart is not None:
        inputs = {name: value for name, value in inputs.items() if name not in _OF_THE_SOURCE}
        inputs["replicate_source_db"] = Remote(deployment.counterpart.region, remote_outputs.DATABASE_ARN)
    return ModulePlan(component="database", shape=shape, inputs=inputs)


def _engine(database: Database) -> dict[str, Value]:
    return {
        "engine_version": database.engine_version,
        "instance_class": database.instance_class,
        "parameter_group_family": f"postgres{database.engine_version.partition('.')[0]}",
        "parameters": {**_PARAMETERS, **database.parameters, FORCE_SSL: "1"},
    }


def _disk(database: Database) -> dict[str, Value]:
    return {
        "allocated_storage": database.allocated_storage,
        "iops": database.iops,
        "max_allocated_storage": database.max_allocated_storage,
        "storage_type": database.storage_type,
    }


def _identity(deployment: RegionalDeployment) -> dict[str, Value]:
    """Name the instance, its database and its key. A restored one keeps those of its snapshot.

    Other names or another key would not be refused: the plan after the restore would replace the instance. One that is,
    or was, a read replica has the names of its source, which may be restored, and a key of its own region.
    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
    """
    database, name = deployment.database, names_of(deployment).database
    replicated = came_from_replica(deployment)
    restored = database.snapshot_identifier is not None and not replicated
    named_elsewhere = restored or replicated
    return {
        "db_name": None if named_elsewhere else database.db_name,
        "final_snapshot_identifier": f"{name}-final",
        "identifier": name,
        "password": outputs.DATABASE_PASSWORD,
        "password_version": database.password.version,
        "snapshot_identifier": database.snapshot_identifier,
        "storage_kms_key_arn": None if restored else outputs.KMS_KEY_ARN,
        "username": None if named_elsewhere else database.username,
    }


def _network(database: Database) -> dict[str, Value]:
    return {
        "ca_cert_identifier": database.ca_cert_identifier,
        "multi_az": database.multi_az,
        "port": database.port,
        "publicly_accessible": database.publicly_accessible,
        "security_group_id": outputs.DATABASE_SECURITY_GROUP_ID,
        "subnet_ids": outputs.DATABASE_SUBNET_IDS,
    }


def _upkeep(database: Database) -> dict[str, Value]:
    return {
        "allow_major_version_upgrade": database.allow_major_version_upgrade,
        "apply_immediately": database.apply_immediately,
        "auto_minor_version_upgrade": database.auto_minor_version_upgrade,
        "backup_retention_period": database.backup_retention_period,
        "backup_window": database.backup_window,
        "deletion_protection": database.deletion_protection,
        "iam_database_authentication_enabled": database.iam_database_authentication_enabled,
        "maintenance_window": database.maintenance_window,
        "skip_final_snapshot": database.skip_final_snapshot,
    }


def _monitoring(deployment: RegionalDeployment) -> dict[str, Value]:
    """Pass key, retention and role only where they are used: AWS refuses them beside what is off."""
    database = deployment.database
    insights = database.performance_insights_enabled
    return {
        "enabled_cloudwatch_logs_exports": sorted(database.enabled_cloudwatch_logs_exports),
        "kms_key_arn": outputs.KMS_KEY_ARN,
        "log_retention_in_days": deployment.logs.retention_in_days,
        "monitoring_interval": database.monitoring_interval,
        "monitoring_role_arn": outputs.DATABASE_MONITORING_ROLE_ARN if database.monitoring_interval else None,
        "performance_insights_enabled": insights,
        "performance_insights_kms_key_arn": outputs.KMS_KEY_ARN if insights else None,
        "performance_insights_retention_period": database.performance_insights_retention_period if insights else None,
    }
