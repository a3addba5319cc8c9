"""What Terraform does to each resource, told in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from capgen.compare import OVERWRITING, STATEFUL, Action, AttributeChange, ResourceChange, destination_of
from capgen.gate.attributes import attribute_changes


class Kind(StrEnum):
    """What happens to a resource. A forgotten one stays in AWS, and Terraform no longer knows of it."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DESTROY = "destroy"
    FORGET = "forget"
    READ = "read"
    NONE = "no-op"


_ACTIONS: Mapping[frozenset[str], Kind] = {
    frozenset({"create"}): Kind.CREATE,
    frozenset({"update"}): Kind.UPDATE,
    frozenset({"create", "delete"}): Kind.REPLACE,
    frozenset({"create", "forget"}): Kind.FORGET,
    frozenset({"delete"}): Kind.DESTROY,
    frozenset({"forget"}): Kind.FORGET,
    frozenset({"read"}): Kind.READ,
    frozenset({"no-op"}): Kind.NONE,
}

#: https://developer.hashicorp.com/terraform/internals/json-format#change-representation
_REASONS: Mapping[str, str] = {
    "delete_because_count_index": "its number is beyond the count",
    "delete_because_each_key": "its key is no longer in for_each",
    "delete_because_no_module": "its module is no longer called",
    "delete_because_no_move_target": "what it was moved to is not in the configuration",
    "delete_because_no_resource_config": "it is no longer in the configuration",
    "delete_because_wrong_repetition": "its block has gained or lost count or for_each",
    "read_because_check_nested": "a check asks for it",
    "read_because_config_unknown": "what it asks for is not known before the apply",
    "read_because_dependency_pending": "what it depends on changes first",
    "replace_because_cannot_update": "AWS cannot change it in place",
    "replace_because_tainted": "it is marked as tainted: its creation had failed",
    "replace_by_request": "the plan was made with -replace",
    "replace_by_triggers": "replace_triggered_by names something that changes",
}


@dataclass(frozen=True, kw_only=True)
class PlannedChange:
    """One entry of a plan.

    `reason` is Terraform's, in words. `was` is the address that it had before it was moved, `imported` the id under
    which it is taken over. `deposed` is the key of an older object that a replacement had left behind. `created_first`
    says of a replacement that the other one is created before this one is destroyed. `overwrites` says that it copies
    onto a file system that exists, and what that holds is gone.
    """

    address: str
    type: str
    kind: Kind
    stateful: bool
    reason: str = ""
    was: str | None = None
    imported: str | None = None
    deposed: str | None = None
    created_first: bool = False
    overwrites: bool = False
    attributes: tuple[AttributeChange, ...] = ()

    @property
    def dangerous(self) -> bool:
        """Say whether data would be lost."""
        return self.overwrites or (self.stateful and self.kind in (Kind.REPLACE, Kind.DESTROY))

    @property
    def shown(self) -> str:
        """Return the address, with the key of a deposed object."""
        return self.address if self.deposed is None else f"{self.address} (deposed {self.deposed})"

    def resource_change(self) -> ResourceChange | None:
        """Return the change as every comparison tells it; None for what changes nothing in AWS."""
        if self.kind.value not in {action.value for action in Action}:
            return None
        return ResourceChange(address=self.shown, type=self.type, action=Action(self.kind.value),
                              stateful=self.stateful, attributes=self.attributes,
                              overwrites=self.overwrites)  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"address": self.address, "type": self.type, "action": str(self.kind), "stateful": self.stateful,
                "dangerous": self.dangerous, "reason": self.reason, "moved_from": self.was,
                "imported": self.imported, "deposed": self.deposed, "created_first": self.created_first,
                "attributes": [each.to_json() for each in self.attributes]}  # fmt: skip


def planned_changes(changes: tuple[Mapping[str, Any], ...]) -> tuple[PlannedChange, ...]:
    """Return every entry that says something: all but those of resources that stay as they are, where they are.

    What is dangerous comes first, then by action and address.
    """
    order = list(Kind)
    return tuple(sorted(_told(changes), key=lambda each: (
        not each.dangerous, -1 if each.kind is Kind.DESTROY else order.index(each.kind), each.shown)))  # fmt: skip


def _told(changes: tuple[Mapping[str, Any], ...]) -> Iterator[PlannedChange]:
    for entry in changes:
        body = entry["change"]
        kind = _ACTIONS.get(frozenset(body["actions"]))
        if kind is None:
            raise ValueError(f"{entry['address']} has actions that are not known: {', '.join(body['actions'])}")
        importing = body.get("importing")
        found = PlannedChange(
            address=entry["address"],
            type=entry["type"],
            kind=kind,
            stateful=entry.get("mode") == "managed" and entry["type"] in STATEFUL,
            reason=_REASONS.get(entry.get("action_reason", ""), entry.get("action_reason", "")),
            was=entry.get("previous_address"),
            imported=None if importing is None else str(importing.get("id", "not known before the apply")),
            deposed=entry.get("deposed"),
            created_first=body["actions"][:1] == ["create"] and kind is Kind.REPLACE,
            overwrites=entry["type"] == OVERWRITING
            and kind in (Kind.CREATE, Kind.REPLACE)
            and importing is None
            and destination_of(body.get("after") or {}) is not None,
            attributes=attribute_changes(entry["type"], body) if kind in (Kind.UPDATE, Kind.REPLACE) else (),
        )
        if found.kind is not Kind.NONE or found.was is not None or found.imported is not None:
            yield found
