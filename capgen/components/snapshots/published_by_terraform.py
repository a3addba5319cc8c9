"""The helper script as an object that Terraform writes itself."""

from capgen.components.snapshots.bucket import Bucket
from capgen.components.snapshots.files import SCRIPT
from capgen.terraform.expression import Expr
from capgen.terraform.functions import filesha256
from capgen.terraform.module import Module


def publish_by_terraform(module: Module, bucket: Bucket, script_key: Expr, key_arn: Expr | None) -> None:
    """Upload the script, and again when it changes.

    The hash stands in for an etag, which is no digest of the content under KMS. The provider's default tags are left
    off: S3 takes ten tags on an object, and a deployment may have more.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
    """
    source = f"${{path.module}}/{SCRIPT}"
    module.resource("aws_s3_object", "helper_script", {
        "bucket": bucket.name,
        "key": script_key,
        "source": source,
        "source_hash": filesha256(source),
        "content_type": "text/x-shellscript",
        "kms_key_id": key_arn,
        "bucket_key_enabled": True if key_arn else None,
        "override_provider": [{"default_tags": [{"tags": {}}]}],
        "depends_on": [block.text for block in bucket.ready],
    })  # fmt: skip
