"""The replication of the snapshot bucket."""

from capgen.components.replication.role import Keys, add_role
from capgen.terraform.expression import Argument, Expr
from capgen.terraform.module import Module


def replicate_snapshots(module: Module, destination_region: Expr | None) -> Expr:
    """Replicate what lies under the prefix from now on, deletions too; return the role that S3 does it with.

    S3 leaves alone what was there before. Objects that a customer managed key encrypts are replicated only where that
    is asked for. `destination_region` is given where customer managed keys encrypt on both sides.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html
    """
    source = module.variable("source_bucket_name", "string", "Name of the bucket that snapshots come from.")
    destination = module.variable("destination_bucket_arn", "string", "ARN of the bucket that they go to.")
    keys = None if destination_region is None else _keys(module, destination_region)
    role, permissions = add_role(module, source, destination, keys)
    module.resource("aws_s3_bucket_replication_configuration", "this", {
        "bucket": source,
        "role": role["arn"],
        "rule": [_rule(module, destination, keys)],
        "depends_on": [permissions.text],
    })  # fmt: skip
    return role


def _rule(module: Module, destination: Expr, keys: Keys | None) -> Argument:
    encrypted = None if keys is None else [{"sse_kms_encrypted_objects": [{"status": "Enabled"}]}]
    with_key = None if keys is None else [{"replica_kms_key_id": keys.destination}]
    return {
        "id": "snapshots",
        "status": "Enabled",
        "priority": 1,
        "filter": [{"prefix": module.variable("snapshot_prefix", "string", "Prefix of the keys that are replicated.")}],
        "delete_marker_replication": [{"status": "Enabled"}],
        "source_selection_criteria": encrypted,
        "destination": [{"bucket": destination, "encryption_configuration": with_key}],
    }


def _keys(module: Module, destination_region: Expr) -> Keys:
    return Keys(
        source=module.variable("source_kms_key_arn", "string", "ARN of the key that encrypts the source."),
        source_region=module.variable("source_region", "string", "Region that the data is replicated from."),
        destination=module.variable("destination_kms_key_arn", "string", "ARN of the key that encrypts the copies."),
        destination_region=destination_region,
        dns_suffix=module.variable("dns_suffix", "string", "DNS suffix of the partition, such as amazonaws.com."),
    )
