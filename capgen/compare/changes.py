"""What differs between what is and what will be, by its consequences."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from capgen.reach import Flow


class Action(StrEnum):
    """What Terraform does to a resource. A replaced one is destroyed: what it held is gone."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DESTROY = "destroy"


@dataclass(frozen=True, kw_only=True)
class AttributeChange:
    """One argument that changes, with its values, None where it is not set.

    `forces_replacement` says that AWS cannot change it in place. `because` is the address of a resource that it refers
    to and that is replaced: the argument is written as before, and its value will be another.
    """

    path: str
    old: Any
    new: Any
    forces_replacement: bool
    because: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"path": self.path, "old": self.old, "new": self.new, "forces_replacement": self.forces_replacement,
                "because": self.because}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ResourceChange:
    """What happens to one resource. `stateful`: it is a database, a file system, a bucket, a key or a secret.

    `overwrites`: it is the replication of a file system, which is to begin onto one that exists, and what that holds is
    gone.
    `prevent_destroy` says that its `lifecycle` makes Terraform refuse to replace or destroy it.
    """

    address: str
    type: str
    action: Action
    stateful: bool
    attributes: tuple[AttributeChange, ...] = ()
    prevent_destroy: bool = False
    overwrites: bool = False

    @property
    def dangerous(self) -> bool:
        """Say whether data would be lost."""
        return self.overwrites or (self.stateful and self.action in (Action.REPLACE, Action.DESTROY))

    def to_json(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"address": self.address, "type": self.type, "action": str(self.action), "stateful": self.stateful,
                "dangerous": self.dangerous, "prevent_destroy": self.prevent_destroy,
                "attributes": [attribute.to_json() for attribute in self.attributes]}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ExposureChange:
    """A flow that is opened or closed. `world` says that the whole Internet is let in where it was not."""

    flow: Flow
    opened: bool
    world: bool

    def to_json(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"opened": self.opened, "world": self.world, "flow": self.flow.to_json()}


@dataclass(frozen=True, kw_only=True)
class PermissionChange:
    """Something that a role, a user or a resource's policy gains or loses.

    `effect` is Allow or Deny; a gained Deny takes something away. `part` is "trust" or "policy".
    """

    holder: str
    part: str
    gained: bool
    effect: str
    action: str
    resource: str
    principal: str
    conditions: tuple[str, ...]
    words: str

    def to_json(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"holder": self.holder, "part": self.part, "gained": self.gained, "effect": self.effect,
                "action": self.action, "resource": self.resource, "principal": self.principal,
                "conditions": list(self.conditions), "words": self.words}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RegionChanges:
    """What changes in one region: resources with the dangerous ones first, exposure, permissions."""

    region: str
    resources: tuple[ResourceChange, ...] = ()
    exposure: tuple[ExposureChange, ...] = ()
    permissions: tuple[PermissionChange, ...] = ()

    @property
    def equal(self) -> bool:
        """Say whether nothing changes."""
        return not (self.resources or self.exposure or self.permissions)

    @property
    def dangerous(self) -> bool:
        """Say whether data would be lost, or the world let in."""
        return any(change.dangerous for change in self.resources) or any(
            change.world and change.opened for change in self.exposure
        )

    def to_json(self) -> dict[str, Any]:
        """Return the changes as plain data."""
        return {"region": self.region, "equal": self.equal, "dangerous": self.dangerous,
                "resources": [change.to_json() for change in self.resources],
                "exposure": [change.to_json() for change in self.exposure],
                "permissions": [change.to_json() for change in self.permissions]}  # fmt: skip
