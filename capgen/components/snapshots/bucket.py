"""The bucket: private, versioned, encrypted, logged, and old versions gone in time."""

from dataclasses import dataclass

from capgen.components.snapshots.plan import Shape
from capgen.terraform.expression import Expr
from capgen.terraform.iam import deny_everyone, policy
from capgen.terraform.module import Module

_LOG_PREFIX = "snapshots/"
"""Where the access logs of this bucket lie in the access log bucket, whose policy admits them there."""


@dataclass(frozen=True)
class Bucket:
    """The bucket's name, and what has to be in place before anything is put into it."""

    name: Expr
    ready: tuple[Expr, ...]


def add_bucket(module: Module, shape: Shape, key_arn: Expr | None) -> Bucket:
    """Make the bucket and output it, not before it is closed to others, versioned and encrypted.

    S3 refuses to delete a bucket that holds anything, so without force_destroy neither a destroy nor a change of name
    takes a snapshot away.
    """
    bucket = module.resource("aws_s3_bucket", "this", {
        "bucket": _name(module, shape),
        "force_destroy": module.variable(
            "force_destroy", "bool", "Let terraform destroy delete the bucket with the snapshots in it."
        ),
    })  # fmt: skip
    versioning = module.resource("aws_s3_bucket_versioning", "this", {
        "bucket": bucket["id"], "versioning_configuration": [{"status": "Enabled"}],
    })  # fmt: skip
    ready = (*_closed(module, bucket), versioning, _encryption(module, bucket, key_arn))
    _lifecycle(module, bucket, versioning)
    module.resource("aws_s3_bucket_logging", "this", {
        "bucket": bucket["id"],
        "target_bucket": module.variable("access_log_bucket", "string", "Name of the bucket for access logs."),
        "target_prefix": _LOG_PREFIX,
    })  # fmt: skip
    module.resource("aws_s3_bucket_notification", "this", {"bucket": bucket["id"], "eventbridge": True})
    module.output("bucket_name", bucket["id"], "Name of the snapshot bucket.", depends_on=ready)
    module.output("bucket_arn", bucket["arn"], "ARN of the snapshot bucket.", depends_on=ready)
    return Bucket(bucket["id"], ready)


def _name(module: Module, shape: Shape) -> Expr:
    """Take the name that is given, or compose one: names are global, so it ends in eight digits of account and region.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    """
    if shape.bucket_named:
        return module.variable(
            "bucket_name", "string", "Name of the bucket.",
            validations=[('can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name))',
                          "bucket_name must have 3 to 63 lower case letters, digits, dots or hyphens.")],
        )  # fmt: skip
    account_id = module.variable("account_id", "string", "AWS account ID.")
    region = module.variable("region", "string", "AWS region.")
    name = module.variable("name", "string", "Name of the deployment.")
    prefix = module.variable("bucket_prefix", "string", "Beginning of the name of the bucket.")
    return module.local("bucket_name", f'{prefix}${{substr(sha256("{account_id}/{region}/{name}"), 0, 8)}}')


def _closed(module: Module, bucket: Expr) -> tuple[Expr, ...]:
    """Admit no one but the account's own principals, and these over TLS only.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
    """
    block = module.resource("aws_s3_bucket_public_access_block", "this", {
        "bucket": bucket["id"],
        "block_public_acls": True,
        "block_public_policy": True,
        "ignore_public_acls": True,
        "restrict_public_buckets": True,
    })  # fmt: skip
    ownership = module.resource("aws_s3_bucket_ownership_controls", "this", {
        "bucket": bucket["id"], "rule": [{"object_ownership": "BucketOwnerEnforced"}],
    })  # fmt: skip
    arn = bucket["arn"]
    tls_only = deny_everyone("TlsOnly", ["s3:*"], [arn, f"{arn}/*"], {"Bool": {"aws:SecureTransport": "false"}})
    bucket_policy = module.resource("aws_s3_bucket_policy", "this", {
        "bucket": bucket["id"],
        "policy": policy(tls_only),
        "depends_on": [block.text],  # S3 takes one change to who may see a bucket at a time
    })  # fmt: skip
    return block, ownership, bucket_policy


def _encryption(module: Module, bucket: Expr, key_arn: Expr | None) -> Expr:
    """Encrypt with the customer managed key where there is one; a bucket key saves most of the calls to KMS.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
    """
    algorithm = "aws:kms" if key_arn else "AES256"
    return module.resource("aws_s3_bucket_server_side_encryption_configuration", "this", {
        "bucket": bucket["id"],
        "rule": [{
            "apply_server_side_encryption_by_default": [{"sse_algorithm": algorithm, "kms_master_key_id": key_arn}],
            "bucket_key_enabled": key_arn is not None,
        }],
    })  # fmt: skip


def _lifecycle(module: Module, bucket: Expr, versioning: Expr) -> None:
    """Delete what was overwritten or deleted after a while, and what was never uploaded whole. Nothing else expires."""
    days = module.variable(
        "noncurrent_version_expiration_days", "number", "Days until what was overwritten or deleted is gone.",
        validations=[("var.noncurrent_version_expiration_days >= 1",
                      "noncurrent_version_expiration_days must be 1 or more.")],
    )  # fmt: skip
    module.resource("aws_s3_bucket_lifecycle_configuration", "this", {
        "bucket": bucket["id"],
        "rule": [{
            "id": "expire-noncurrent-versions",
            "status": "Enabled",
            "filter": [{"prefix": ""}],
            "noncurrent_version_expiration": [{"noncurrent_days": days}],
            "abort_incomplete_multipart_upload": [{"days_after_initiation": 7}],
        }],
        "depends_on": [versioning.text],
    })  # fmt: skip
