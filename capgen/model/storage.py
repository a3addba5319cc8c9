"""The spec's `storage` section."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class AccessPoint:
    """The directory of the file system that the tasks see, and who owns it."""

    path: str
    uid: int
    gid: int
    permissions: str


@dataclass(frozen=True, kw_only=True)
class Storage:
    """The EFS file system for shared files and uploads."""

    mount_path: str
    access_point: AccessPoint
    performance_mode: Literal["generalPurpose", "maxIO"]
    throughput_mode: Literal["bursting", "elastic"]
    transition_to_ia: Literal[
        "AFTER_1_DAY",
        "AFTER_7_DAYS",
        "AFTER_14_DAYS",
        "AFTER_30_DAYS",
        "AFTER_60_DAYS",
        "AFTER_90_DAYS",
        "AFTER_180_DAYS",
        "AFTER_270_DAYS",
        "AFTER_365_DAYS",
    ]
    backup: bool
    deletion_protection: bool
