"""The bucket for access logs.

Elastic Load Balancing delivers only to a bucket in the same region that is encrypted with S3's own keys:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
"""

from capgen.terraform.expression import Expr
from capgen.terraform.iam import allow_principal, deny_everyone, policy
from capgen.terraform.module import Module


def access_log_bucket(module: Module, retention: Expr) -> None:
    """Make the bucket. Its name ends in eight digits that depend on account and region, since names are global."""
    account_id = module.variable("account_id", "string", "AWS account ID.")
    region = module.variable("region", "string", "AWS region.")
    prefix = module.variable("bucket_prefix", "string", "Beginning of the name of the access log bucket.")
    name = module.local("bucket", f'{prefix}${{substr(sha256("{account_id}/{region}/{prefix}"), 0, 8)}}')
    bucket = module.resource("aws_s3_bucket", "access_logs", {
        "bucket": name,
        "force_destroy": module.variable("force_destroy", "bool", "Let terraform destroy delete the logs too."),
    })  # fmt: skip
    _close(module, bucket)
    _expire(module, bucket, retention)
    module.resource("aws_s3_bucket_notification", "access_logs", {"bucket": bucket["id"], "eventbridge": True})
    delivery = module.resource("aws_s3_bucket_policy", "access_logs", {
        "bucket": bucket["id"],
        "policy": _policy(module, bucket, account_id),
        "depends_on": ["aws_s3_bucket_public_access_block.access_logs"],
    })  # fmt: skip
    module.output("access_log_bucket", bucket["id"], "Name of the bucket for access logs.", depends_on=[delivery])


def _close(module: Module, bucket: Expr) -> None:
    """Keep the bucket private, versioned and encrypted."""
    of_bucket = {"bucket": bucket["id"]}
    module.resource("aws_s3_bucket_public_access_block", "access_logs", {
        **of_bucket,
        "block_public_acls": True,
        "block_public_policy": True,
        "ignore_public_acls": True,
        "restrict_public_buckets": True,
    })  # fmt: skip
    module.resource("aws_s3_bucket_ownership_controls", "access_logs", {
        **of_bucket, "rule": [{"object_ownership": "BucketOwnerEnforced"}],
    })  # fmt: skip
    module.resource("aws_s3_bucket_versioning", "access_logs", {
        **of_bucket, "versioning_configuration": [{"status": "Enabled"}],
    })  # fmt: skip
    module.resource("aws_s3_bucket_server_side_encryption_configuration", "access_logs", {
        **of_bucket,
        "rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "AES256"}]}],
    })  # fmt: skip


def _expire(module: Module, bucket: Expr, retention: Expr) -> None:
    """Delete logs when the log group's retention is over."""
    module.resource("aws_s3_bucket_lifecycle_configuration", "access_logs", {
        "bucket": bucket["id"],
        "rule": [{
            "id": "expire",
            "status": "Enabled",
            "filter": [{"prefix": ""}],
            "expiration": [{"days": retention}],
            "noncurrent_version_expiration": [{"noncurrent_days": 1}],
            "abort_incomplete_multipart_upload": [{"days_after_initiation": 7}],
        }],
        "depends_on": ["aws_s3_bucket_versioning.access_logs"],
    })  # fmt: skip


def _policy(module: Module, bucket: Expr, account_id: Expr) -> str:
    """Accept deliveries of the load balancer and of S3 itself, each under its own prefix, and nothing without TLS."""
    partition = module.variable("partition", "string", "AWS partition.")
    arn = bucket["arn"]
    return policy(
        allow_principal(
            "LoadBalancerLogs",
            {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
            ["s3:PutObject"],
            [f"{arn}/load-balancer/AWSLogs/{account_id}/*"],
        ),
        allow_principal(
            "BucketLogs",
            {"Service": "logging.s3.amazonaws.com"},
            ["s3:PutObject"],
            [f"{arn}/snapshots/*"],
            {
                "StringEquals": {"aws:SourceAccount": str(account_id)},
                "ArnLike": {"aws:SourceArn": f"arn:{partition}:s3:::*"},
            },
        ),
        deny_everyone("TlsOnly", ["s3:*"], [arn, f"{arn}/*"], {"Bool": {"aws:SecureTransport": "false"}}),
    )
