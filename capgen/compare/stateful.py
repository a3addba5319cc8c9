"""Which resources hold what cannot be made again."""

STATEFUL = frozenset({
    "aws_db_instance",
    "aws_db_snapshot",
    "aws_dynamodb_table",
    "aws_ebs_volume",
    "aws_efs_file_system",
    "aws_kms_key",
    "aws_rds_cluster",
    "aws_rds_cluster_instance",
    "aws_s3_bucket",
    "aws_secretsmanager_secret",
})  # fmt: skip
"""Databases, file systems, buckets, keys and secrets: their destruction loses data, or makes data unreadable."""
