"""The spec's `database` section."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Password:
    """Where the master password comes from. The password itself is never in a spec."""

    source: Literal["generated", "variable", "secret"]
    secret_arn: str | None = None
    secret_key: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Database:
    """The RDS PostgreSQL instance."""

    db_name: str
    username: str
    password: Password
    engine_version: str
    instance_class: str
    allocated_storage: int
    max_allocated_storage: int
    storage_type: Literal["gp2", "gp3", "io1", "io2"]
    iops: int | None = None
    port: int
    multi_az: bool
    publicly_accessible: bool
    backup_retention_period: int
    backup_window: str
    maintenance_window: str
    deletion_protection: bool
    skip_final_snapshot: bool
    snapshot_identifier: str | None = None
    parameters: Mapping[str, str]
    enabled_cloudwatch_logs_exports: tuple[Literal["postgresql", "upgrade"], ...]
    performance_insights_enabled: bool
    performance_insights_retention_period: int
    monitoring_interval: int
    iam_database_authentication_enabled: bool
    auto_minor_version_upgrade: bool
    allow_major_version_upgrade: bool
    apply_immediately: bool
    ca_cert_identifier: str | None = None
