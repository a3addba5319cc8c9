"""What is no plan, or not a whole one, is refused, and said how to make one."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from capgen.gate.plan_file import read_plan_file
from tests.gate.reviews import document, plan_file, review_of

HCL = plan_file("hcl")
STATE = {"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "x", "outputs": {}, "resources": []}
SHOWN_STATE = {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {}}}
LOG = (
    '{"@level":"info","@message":"Terraform 1.11.4","type":"version"}\n{"@level":"info","@message":"Plan: 1 to add"}\n'
)


def binary(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("tfplan", b"\x08\x03")


def changed(**parts: Any) -> Callable[[Path], object]:
    return lambda file: file.write_text(json.dumps(document("hcl") | parts), encoding="utf-8")


def text(content: str) -> Callable[[Path], object]:
    return lambda file: file.write_text(content, encoding="utf-8")


WRONG: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a binary plan": (binary, "plan-binary", "this is a saved plan, and not the JSON of one"),
    "a state file": (text(json.dumps(STATE)), "plan-state", "this is a state, and not a plan"),
    "a state that was shown": (text(json.dumps(SHOWN_STATE)), "plan-state", "this shows a state"),
    "a log": (text(LOG), "plan-json", "this is the log of terraform plan -json"),
    "nothing": (text(""), "plan-json", "the file is empty"),
    "words": (text("Plan: 1 to add"), "plan-json", "this is not JSON"),
    "half a plan": (text(HCL.read_text(encoding="utf-8")[:5000]), "plan-json", "it is truncated"),
    "half a character": (lambda file: file.write_bytes(b'{"a": "\xc3'), "plan-json", "this is not JSON"),
    "endless nesting": (text("[" * 100_000), "plan-json", "this is not JSON"),
    "a list": (text("[1]"), "plan-shape", "this is JSON, and not that of a plan"),
    "other JSON": (text('{"a": 1}'), "plan-shape", "this is JSON, and not that of a plan"),
    "no configuration": (changed(configuration=None), "plan-shape", "this is JSON, and not that of a plan"),
    "an old format": (changed(format_version="0.2"), "plan-format", "the plan has format 0.2"),
    "a future format": (changed(format_version="2.0"), "plan-format", "the plan has format 2.0"),
    "an incomplete plan": (changed(complete=False), "plan-incomplete", "the plan is not complete"),
    "deferred changes": (
        changed(complete=False, deferred_changes=[{"reason": "x", "resource_change": {"address": "aws_a.b"}}]),
        "plan-deferred",
        "the plan puts off 1 changes, such as aws_a.b",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_plan_is_refused_in_words(case: str, tmp_path: Path) -> None:
    write, rule, message = WRONG[case]
    file = tmp_path / "plan.json"
    write(file)
    found, (told,) = read_plan_file(file)
    assert found is None
    assert told.rule == rule
    assert message in told.message
    assert told.hint is not None


def test_a_binary_plan_is_told_how_to_become_json(tmp_path: Path) -> None:
    binary(tmp_path / "plan.tfplan")
    _, (told,) = read_plan_file(tmp_path / "plan.tfplan")
    assert told.hint == "make it with: terraform show -json plan.tfplan > plan.json"


def test_a_plan_on_which_terraform_stopped_is_refused() -> None:
    found, (told,) = read_plan_file(plan_file("database_kept"))
    assert found is None
    assert told.rule == "plan-errored"


@pytest.mark.parametrize("name", ["", "missing.json"])
def test_what_cannot_be_read_is_a_diagnostic(name: str, tmp_path: Path) -> None:
    found, (told,) = read_plan_file(tmp_path / name)
    assert found is None
    assert told.rule == "plan-file"


def test_a_file_beyond_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("capgen.gate.plan_file._LARGEST", 1000)
    _, (told,) = read_plan_file(HCL)
    assert told.rule == "plan-size"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_plan_is_read_in_whatever_encoding_a_shell_writes_it(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(HCL.read_text(encoding="utf-8"), encoding=encoding)
    found, problems = read_plan_file(file)
    assert problems == []
    assert found == document("hcl")


@pytest.mark.parametrize(
    "broken",
    [{"resource_changes": [5]}, {"resource_changes": [{"address": "aws_a.b"}]}, {"planned_values": {"root_module": 1}}],
)
def test_a_plan_that_is_not_as_terraform_writes_it_is_no_traceback(broken: dict[str, Any], tmp_path: Path) -> None:
    review = review_of(document("hcl") | broken, tmp_path)
    assert [told.rule for told in review.diagnostics] == ["plan-shape"]
    assert not review.readable


def test_an_action_that_is_not_known_is_not_passed_over(tmp_path: Path) -> None:
    plan = document("hcl")
    plan["resource_changes"][0]["change"]["actions"] = ["evaporate"]
    (told,) = review_of(plan, tmp_path).diagnostics
    assert "evaporate" in told.message
