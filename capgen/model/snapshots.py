"""The spec's `snapshots` section."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Snapshots:
    """The S3 bucket for configuration snapshots, and the gold master that tasks restore when they start."""

    bucket: str | None = None
    gold_master_key: str | None = None
    prefix: str
    task_capture: bool
    publisher: Literal["lambda", "object"]
    helper_script_key: str
    noncurrent_version_expiration_days: int
    force_destroy: bool
