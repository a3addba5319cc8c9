"""A plan as it is judged: what is, what will be, and what Terraform does between them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from capgen.gate.arguments import is_computed, same
from capgen.gate.instance import Instance, ModulePath, changed_instance, instances


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The parts of a plan's JSON. Instances are by address.

    `recorded` is what the state remembers, `before` what Terraform found when it looked, `after` what will be.
    `changes` and `drift` are Terraform's own entries. `name` is the file's.
    """

    name: str
    recorded: Mapping[str, Instance]
    before: Mapping[str, Instance]
    after: Mapping[str, Instance]
    changes: tuple[Mapping[str, Any], ...]
    drift: tuple[Mapping[str, Any], ...]
    document: Mapping[str, Any]

    @property
    def configuration(self) -> Mapping[str, Any]:
        """Terraform's view of the configuration: the expressions behind the values."""
        found: Mapping[str, Any] = self.document["configuration"]
        return found

    @cached_property
    def forgotten(self) -> Mapping[str, Instance]:
        """What Terraform lets go of without destroying it."""
        return {address: self.before[address] for address in _let_go(self.changes) if address in self.before}

    @cached_property
    def changing(self) -> Mapping[str, frozenset[str]]:
        """The attributes whose values differ between what is recorded, what is and what will be, by address."""
        found: dict[str, frozenset[str]] = {}
        for address, instance in self.before.items():
            others = [side[address].values for side in (self.recorded, self.after) if address in side]
            names = {name for other in others for name in {*instance.values, *other}
                     if not same(instance.values.get(name), other.get(name))
                     and not is_computed(instance.type, name)}  # fmt: skip
            if names - {"arn", "id"}:
                found[address] = frozenset(names - {"arn", "id"})
        return found

    @cached_property
    def planned(self) -> Mapping[tuple[ModulePath, tuple[str, str, str]], tuple[Instance, ...]]:
        """What will be, by the module and the block that it is an instance of."""
        found: dict[tuple[ModulePath, tuple[str, str, str]], list[Instance]] = {}
        for each in self.after.values():
            found.setdefault((each.module, each.block), []).append(each)
        return {key: tuple(members) for key, members in found.items()}

    @cached_property
    def modules(self) -> frozenset[ModulePath]:
        """The instances of modules that will have something in them."""
        paths = {each.module for each in self.after.values()}
        return frozenset(path[: depth + 1] for path in paths for depth in range(len(path)))


def plan_of(document: Mapping[str, Any], name: str) -> Plan:
    """Read a document that `read_plan_file` has accepted."""
    changes = tuple(document.get("resource_changes", []))
    drift = tuple(document.get("resource_drift", []))
    before = {each.address: each for each in instances(document.get("prior_state", {}).get("values") or {})}
    planned = {each.address: each for each in instances(document["planned_values"])}
    unknown = {
        change["address"]: change["change"].get("after_unknown") or {} for change in changes if "deposed" not in change
    }
    for address in _let_go(changes):  # Terraform lists them among the planned values, without any value
        planned.pop(address, None)
    data = {address: each for address, each in before.items() if each.is_data}
    after = {address: replace(each, unknown=unknown.get(address, {})) for address, each in (data | planned).items()}
    return Plan(
        name=name,
        recorded=_recorded(before, drift),
        before=before,
        after=after,
        changes=changes,
        drift=drift,
        document=document,
    )


def _let_go(changes: tuple[Mapping[str, Any], ...]) -> list[str]:
    return [each["address"] for each in changes if each["change"]["actions"] == ["forget"] and "deposed" not in each]


def _recorded(before: Mapping[str, Instance], drift: tuple[Mapping[str, Any], ...]) -> Mapping[str, Instance]:
    """Return what the state remembers: what was found, with what changed outside Terraform as it was."""
    recorded = dict(before)
    for change in drift:
        if "deposed" not in change and change["change"].get("before") is not None:
            recorded[change["address"]] = changed_instance(change, "before")
    return recorded
