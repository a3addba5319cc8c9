"""The spec's `encryption` section."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Encryption:
    """The KMS key of database, file system, snapshots, secrets and logs."""

    customer_managed_key: bool
    kms_key_arn: str | None = None
    deletion_window_in_days: int
