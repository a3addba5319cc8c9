"""TaskRole: what the agent in the container may do.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
"""

from capgen.components.identity.context import Context
from capgen.components.identity.role import add_role
from capgen.components.identity.task_exec import exec_statements
from capgen.components.identity.trust import trust_tasks
from capgen.terraform.iam import Statement, allow


def add_task_role(context: Context) -> None:
    """Write logs, read snapshots, mount the file system, meter the subscription, and be reached by ECS Exec."""
    statements = [
        _logs(context),
        *_snapshots(context),
        _file_system(context),
        _metering(),
        *exec_statements(context.shape, context.key),
    ]
    add_role(context, "task", "The agent in the container acts with it.", trust_tasks(context.account), statements)


def _logs(context: Context) -> Statement:
    actions = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    return allow("Logs", actions, [f"{context.log_group_arn}:*"])


def _snapshots(context: Context) -> list[Statement]:
    """Read snapshots below the prefix, and write them there where tasks capture.

    The prefix is empty or ends in a slash. Without ListBucket a missing snapshot would look like a forbidden one:
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
    """
    prefix = context.module.variable(
        "snapshot_prefix", "string", "Prefix of the snapshots that tasks may read: empty, or ending in a slash.",
        validations=[('can(regex("^([A-Za-z0-9!_.()-]+/)*$", var.snapshot_prefix))',
                      "snapshot_prefix must be empty or end in a slash, and may hold no wildcard.")],
    )  # fmt: skip
    bucket, capture = context.bucket_arn, context.shape.task_capture
    objects = ["s3:GetObject", "s3:PutObject"] if capture else ["s3:GetObject"]
    statements = [
        allow("Snapshots", objects, [f"{bucket}/{prefix}*"]),
        allow("ListSnapshots", ["s3:ListBucket"], [bucket], {"StringLike": {"s3:prefix": f"{prefix}*"}}),
    ]
    if context.key:
        use = ("kms:Decrypt", "kms:GenerateDataKey") if capture else ("kms:Decrypt",)
        statements.append(context.key.through("SnapshotKey", "s3", use))
    return statements


def _file_system(context: Context) -> Statement:
    """Mount and write through the access point alone, which makes every file the agent's own: never as root.

    https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
    """
    file_system = context.module.variable("file_system_arn", "string", "ARN of the file system.")
    access_point = context.module.variable("access_point_arn", "string", "ARN of the file system's access point.")
    actions = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    through = {"StringEquals": {"elasticfilesystem:AccessPointArn": str(access_point)}}
    return allow("FileSystem", actions, [file_system], through)


def _metering() -> Statement:
    """Let the container prove its subscription. Neither action knows resources or conditions.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsmarketplacemeteringservice.html
    """
    return allow("MarketplaceMetering", ["aws-marketplace:RegisterUsage", "aws-marketplace:MeterUsage"], ["*"])
