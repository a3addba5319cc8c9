"""What IAM lets whom do, as the compiled resources have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement of a policy. `actions` and `resources` are sorted; the references in them are Terraform addresses.

    `negated` names the parts that are inverted: NotAction, NotResource, NotPrincipal. `principals` is empty in a policy
    of an identity. `words` tells the statement in a sentence. `policy` is the address of the resource that holds it.
    """

    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    principals: tuple[str, ...]
    conditions: tuple[str, ...]
    negated: tuple[str, ...]
    sid: str
    words: str
    policy: str
    raw: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Return the statement as plain data."""
        return {"effect": self.effect, "actions": list(self.actions), "resources": list(self.resources),
                "principals": list(self.principals), "conditions": list(self.conditions),
                "negated": list(self.negated), "sid": self.sid, "words": self.words,
                "policy": self.policy, "statement": self.raw}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A role or user with its statements, or a bucket, key, file system, secret or function with its own policy.

    `kind` is role, user, group, bucket, key, file_system, secret, function or another word. `name` is its name in AWS.
    `trust` are the statements that say who may assume a role. `opaque` are sentences on what cannot be known, such as a
    managed policy of AWS, and on where the access keys of a user are kept.
    """

    address: str
    kind: str
    name: str
    trust: tuple[Statement, ...] = ()
    statements: tuple[Statement, ...] = ()
    boundary: str | None = None
    opaque: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the holder as plain data."""
        return {"address": self.address, "kind": self.kind, "name": self.name, "boundary": self.boundary,
                "trust": [statement.to_json() for statement in self.trust],
                "statements": [statement.to_json() for statement in self.statements],
                "opaque": list(self.opaque)}  # fmt: skip
