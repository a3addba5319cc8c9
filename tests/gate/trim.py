"""Make a plan small enough to keep, and free of the machine that made it, without changing what it says."""

from typing import Any

KEPT = {
    "bucket_destroyed": {"logs", "load_balancer", "snapshots", "security", "network"},
    "database_kept": {"database", "security", "network"},
    "database_replaced": {"database", "security", "network"},
    "drift": {"database", "encryption", "security", "network", "identity", "logs", "secrets", "snapshots", "storage"},
    "forgotten": {"storage", "security", "network"},
    "group_opened": {"database", "load_balancer", "security", "service", "network"},
    "mixed": {"network"},
    "moved": {"files", "security", "network"},
    "nothing": {"database", "security", "network", "identity", "snapshots"},
    "role_widened": {"identity", "snapshots", "network"},
    "tags": {"database", "security", "network", "storage"},
}
"""The modules that a scenario is about. The others are left out of its plan, everywhere.

Where something changes, the entries that say of a resource that it stays are left out as well.
"""

_PARTS = ("resource_changes", "resource_drift")


def trimmed(name: str, plan: dict[str, Any]) -> dict[str, Any]:
    """Return the plan without endpoints, time and, where the scenario has a list, other modules."""
    plan = {key: value for key, value in plan.items() if key not in ("relevant_attributes", "timestamp")}
    for provider in plan["configuration"]["provider_config"].values():
        region = provider.get("expressions", {}).get("region")
        tags = provider.get("expressions", {}).get("default_tags")
        provider["expressions"] = {
            key: value for key, value in (("region", region), ("default_tags", tags)) if value is not None
        }
    kept = KEPT.get(name)
    if kept is None:
        return plan
    for part in _PARTS:
        if part in plan:
            plan[part] = [each for each in plan[part] if _is_kept(each.get("module_address", ""), kept)]
    for values in (plan["planned_values"], plan.get("prior_state", {}).get("values", {})):
        module = values.get("root_module", {})
        if "child_modules" in module:
            module["child_modules"] = [each for each in module["child_modules"] if _is_kept(each["address"], kept)]
    if name != "nothing":
        plan["resource_changes"] = [each for each in plan["resource_changes"] if _says_something(each)]
    root = plan["configuration"]["root_module"]
    root["module_calls"] = {call: body for call, body in root["module_calls"].items() if call in kept}
    plan["checks"] = [each for each in plan.get("checks", []) if each["address"]["kind"] == "check"]
    return plan


def _is_kept(address: str, kept: set[str]) -> bool:
    return not address or address.split(".")[1].split("[", maxsplit=1)[0] in kept


def _says_something(change: dict[str, Any]) -> bool:
    return change["change"]["actions"] != ["no-op"] or "previous_address" in change
