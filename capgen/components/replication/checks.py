"""What the replication module's own test holds it to."""

from capgen.components.replication.plan import Shape
from capgen.terraform.checks import Check, Checks
from capgen.terraform.expression import Json

_STATEMENTS = "jsondecode(aws_iam_role_policy.snapshot_replication.policy).Statement"
_FILES = "aws_efs_replication_configuration.this"
_RULE = "aws_s3_bucket_replication_configuration.this.rule[0]"


def checks(shape: Shape) -> Checks:
    """Hold it to where data comes from and goes to, and the role to these two buckets."""
    return Checks(
        example=_example(),
        holds=(
            *(_FILE_CHECKS if shape.files else ()),
            *(_snapshot_checks(shape) if shape.snapshots else ()),
            *(_KEY_CHECKS if shape.snapshots and shape.customer_managed_key else ()),
        ),
        refused={
            "destination_file_system_id": "example",
            "role_name": "no such name",
            "source_file_system_id": "example",
        },
    )


_FILE_CHECKS = (
    Check(
        f"{_FILES}.source_file_system_id == var.source_file_system_id "
        f"&& {_FILES}.destination[0].file_system_id == var.destination_file_system_id "
        f"&& {_FILES}.destination[0].region == var.destination_region",
        "Files must be replicated from source_file_system_id to destination_file_system_id and nowhere else.",
    ),
)


def _snapshot_checks(shape: Shape) -> tuple[Check, ...]:
    keys = ", var.source_kms_key_arn, var.destination_kms_key_arn" if shape.customer_managed_key else ""
    known = f'["arn:${{var.partition}}:s3:::${{var.source_bucket_name}}", var.destination_bucket_arn{keys}]'
    return (
        Check(
            "aws_s3_bucket_replication_configuration.this.bucket == var.source_bucket_name "
            f'&& {_RULE}.destination[0].bucket == var.destination_bucket_arn && {_RULE}.status == "Enabled"',
            "Snapshots must be replicated from source_bucket_name to destination_bucket_arn.",
        ),
        Check(
            f"alltrue([for arn in flatten([for each in {_STATEMENTS} : each.Resource]) : "
            f'anytrue([for known in {known} : arn == known || arn == "${{known}}/*"])])',
            "The role must reach nothing but the two buckets and their keys.",
        ),
        Check(
            "jsondecode(aws_iam_role.snapshot_replication.assume_role_policy).Statement[0].Principal "
            '== { Service = "s3.amazonaws.com" }',
            "S3 alone may assume the role.",
        ),
    )


_KEY_CHECKS = (
    Check(
        f"{_RULE}.destination[0].encryption_configuration[0].replica_kms_key_id == var.destination_kms_key_arn",
        "Copies must be encrypted with the key of their own region.",
    ),
    Check(
        f'alltrue([for each in {_STATEMENTS} : can(each.Condition.StringEquals["kms:ViaService"]) '
        'if anytrue([for action in each.Action : startswith(action, "kms:")])])',
        "The role may use a key by way of S3 alone.",
    ),
)


def _example() -> dict[str, Json]:
    return {
        "destination_bucket_arn": "arn:aws:s3:::example-copies",
        "destination_file_system_id": "fs-0f1e2d3c4b5a69788",
        "destination_kms_key_arn": "arn:aws:kms:eu-central-1:123456789012:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        "destination_region": "eu-central-1",
        "permissions_boundary": None,
        "role_name": "example-snapshot-replication",
        "snapshot_prefix": "",
        "source_bucket_name": "example-snapshots",
        "source_file_system_id": "fs-0a1b2c3d4e5f60718",
        "source_kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
        "source_region": "eu-west-1",
    }
