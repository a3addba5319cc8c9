"""A configuration of the AWS provider in a region's root."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class AssumedRole:
    """A role that the provider, or the state's backend, assumes before it talks to AWS."""

    role_arn: str
    external_id: str | None
    session_name: str | None


@dataclass(frozen=True, kw_only=True)
class ProviderPlan:
    """One `provider "aws"` block. The root's own has no `alias`; one for another region has, and modules name it.

    With `account_id`, the provider refuses to touch any other account. `tags` are put on everything it creates.
    """

    region: str
    alias: str | None = None
    account_id: str | None = None
    assume_role: AssumedRole | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
