"""What stands beside a root is read strictly: it decides what the region is held to."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from capgen.assess import assess_tree
from capgen.assess.intent import Intent, read_intent
from capgen.diagnostics import Location
from capgen.findings import Waiver
from capgen.topology import IntendedFlow
from tests.terms import TERMS

WAIVER = {"check": "A_1", "resource": "*", "owner": "platform", "reason": "B", "expires": "2027-06-30",
          "spec": "policy.waivers[0]"}  # fmt: skip
FLOW: dict[str, Any] = {
    "source": "task",
    "destination": "database",
    "port": 5432,
    "protocol": "tcp",
    "spec": "database.port",
}
POLICY: dict[str, Any] = {"waivers": [WAIVER], "flows": [FLOW]}
SHOWN = "eu-west-1/policy.json"


def read(folder: Path, text: str, place: Location | None = None) -> Any:
    (folder / "policy.json").write_text(text)
    return read_intent(folder, SHOWN, lambda _: place)


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the policy with one value replaced, or taken out where the value is `...`."""
    policy = copy.deepcopy(POLICY)
    *parents, last = (int(part) if part.isdecimal() else part for part in path.split("/"))
    node: Any = policy
    for part in parents:
        node = node[part]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return policy


def test_waivers_and_flows_stand_in_the_root(tmp_path: Path) -> None:
    intent, diagnostics = read(tmp_path, json.dumps(POLICY))
    assert diagnostics == []
    waiver = Waiver(check="A_1", resource="*", owner="platform", reason="B", expires=date(2027, 6, 30),
                    spec="policy.waivers[0]")  # fmt: skip
    assert intent == Intent(waivers=(waiver,), flows=(IntendedFlow(**FLOW),))
    assert intent.waivers[0].place == Location(SHOWN, 1, 1)


def test_a_waiver_is_placed_in_the_spec_where_there_is_one(tmp_path: Path) -> None:
    asked: list[str] = []
    (tmp_path / "policy.json").write_text(
        json.dumps({"waivers": [WAIVER | {"spec": "environment", "expires": None}, WAIVER], "flows": []})
    )
    intent, _ = read_intent(tmp_path, SHOWN, lambda path: asked.append(path) or Location("cap.yaml", 9, 7))  # type: ignore[func-returns-value]
    assert intent is not None
    assert asked == ["environment", "policy.waivers.1.check"]
    assert [(waiver.expires, waiver.place) for waiver in intent.waivers] == [
        (None, Location("cap.yaml", 9, 7)),
        (date(2027, 6, 30), Location("cap.yaml", 9, 7)),
    ]


def test_there_may_be_nothing(tmp_path: Path) -> None:
    assert read_intent(tmp_path, SHOWN, lambda _: None) == (Intent(), [])


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        *((f"waivers/0/{key}", value, f"waivers[0].{key} must be text")
          for key in WAIVER for value in (..., 1, " ", ["*"], None)),
        ("waivers/0/expires", "2027-02-30", "waivers[0].expires is no day of the calendar"),
        ("waivers/0/expires", "never", "waivers[0].expires is no day of the calendar"),
        ("waivers/0", "all", "waivers[0].check must be text"),
        ("waivers", {}, "it must be an object with the lists waivers and flows, and waivers is not one"),
        ("waivers", ..., "it must be an object with the lists waivers and flows, and waivers is not one"),
        ("flows", ..., "it must be an object with the lists waivers and flows, and flows is not one"),
        ("flows/0/source", ..., "flows[0].source must be text"),
        ("flows/0/port", "5432", "flows[0].port must be a number"),
        ("flows/0/port", True, "flows[0].port must be a number"),
        ("flows/0", None, "flows[0].source must be text"),
    ],
)  # fmt: skip
def test_a_file_that_was_tampered_with_is_refused(tmp_path: Path, path: str, value: Any, what: str) -> None:
    intent, (diagnostic,) = read(tmp_path, json.dumps(changed(path, value)))
    assert intent is None
    assert diagnostic.rule == "scan-waivers"
    assert diagnostic.message == f"what the region is held to cannot be read: {what}"
    assert diagnostic.location == Location(SHOWN, 1, 1)


def test_only_a_waiver_of_the_profile_may_last_for_ever(tmp_path: Path) -> None:
    of_profile = WAIVER | {"spec": "environment"}
    assert read(tmp_path, json.dumps({"waivers": [of_profile | {"expires": None}], "flows": []}))[1] == []
    del of_profile["expires"]
    assert read(tmp_path, json.dumps({"waivers": [of_profile], "flows": []}))[0] is None


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "null", '{"waivers": [1], "flows": []}', "[" * 100_000, "\udcff"])
def test_a_file_that_is_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "policy.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    intent, (diagnostic,) = read_intent(tmp_path, SHOWN, lambda _: None)
    assert intent is None
    assert diagnostic.location is not None
    assert diagnostic.location.file == SHOWN


def test_a_folder_of_that_name_is_refused_without_the_machines_path(tmp_path: Path) -> None:
    (tmp_path / "policy.json").mkdir()
    _, (diagnostic,) = read_intent(tmp_path, SHOWN, lambda _: None)
    assert diagnostic.message == "what the region is held to cannot be read: is a directory"


def test_a_region_whose_policy_cannot_be_read_is_not_judged(small_copy: Path) -> None:
    (small_copy / SHOWN).write_text("{")
    assessment = assess_tree(small_copy, terms=TERMS)
    assert [each.rule for each in assessment.diagnostics] == ["scan-waivers"]
    assert (assessment.regions[0].passed, assessment.ok) == ((), False)
