"""What the database module's own test holds it to."""

from capgen.components.database.plan import FORCE_SSL, Shape
from capgen.terraform.checks import Check, Checks
from capgen.terraform.expression import Json

_INSTANCE, _PARAMETERS = "aws_db_instance.this", "aws_db_parameter_group.this"
_KEY = "arn:aws:kms:eu-west-1:123456789012:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"

_HOLDS = (
    Check(
        f"{_INSTANCE}.storage_encrypted && {_INSTANCE}.kms_key_id == var.storage_kms_key_arn",
        "The disk must be encrypted with the key.",
    ),
    Check(
        f"{_INSTANCE}.publicly_accessible == var.publicly_accessible",
        "Only publicly_accessible may decide whether the database has a public address.",
    ),
    Check(
        f"{_INSTANCE}.vpc_security_group_ids == toset([var.security_group_id])",
        "The security group of security_group_id must be its only one.",
    ),
    Check(
        f'lookup({{ for each in {_PARAMETERS}.parameter : each.name => each.value }}, "{FORCE_SSL}", "0") == "1" '
        f"&& {_INSTANCE}.parameter_group_name == {_PARAMETERS}.name",
        "Connections without TLS must be refused.",
    ),
    Check(
        f"{_INSTANCE}.iam_database_authentication_enabled == var.iam_database_authentication_enabled",
        "IAM tokens must be taken where iam_database_authentication_enabled says so.",
    ),
    Check(f"{_INSTANCE}.multi_az == var.multi_az", "A standby must wait in another zone where multi_az says so."),
    Check(
        f"{_INSTANCE}.deletion_protection == var.deletion_protection",
        "AWS must refuse to delete the database where deletion_protection says so.",
    ),
    Check(
        f"{_INSTANCE}.backup_retention_period == var.backup_retention_period && {_INSTANCE}.copy_tags_to_snapshot",
        "Backups must be kept for backup_retention_period, with their tags.",
    ),
    Check(
        "toset(keys(aws_cloudwatch_log_group.export)) == toset(var.enabled_cloudwatch_logs_exports) "
        f"&& {_INSTANCE}.enabled_cloudwatch_logs_exports == toset(var.enabled_cloudwatch_logs_exports)",
        "Every exported log must have a log group of the module's.",
    ),
    Check(
        "alltrue([for group in aws_cloudwatch_log_group.export : group.kms_key_id == var.kms_key_arn "
        "&& group.retention_in_days == var.log_retention_in_days])",
        "Log groups must be encrypted with the key, and keep events for log_retention_in_days.",
    ),
    Check(
        f"{_INSTANCE}.performance_insights_kms_key_id == var.performance_insights_kms_key_arn",
        "Performance Insights must be encrypted with the key.",
    ),
)


_ON_ITS_OWN = (
    Check(
        f"{_INSTANCE}.password == null && {_INSTANCE}.password_wo_version == var.password_version",
        "The password must be handed over by the write-only argument, which Terraform keeps nowhere.",
    ),
    Check(
        f"{_INSTANCE}.skip_final_snapshot == var.skip_final_snapshot "
        f"&& {_INSTANCE}.final_snapshot_identifier == var.final_snapshot_identifier",
        "A last snapshot must be made unless skip_final_snapshot says otherwise.",
    ),
)

_REPLICA = (
    Check(
        f"{_INSTANCE}.replicate_source_db == var.replicate_source_db",
        "It must be a read replica of replicate_source_db.",
    ),
    Check(
        f"{_INSTANCE}.password == null && {_INSTANCE}.password_wo_version == null",
        "A read replica must be given no password: it has its source's.",
    ),
)


def checks(shape: Shape) -> Checks:
    """Hold it to encryption, to who reaches it, and to what can be had back. A plan shows no `prevent_destroy`."""
    return Checks(
        example=_example(),
        holds=(*_HOLDS, *(_REPLICA if shape.replica else _ON_ITS_OWN)),
        refused={
            "allocated_storage": 19,
            "backup_retention_period": 36,
            "engine_version": "latest",
            "instance_class": "m6g.large",
            "max_allocated_storage": 54,
            "monitoring_interval": 2,
            "parameter_group_family": "postgres",
            "parameters": {FORCE_SSL: "0"},
            "password": "with space",
            "port": 80,
            "replicate_source_db": "example-db",
            "storage_type": "magnetic",
        },
    )


def _example() -> dict[str, Json]:
    return {
        "allocated_storage": 50,
        "allow_major_version_upgrade": False,
        "apply_immediately": False,
        "auto_minor_version_upgrade": True,
        "backup_retention_period": 30,
        "backup_window": "02:00-03:00",
        "ca_cert_identifier": "rds-ca-rsa2048-g1",
        "db_name": "example",
        "deletion_protection": True,
        "enabled_cloudwatch_logs_exports": ["postgresql", "upgrade"],
        "engine_version": "17",
        "final_snapshot_identifier": "example-db-final",
        "iam_database_authentication_enabled": True,
        "identifier": "example-db",
        "instance_class": "db.m6g.large",
        "iops": None,
        "maintenance_window": "sun:03:30-sun:04:30",
        "max_allocated_storage": 200,
        "monitoring_interval": 60,
        "monitoring_role_arn": "arn:aws:iam::123456789012:role/example-db-monitoring",
        "multi_az": True,
        "parameter_group_family": "postgres17",
        "parameters": {FORCE_SSL: "1"},
        "password": "not-a-real-one",
        "performance_insights_enabled": True,
        "performance_insights_kms_key_arn": _KEY,
        "performance_insights_retention_period": 7,
        "port": 5432,
        "publicly_accessible": False,
        "replicate_source_db": "arn:aws:rds:us-east-1:123456789012:db:example-db",
        "skip_final_snapshot": False,
        "snapshot_identifier": None,
        "storage_kms_key_arn": _KEY,
        "storage_type": "gp3",
        "username": "example",
    }
