"""The role that S3 replicates with."""

from dataclasses import dataclass

from capgen.terraform.expression import Expr
from capgen.terraform.iam import Conditions, Statement, allow, allow_principal, policy
from capgen.terraform.module import Module


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The customer managed keys on both sides, each with its region."""

    source: Expr
    source_region: Expr
    destination: Expr
    destination_region: Expr
    dns_suffix: Expr


def add_role(module: Module, source: Expr, destination: Expr, keys: Keys | None) -> tuple[Expr, Expr]:
    """Add the role, which S3 alone assumes, with its policy: read versions of one bucket, write copies into another.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
    """
    role = module.resource("aws_iam_role", "snapshot_replication", {
        "name": module.variable(
            "role_name", "string", "Name of the role that S3 replicates with.",
            validations=[('can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.role_name))',
                          "role_name must have 1 to 64 letters, digits or any of + = , . @ _ -")],
        ),
        "description": "S3 replicates snapshots with it to another region.",
        "assume_role_policy": policy(allow_principal("Trust", {"Service": "s3.amazonaws.com"}, ["sts:AssumeRole"])),
        "permissions_boundary": module.variable(
            "permissions_boundary", "string", "ARN of the policy that bounds the role; null for none.", nullable=True
        ),
    })  # fmt: skip
    partition = module.variable("partition", "string", "AWS partition, such as aws or aws-cn.")
    bucket = f"arn:{partition}:s3:::{source}"
    permissions = module.resource("aws_iam_role_policy", "snapshot_replication", {
        "name": "snapshot-replication",
        "role": role["id"],
        "policy": policy(*_copying(bucket, destination), *(() if keys is None else _keys(bucket, destination, keys))),
    })  # fmt: skip
    return role, permissions


def _copying(source: str, destination: Expr) -> tuple[Statement, ...]:
    return (
        allow("ReadConfiguration", ["s3:GetReplicationConfiguration", "s3:ListBucket"], [source]),
        allow(
            "ReadVersions",
            ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
            [f"{source}/*"],
        ),
        allow("WriteCopies", ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"], [f"{destination}/*"]),
    )


def _keys(source: str, destination: Expr, keys: Keys) -> tuple[Statement, ...]:
    """Use each key by way of S3 in its region, for its bucket alone; a bucket key's context is the bucket's ARN.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
    """
    return (
        allow("DecryptSource", ["kms:Decrypt"], [keys.source],
              _through_s3(keys.source_region, keys.dns_suffix, source)),
        allow("EncryptCopies", ["kms:Encrypt", "kms:GenerateDataKey"], [keys.destination],
              _through_s3(keys.destination_region, keys.dns_suffix, str(destination))),
    )  # fmt: skip


def _through_s3(region: Expr, dns_suffix: Expr, bucket: str) -> Conditions:
    return {
        "StringEquals": {"kms:ViaService": f"s3.{region}.{dns_suffix}"},
        "StringLike": {"kms:EncryptionContext:aws:s3:arn": [bucket, f"{bucket}/*"]},
    }
