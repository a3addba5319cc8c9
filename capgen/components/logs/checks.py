"""What the logs module's own test holds it to."""

from capgen.components.logs.plan import Shape
from capgen.terraform.checks import Check, Checks

_STATEMENTS = "jsondecode(aws_s3_bucket_policy.access_logs.policy).Statement"
_BLOCK = "aws_s3_bucket_public_access_block.access_logs"
_SERVICES = "logdelivery.elasticloadbalancing.amazonaws.com", "logging.s3.amazonaws.com"
_ENCRYPTION = "one(aws_s3_bucket_server_side_encryption_configuration.access_logs.rule)"
_LIFECYCLE = "aws_s3_bucket_lifecycle_configuration.access_logs.rule"


def checks(shape: Shape) -> Checks:
    """Hold the log group to its key and retention, and the bucket to being private and to who may deliver."""
    del shape
    services = ", ".join(f'"{service}"' for service in _SERVICES)
    return Checks(
        example={"bucket_prefix": "example-access-logs-", "retention_in_days": 365},
        holds=(
            Check(
                "aws_cloudwatch_log_group.this.kms_key_id == var.kms_key_arn",
                "The log group must be encrypted with the key.",
            ),
            Check(
                "aws_cloudwatch_log_group.this.retention_in_days == var.retention_in_days "
                f"&& alltrue([for rule in {_LIFECYCLE} : rule.expiration[0].days == var.retention_in_days])",
                "Log events and access logs must be kept for retention_in_days.",
            ),
            Check(
                f"alltrue([{_BLOCK}.block_public_acls, {_BLOCK}.block_public_policy, {_BLOCK}.ignore_public_acls, "
                f"{_BLOCK}.restrict_public_buckets])",
                "The bucket must be closed to the public.",
            ),
            Check(
                'aws_s3_bucket_versioning.access_logs.versioning_configuration[0].status == "Enabled"',
                "The bucket must be versioned.",
            ),
            Check(
                f'{_ENCRYPTION}.apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"',
                "The bucket must be encrypted with S3's own keys, the only ones that load balancers deliver to.",
            ),
            Check(
                f'toset(flatten([for each in {_STATEMENTS} : values(each.Principal) if each.Effect == "Allow"])) '
                f"== toset([{services}])",
                "Load balancers and S3 itself must be all that may deliver to the bucket.",
            ),
            Check(
                f'anytrue([for each in {_STATEMENTS} : each.Effect == "Deny" && each.Principal == {{ AWS = "*" }} '
                '&& try(each.Condition.Bool["aws:SecureTransport"], "") == "false"])',
                "The bucket must refuse requests without TLS.",
            ),
            Check(
                "aws_s3_bucket.access_logs.force_destroy == var.force_destroy",
                "Logs must not be deleted with the bucket unless force_destroy says so.",
            ),
        ),
    )
