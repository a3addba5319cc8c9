"""SARIF: valid, on the spec's lines, and the same results after lines moved."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from capgen import __version__
from capgen.assess import Assessment, RegionAssessment
from capgen.diagnostics import Location
from capgen.findings import FindingSeverity
from capgen.pipeline import validate_text
from capgen.report.json import json_text
from capgen.report.sarif import log, sarif_log
from tests.report.assessments import (
    CLEAN,
    CRITICAL,
    EXPIRED,
    JUDGED,
    LOW,
    NASTY,
    SPEC,
    UNREADABLE,
    assessed,
    assessments,
)

HERE = Path(__file__).parent
SCHEMA = Draft202012Validator(json.loads((HERE / "schemas/sarif-2.1.0.json").read_text(encoding="utf-8")))
URI = re.compile(r"(file://)?(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+")
"""A path as RFC 3986 has it, which the schema does not check."""


def run(assessment: Assessment) -> dict[str, Any]:
    """Return the one run of a valid log."""
    document = json.loads(json_text(sarif_log(assessment)))
    assert [error.message for error in SCHEMA.iter_errors(document)] == []
    (only,) = document["runs"]
    assert isinstance(only, dict)
    return only


def uris(value: Any) -> list[str]:
    """Return every URI of a file."""
    if isinstance(value, list):
        return [uri for member in value for uri in uris(member)]
    if isinstance(value, dict):
        own = [value["artifactLocation"]["uri"]] if "artifactLocation" in value else []
        return own + [uri for member in value.values() for uri in uris(member)]
    return []


def of(assessment: Assessment, check: str) -> dict[str, Any]:
    (result,) = (each for each in run(assessment)["results"] if each["ruleId"] == check)
    assert isinstance(result, dict)
    return result


def test_the_log_as_a_whole(golden: Callable[[Path, str], None]) -> None:
    text = json_text({"runs": [run(NASTY)]}).replace(f'"{__version__}"', '"VERSION"')
    golden(HERE / "golden/assessment.sarif", text + "\n")


@given(assessments)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_gives_a_valid_log(assessment: Assessment) -> None:
    found = run(assessment)
    assert all(URI.fullmatch(uri) for uri in uris(found))
    assert all(result["locations"] for result in found["results"])
    prints = [tuple(result["partialFingerprints"].values()) for result in found["results"]]
    assert len(prints) == len(set(prints))


def test_a_finding_stands_at_the_line_of_the_spec_and_beside_it_the_compiled_one() -> None:
    result = of(NASTY, "CKV_AWS_17")
    (place,), (compiled,) = result["locations"], result["relatedLocations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "deploy%20ments/cap%231.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 12, "startColumn": 3, "endLine": 12, "endColumn": 8},
    }
    assert compiled["physicalLocation"] == {
        "artifactLocation": {"uri": "out/my%20cap/modules/database/main.tf.json", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 26},
    }
    assert place["logicalLocations"][0]["name"] == CRITICAL.address


def test_without_the_spec_a_finding_stands_at_the_compiled_line() -> None:
    result = of(NASTY, "CKV_AWS_144")
    assert "relatedLocations" not in result
    assert uris(result) == ["out/my%20cap/main.tf.json"]


@pytest.mark.parametrize(
    ("base", "uri"),
    [
        ("", "../x.json"),
        ("out", "x.json"),
        ("out/cap/eu-west-1", "out/cap/x.json"),
        ("./out/../other/cap", "other/x.json"),
    ],
)
def test_files_are_named_relative_to_the_working_directory(
    base: str, uri: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    finding = replace(LOW, file="../x.json")
    for root in (base, str(tmp_path / base)):
        (found,) = uris(
            run(replace(CLEAN, base=root, regions=(replace(JUDGED, findings=(finding,), waived=()),)))["results"]
        )
        assert found == (uri if base else f"file://{tmp_path.parent}/x.json")


def test_a_result_stays_the_same_when_lines_move_and_differs_between_regions() -> None:
    moved = replace(CRITICAL, line=99, spec=Location(SPEC, 50, 1))
    other = replace(JUDGED, name="b", region="b", findings=(moved,), waived=())
    first = of(NASTY, "CKV_AWS_17")["partialFingerprints"]
    both = run(replace(NASTY, regions=(replace(other, region="eu-west-1"), other)))["results"]
    prints = [result["partialFingerprints"] for result in both if result["ruleId"] == "CKV_AWS_17"]
    assert prints[0] == first
    assert prints[1] != first


def test_severities_are_in_the_bands_of_github() -> None:
    rules = {}
    for severity in FindingSeverity:
        finding = replace(LOW, severity=severity)
        (rule,) = run(replace(CLEAN, regions=(replace(JUDGED, findings=(finding,), waived=()),)))["tool"]["driver"][
            "rules"
        ]
        rules[severity] = (rule["properties"]["security-severity"], rule["defaultConfiguration"]["level"])
    bands = {severity: float(score) for severity, (score, _) in rules.items()}
    assert bands[FindingSeverity.CRITICAL] >= 9 > bands[FindingSeverity.HIGH] >= 7 > bands[FindingSeverity.MEDIUM] >= 4
    assert 4 > bands[FindingSeverity.LOW] > 0
    assert [level for _, level in rules.values()] == ["error", "error", "warning", "note"]


def test_a_waived_finding_is_suppressed_with_who_why_and_until_when() -> None:
    (suppression,) = of(NASTY, "CKV_AWS_260")["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"].startswith("@team|net: a|b")
    assert suppression["justification"].endswith("(until 2027-11-30).")
    assert not any("suppressions" in result for result in run(NASTY)["results"] if result["ruleId"] != "CKV_AWS_260")


def test_findings_below_the_threshold_say_that_they_do_not_fail() -> None:
    fails = {each["ruleId"]: each["properties"]["fails"] for each in run(NASTY)["results"] if "properties" in each}
    assert fails == {"CKV_AWS_17": True, "OWN_1": True, "CKV_AWS_144": False, "CKV_AWS_260": False}


def test_what_was_not_judged_makes_the_run_unsuccessful() -> None:
    (invocation,) = run(NASTY)["invocations"]
    assert invocation["executionSuccessful"] is False
    result = of(NASTY, UNREADABLE.rule)
    assert result["level"] == "error"
    assert uris(result) == ["out/my%20cap/us-east-1/main.tf.json"]
    assert run(CLEAN)["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_waivers_that_do_not_hold_are_results_at_their_line() -> None:
    result = of(NASTY, EXPIRED.rule)
    assert result["level"] == "error"
    assert uris(result) == ["deploy%20ments/cap%231.yaml"]
    soon = of(NASTY, "waiver-expires-soon")
    assert soon["level"] == "warning"
    assert uris(soon) == ["out/my%20cap/eu-west-1/policy.json"]


def test_a_wrong_spec_is_no_success() -> None:
    wrong = validate_text("api_version: capgen/v1\nnme: x\n", "cap.yaml")
    nothing = Assessment(terms=CLEAN.terms)
    (found,) = sarif_log(nothing, wrong.diagnostics)["runs"]
    assert found["invocations"][0]["executionSuccessful"] is False
    assert set(uris(found["results"])) == {"cap.yaml"}
    (found,) = sarif_log(nothing, [replace(EXPIRED, location=None)])["runs"]
    assert found["results"] == []
    assert found["invocations"][0]["toolExecutionNotifications"][0]["level"] == "error"


def test_every_result_has_its_rule() -> None:
    found = run(NASTY)
    rules = found["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in found["results"]})
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in found["results"])
    (rule,) = (rule for rule in rules if rule["id"] == "OWN_1")
    assert "helpUri" not in rule
    assert "<script>" not in rule["help"]["markdown"]


def test_deployments_of_one_repository_do_not_replace_each_other() -> None:
    def category(*deployments: str) -> str:
        regions = tuple(RegionAssessment(name=each, deployment=each, region="r") for each in deployments)
        return str(run(replace(CLEAN, regions=regions))["automationDetails"]["id"])

    assert category("a") != category("b")
    assert category("a", "b") == category("b", "a") == "capgen/"


def test_there_are_no_more_results_than_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_RESULTS", 3)
    found = run(NASTY)
    assert [result["ruleId"] for result in found["results"]] == ["CKV_AWS_17", "OWN_1", "CKV_AWS_144"]
    assert "4 more results" in found["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]


@pytest.mark.parametrize("tree", ["small", "rich", "example"])
def test_a_real_tree(tree: str) -> None:
    assessment = assessed(tree)
    (region,) = assessment.regions
    assert len(run(assessment)["results"]) == len(region.findings) + len(region.waived) > 10
