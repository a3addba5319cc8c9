"""The spec's `identity` section."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Identity:
    """IAM principals beside the task roles."""

    deploy_user: Literal["key", "role", "none"]
    deploy_role_principals: tuple[str, ...]
    deploy_user_key_serial: int
    permissions_boundary: str | None = None
