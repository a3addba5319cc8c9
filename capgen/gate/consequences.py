"""What follows from a plan: what is destroyed, who is let in, who may do more, and what was done by hand."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from capgen.assess import Assessment
from capgen.compare import RegionChanges, exposure_changes, permission_changes
from capgen.gate.compiled_root import CompiledRoot
from capgen.gate.danger import dangers, stale_allowances
from capgen.gate.drift import Drift, drifted
from capgen.gate.flatten import Sides
from capgen.gate.plan import Plan
from capgen.gate.planned import PlannedChange
from capgen.gate.review import OutputChange, Review
from capgen.permissions import holders
from capgen.reach import Reachability, reachability
from capgen.topology import DeclaredNetwork


def consequences(
    plan: Plan,
    sides: Sides,
    changes: Sequence[PlannedChange],
    assessment: Assessment,
    *,
    region: str,
    root: CompiledRoot | None = None,
    allow: Sequence[str] = (),
) -> Review:
    """Judge what a plan does. `assessment` is what policy says, `allow` are addresses that may be dangerous."""
    network = root.intent.network if root else DeclaredNetwork()
    recorded, before, existing = (
        reachability(each, network) for each in (sides.recorded, sides.before, sides.existing)
    )
    exposure = exposure_changes(before, existing)
    drift = _drift(plan, sides, (recorded, before, existing))
    found = dangers(changes, exposure, drift, allow)
    resources = (change.resource_change() for change in changes)
    return Review(
        plan=plan.name,
        assessment=assessment,
        region=RegionChanges(
            region=region,
            resources=tuple(change for change in resources if change is not None),
            exposure=exposure,
            permissions=permission_changes(holders(sides.before), holders(sides.existing)),
        ),
        changes=tuple(changes),
        dangers=found,
        drift=drift,
        outputs=tuple(_outputs(plan.document.get("output_changes") or {})),
        unjudged=sides.unjudged,
        others=_others(plan),
        failed_checks=tuple(_failed_checks(plan.document.get("checks") or [])),
        rooted=root is not None,
        held=root is not None and root.intent.flows is not None,
        diagnostics=tuple(stale_allowances(found, changes, allow)),
    )


def _drift(plan: Plan, sides: Sides, reached: tuple[Reachability, Reachability, Reachability]) -> Drift:
    recorded, before, existing = reached
    resources, trivial = drifted(plan)
    exposure = exposure_changes(recorded, before)
    remembered = holders(sides.recorded)
    permissions = permission_changes(remembered, holders(sides.before))
    left = set(permission_changes(remembered, holders(sides.existing)))
    return Drift(
        resources=resources,
        trivial=trivial,
        exposure=exposure,
        permissions=permissions,
        stays=tuple(change for change in exposure if change.opened and change.flow in existing.flows),
        kept=tuple(change for change in permissions if change in left),
    )


def _outputs(changes: Mapping[str, Any]) -> Iterator[OutputChange]:
    for name, change in sorted(changes.items()):
        actions = change.get("actions", [])
        if actions != ["no-op"]:
            sensitive = bool(change.get("before_sensitive") or change.get("after_sensitive"))
            yield OutputChange(name=name, action=" and ".join(actions), sensitive=sensitive)


def _others(plan: Plan) -> Mapping[str, int]:
    """Count the resources of other providers."""
    found = Counter(each.provider.rpartition("/")[2] for each in plan.after.values() if not each.is_aws)
    return dict(sorted(found.items()))


def _failed_checks(checks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for check in checks:
        if check.get("status") in ("fail", "error"):
            for instance in check.get("instances", []):
                address = instance.get("address", check.get("address", {})).get("to_display", "a check")
                messages = [problem.get("message", "") for problem in instance.get("problems", [])]
                yield address, " ".join(messages) or f"its status is {instance.get('status')}"
