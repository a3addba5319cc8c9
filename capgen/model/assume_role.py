"""The spec's `assume_role` section, and that of `state`."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AssumeRole:
    """A role that Terraform assumes before it talks to AWS."""

    role_arn: str
    external_id: str | None = None
    session_name: str | None = None
