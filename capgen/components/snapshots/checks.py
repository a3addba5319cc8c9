"""What the snapshots module's own test holds it to."""

from capgen.components.snapshots.files import FUNCTION_ZIP, SCRIPT
from capgen.components.snapshots.plan import Shape
from capgen.terraform.checks import Check, Checks
from capgen.terraform.expression import Json
from capgen.terraform.functions import filebase64sha256, filesha256

_STATEMENTS = "jsondecode(aws_s3_bucket_policy.this.policy).Statement"
_BLOCK = "aws_s3_bucket_public_access_block.this"
_ENCRYPTION = "one(aws_s3_bucket_server_side_encryption_configuration.this.rule)"
_DEFAULT = f"{_ENCRYPTION}.apply_server_side_encryption_by_default[0]"
_LIFECYCLE = "one(aws_s3_bucket_lifecycle_configuration.this.rule)"
_FUNCTION = "aws_lambda_function.publisher"
_SCRIPT_HASH = filesha256(f"${{path.module}}/{SCRIPT}").text
_ZIP_HASH = filebase64sha256(f"${{path.module}}/{FUNCTION_ZIP}").text

_ALWAYS = (
    Check(
        f"alltrue([{_BLOCK}.block_public_acls, {_BLOCK}.block_public_policy, {_BLOCK}.ignore_public_acls, "
        f"{_BLOCK}.restrict_public_buckets])",
        "The bucket must be closed to the public.",
    ),
    Check(
        f'length({_STATEMENTS}) == 1 && {_STATEMENTS}[0].Effect == "Deny" '
        f'&& {_STATEMENTS}[0].Principal == {{ AWS = "*" }} '
        f'&& try({_STATEMENTS}[0].Condition.Bool["aws:SecureTransport"], "") == "false"',
        "The bucket's policy must refuse requests without TLS, and allow nothing.",
    ),
    Check(
        'aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"', "The bucket must be versioned."
    ),
    Check(
        "aws_s3_bucket.this.force_destroy == var.force_destroy",
        "Snapshots must not be deleted with the bucket unless force_destroy says so.",
    ),
    Check(
        f"length({_LIFECYCLE}.expiration) == 0 && {_LIFECYCLE}.noncurrent_version_expiration[0].noncurrent_days "
        "== var.noncurrent_version_expiration_days",
        "A snapshot must never expire, and what it replaced only after noncurrent_version_expiration_days.",
    ),
    Check(
        "aws_s3_bucket_logging.this.target_bucket == var.access_log_bucket",
        "Access must be logged to the bucket for access logs.",
    ),
)


def checks(shape: Shape) -> Checks:
    """Hold the bucket to being closed, versioned and encrypted, and see that the script gets into it."""
    return Checks(
        example=_example(),
        holds=(*_ALWAYS, _encryption(shape), *(_by_lambda(shape) if shape.publisher == "lambda" else _by_terraform())),
        refused={
            "bucket_name": "Example_Snapshots",
            "helper_script_key": "snapshots/cap-snapshot.sh",
            "noncurrent_version_expiration_days": 0,
        },
    )


def _example() -> dict[str, Json]:
    return {
        "bucket_name": "example-snapshots",
        "bucket_prefix": "example-snapshots-",
        "function_name": "example-snapshot-script",
        "helper_script_key": "scripts/cap-snapshot.sh",
        "noncurrent_version_expiration_days": 365,
        "role_arn": "arn:aws:iam::123456789012:role/example-snapshot-script",
    }


def _encryption(shape: Shape) -> Check:
    if shape.customer_managed_key:
        condition = f'{_DEFAULT}.sse_algorithm == "aws:kms" && {_DEFAULT}.kms_master_key_id == var.kms_key_arn'
        return Check(condition, "The bucket must be encrypted with the key.")
    return Check(f'{_DEFAULT}.sse_algorithm == "AES256"', "The bucket must be encrypted with S3's own keys.")


def _by_lambda(shape: Shape) -> tuple[Check, ...]:
    key = "&& aws_cloudwatch_log_group.publisher.kms_key_id == var.kms_key_arn" if shape.customer_managed_key else ""
    return (
        Check(
            f"{_FUNCTION}.role == var.role_arn && {_FUNCTION}.source_code_hash == {_ZIP_HASH}",
            "The function must be the one beside the module, and act in its own role.",
        ),
        Check(
            "jsondecode(aws_lambda_invocation.publisher.input).key == var.helper_script_key "
            f"&& jsondecode(aws_lambda_invocation.publisher.input).sha256 == {_SCRIPT_HASH}",
            "The function must publish the script beside the module at helper_script_key.",
        ),
        Check(
            f"aws_cloudwatch_log_group.publisher.retention_in_days == var.log_retention_in_days {key}".rstrip(),
            "The function's log group must keep events for log_retention_in_days, encrypted as the bucket is.",
        ),
    )


def _by_terraform() -> tuple[Check, ...]:
    script = "aws_s3_object.helper_script"
    condition = f"{script}.key == var.helper_script_key && {script}.source_hash == {_SCRIPT_HASH}"
    return (Check(condition, "The script beside the module must be published at helper_script_key."),)
