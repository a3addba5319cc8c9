"""What a second plan would change, less what `gaps.json` says is moto's doing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

GAPS = Path(__file__).with_name("gaps.json")


@dataclass(frozen=True, order=True)
class Change:
    """One attribute of one resource that a plan would change; the attribute is the action where nothing is updated."""

    address: str
    attribute: str


def load_gaps() -> list[dict[str, str]]:
    """Return the gaps of moto, by name, as data."""
    gaps: list[dict[str, str]] = json.loads(GAPS.read_text(encoding="utf-8"))["gaps"]
    return gaps


def unexplained(plan: dict[str, Any], gaps: Iterable[dict[str, str]] | None = None) -> list[Change]:
    """Return what a plan, in Terraform's JSON, would change and no gap explains."""
    ignored = [gap for gap in (load_gaps() if gaps is None else gaps) if gap["handled"] == "ignored"]
    return sorted(
        change
        for change in _changes(plan)
        if not any(
            fnmatchcase(change.address, gap["address"]) and fnmatchcase(change.attribute, gap["attribute"])
            for gap in ignored
        )
    )


def _changes(plan: dict[str, Any]) -> Iterable[Change]:
    for resource in plan.get("resource_changes", []):
        address, change = resource["address"], resource["change"]
        actions = change["actions"]
        if actions in (["no-op"], ["read"]):
            continue
        if actions != ["update"]:
            yield Change(address, "+".join(actions))
            continue
        before, after, unknown = change["before"], change["after"], change["after_unknown"]
        for attribute in sorted({*before, *after, *unknown}):
            if unknown.get(attribute) or before.get(attribute) != after.get(attribute):
                yield Change(address, attribute)
    for name, output in plan.get("output_changes", {}).items():
        if output["actions"] != ["no-op"]:
            yield Change(f"output.{name}", "+".join(output["actions"]))
