"""The patches that fill moto's gaps, one concept to a file; `gaps.json` says why each exists."""

from tests.emulator.patches import (
    autoscaling_tags,
    backup_selection,
    backup_tags,
    cloudformation_secret,
    ec2_rule_description,
    ecs_running_tasks,
    ecs_service_settings,
    efs_backup_policy,
    efs_policy_deletion,
    efs_protection,
    efs_replication,
    iam_service_credentials,
    kms_rotation_period,
    lambda_logging,
    logs_group_class,
    rds_instance_settings,
    rds_parameter_source,
    rds_read_replica,
    s3_eventbridge,
    s3_lifecycle_document,
    s3_log_permission,
    s3_policy_condition,
    s3_replication_document,
    secretsmanager_replica,
)

PATCHES = (
    autoscaling_tags,
    backup_selection,
    backup_tags,
    cloudformation_secret,
    ec2_rule_description,
    ecs_running_tasks,
    ecs_service_settings,
    efs_backup_policy,
    efs_policy_deletion,
    efs_protection,
    efs_replication,
    iam_service_credentials,
    kms_rotation_period,
    lambda_logging,
    logs_group_class,
    rds_instance_settings,
    rds_parameter_source,
    rds_read_replica,
    s3_eventbridge,
    s3_lifecycle_document,
    s3_log_permission,
    s3_policy_condition,
    s3_replication_document,
    secretsmanager_replica,
)


def apply() -> None:
    """Apply every patch."""
    for patch in PATCHES:
        patch.apply()
