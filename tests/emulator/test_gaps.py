"""The gaps of moto are data: each is named, none is patched in secret, and only a named one excuses a plan."""

from typing import Any

import pytest

from tests.emulator.drift import Change, load_gaps, unexplained
from tests.emulator.patches import PATCHES

IGNORED = {
    "name": "example",
    "service": "ecs",
    "aws": "Keeps it.",
    "moto": "Drops it.",
    "handled": "ignored",
    "address": "*.aws_ecs_service.*",
    "attribute": "availability_zone_rebalancing",
}


def test_each_gap_says_what_it_is() -> None:
    for gap in load_gaps():
        assert {"name", "service", "aws", "moto", "handled"} <= gap.keys(), gap
        assert ("address" in gap and "attribute" in gap) == (gap["handled"] == "ignored"), gap


def test_gaps_are_sorted_and_unique() -> None:
    names = [gap["name"] for gap in load_gaps()]
    assert names == sorted(set(names))


def test_each_patch_fills_a_named_gap() -> None:
    patched = [gap["name"] for gap in load_gaps() if gap["handled"] == "patched"]
    assert [patch.GAP for patch in PATCHES] == patched
    assert [patch.__name__.rpartition(".")[2].replace("_", "-") for patch in PATCHES] == patched


def plan(actions: list[str], before: Any, after: Any, unknown: Any = None) -> dict[str, Any]:
    change = {"actions": actions, "before": before, "after": after, "after_unknown": unknown or {}}
    return {"resource_changes": [{"address": "module.service.aws_ecs_service.this", "change": change}]}


@pytest.mark.parametrize("actions", [["no-op"], ["read"]])
def test_what_changes_nothing_needs_no_excuse(actions: list[str]) -> None:
    assert unexplained(plan(actions, {"a": 1}, {"a": 2}), []) == []


def test_an_ignored_attribute_excuses_its_own_change_alone() -> None:
    changed = plan(["update"], {"availability_zone_rebalancing": "A", "a": 1}, {"a": 2}, {"b": True})
    address = "module.service.aws_ecs_service.this"
    assert unexplained(changed, [IGNORED]) == [Change(address, "a"), Change(address, "b")]


def test_a_replacement_is_never_excused_by_an_attribute() -> None:
    replaced = plan(["delete", "create"], {"availability_zone_rebalancing": "A"}, {})
    assert unexplained(replaced, [IGNORED]) == [Change("module.service.aws_ecs_service.this", "delete+create")]


def test_an_output_that_changes_is_a_change() -> None:
    assert unexplained({"output_changes": {"url": {"actions": ["update"]}}}, []) == [Change("output.url", "update")]
