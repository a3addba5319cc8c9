"""What was changed outside Terraform since it last looked, and what the plan does about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.compare import STATEFUL, AttributeChange, ExposureChange, PermissionChange
from capgen.gate.attributes import attribute_changes
from capgen.gate.plan import Plan


@dataclass(frozen=True, kw_only=True)
class DriftedResource:
    """A resource that is not as the state remembers it. `undone` says that the plan puts all of it back."""

    address: str
    type: str
    deleted: bool
    stateful: bool
    undone: bool
    attributes: tuple[AttributeChange, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"address": self.address, "type": self.type, "deleted": self.deleted, "stateful": self.stateful,
                "undone": self.undone,
                "attributes": [each.to_json() for each in self.attributes]}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Drift:
    """The drift of a plan. `trivial` counts resources in which only values of AWS's own have changed.

    `exposure` and `permissions` are what follows from it. `stays` and `kept` are those of them that the plan does not
    take back.
    """

    resources: tuple[DriftedResource, ...] = ()
    trivial: int = 0
    exposure: tuple[ExposureChange, ...] = ()
    permissions: tuple[PermissionChange, ...] = ()
    stays: tuple[ExposureChange, ...] = ()
    kept: tuple[PermissionChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.resources or self.exposure or self.permissions)

    def to_json(self) -> dict[str, Any]:
        """Return the drift as plain data."""
        stays, kept = set(self.stays), set(self.kept)
        return {"resources": [each.to_json() for each in self.resources], "trivial": self.trivial,
                "exposure": [{"stays": each in stays, "change": each.to_json()} for each in self.exposure],
                "permissions": [{"stays": each in kept, "change": each.to_json()}
                                for each in self.permissions]}  # fmt: skip


def drifted(plan: Plan) -> tuple[tuple[DriftedResource, ...], int]:
    """Return the resources that drifted, by address, and how many changed in nothing that anyone sets."""
    found = sorted(_found(plan), key=lambda each: each.address)
    told = tuple(each for each in found if each.deleted or each.attributes)
    return told, len(found) - len(told)


def _found(plan: Plan) -> Iterator[DriftedResource]:
    planned = {each["address"]: each["change"] for each in plan.changes if "deposed" not in each}
    for entry in plan.drift:
        if "deposed" in entry:
            continue
        change, address = entry["change"], entry["address"]
        deleted = "delete" in change["actions"]
        attributes = () if deleted else attribute_changes(entry["type"], change)
        yield DriftedResource(
            address=address,
            type=entry["type"],
            deleted=deleted,
            stateful=entry["type"] in STATEFUL,
            undone=_is_undone(entry, planned.get(address), attributes, deleted=deleted),
            attributes=attributes,
        )


def _is_undone(
    entry: Mapping[str, Any],
    planned: Mapping[str, Any] | None,
    attributes: tuple[AttributeChange, ...],
    *,
    deleted: bool,
) -> bool:
    if planned is None:
        return False
    if deleted:
        return "create" in planned["actions"]
    before, after = entry["change"].get("before") or {}, planned.get("after") or {}
    names = {each.path.split(".")[0].split("[")[0] for each in attributes}
    return bool(names) and all(before.get(name) == after.get(name) for name in names)
