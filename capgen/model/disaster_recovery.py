"""The spec's `disaster_recovery` section, and what it makes of each region."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["alone", "primary", "standby"]
"""What a region is to the others of its deployment: nothing, the one that serves, or the one that stands by."""


@dataclass(frozen=True, kw_only=True)
class DisasterRecovery:
    """Which region serves, what is copied to the one that stands by, and whether that one has taken over."""

    primary_region: str
    database_replica: bool
    file_replication: bool
    snapshot_replication: bool
    references: Literal["variables", "remote_state"]
    promoted: bool


@dataclass(frozen=True, kw_only=True)
class Counterpart:
    """The other region of a pair: what the plan of this one must know of it.

    `kms_key_arn` is the key that the spec names there; a key that the deployment makes has no ARN yet. `desired_count`
    is how many tasks run there, unless `tasks_scaled_externally`: Terraform then leaves their number alone.
    """

    region: str
    kms_key_arn: str | None
    desired_count: int
    tasks_scaled_externally: bool
