"""The spec's `state` section."""

from dataclasses import dataclass
from typing import Literal

from capgen.model.assume_role import AssumeRole


@dataclass(frozen=True, kw_only=True)
class State:
    """Where Terraform keeps the state of each region."""

    backend: Literal["s3", "local"]
    bucket: str | None = None
    region: str | None = None
    key_prefix: str
    kms_key_id: str | None = None
    assume_role: AssumeRole | None = None
