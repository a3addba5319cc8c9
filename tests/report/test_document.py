"""report.json and `--format json`: one form, one schema."""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker

from capgen import pipeline
from capgen.assess import Assessment, Terms
from capgen.findings import FindingSeverity
from capgen.pipeline import validate_text
from capgen.report.document import report_document
from capgen.report.json import json_text
from capgen.report.results import built_document, scanned_document
from capgen.resources import table
from tests.report.assessments import CHANGES, CLEAN, EXAMPLE, NASTY, OLD, TODAY, WAIVER, assessed, assessments

SCHEMA = table("report.schema.json")
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
SPEC = """\
api_version: capgen/v1
name: cap
agent: {name: Agent, image: "a/b:1"}
database: {db_name: x}
access: {web_cidrs: [0.0.0.0/0]}
regions:
  eu-west-1: {network: {vpc_id: vpc-0a1b2c3d, subnet_ids: [subnet-0a1b2c3d, subnet-0f1e2d3c]}}
"""


def valid(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document as a reader gets it, once it is as the schema says."""
    read = json.loads(json_text(document).encode())
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(read)] == []
    assert isinstance(read, dict)
    return read


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict):
            yield schema
        for member in schema.values():
            yield from objects(member)


def test_the_schema_is_closed_and_described() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    found = list(objects(SCHEMA))
    assert len(found) > 20
    for each in found:
        assert each["additionalProperties"] is False
        assert each["description"]
        assert all("description" in value or "$ref" in value for value in each["properties"].values())


@given(assessments)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_is_as_the_schema_says(assessment: Assessment) -> None:
    valid(report_document(assessment))


def test_every_fact_of_an_assessment_is_there() -> None:
    document = valid(report_document(NASTY, None, CHANGES))
    assert (document["ok"], document["today"], document["fail_on"]) == (False, "2026-11-23", "medium")
    assert document["directory"] == "out/my cap"
    judged, unjudged = document["regions"]
    assert (judged["resources"], judged["passed"], judged["judged"]) == (4, 2, True)
    assert [finding["fails"] for finding in judged["findings"]] == [True, True, False]
    assert judged["findings"][0]["spec"] == {"path": "database.public", "file": "deploy ments/cap#1.yaml", "line": 12}
    assert judged["findings"][2]["spec"] == {"path": "snapshots"}
    assert judged["waived"][0]["waiver"]["expires"] == "2027-11-30"
    assert {(flow["verdict"], flow["spec"]) for flow in judged["reachability"]["flows"]} == {
        ("not intended", ""), ("missing", "database.port"),
    }  # fmt: skip
    assert [need["way"] for need in judged["reachability"]["needs"]] == [None, "NAT"]
    assert judged["permissions"][0]["statements"][0]["words"] == "may read every object"
    assert unjudged["judged"] is False
    assert unjudged["diagnostics"][0]["rule"] == "scan-parse"
    assert len(document["diagnostics"]) == 3
    assert document["changes"][0]["dangerous"] is True


def test_every_waiver_says_what_it_does() -> None:
    shared = replace(WAIVER, owner="c", deployments=("x*",))
    document = valid(report_document(replace(NASTY, terms=Terms(today=TODAY, waivers=(shared,)))))
    told = [(each["owner"], each["deployment"], each["accepts"], each["expired"]) for each in document["waivers"]]
    assert told == [(WAIVER.owner, "cap", 1, False), (OLD.owner, "cap", 0, True), ("c", None, 0, False)]
    assert document["waivers"][2]["deployments"] == ["x*"]


def test_every_effective_value_says_who_decided_it() -> None:
    validated = validate_text(SPEC, "cap.yaml")
    assert validated.model is not None, validated.diagnostics
    (region,) = valid(report_document(CLEAN, validated))["configuration"]
    values = {value["path"]: value for value in region["values"]}
    assert (region["deployment"], region["region"]) == ("cap", "eu-west-1")
    assert values["agent.name"] == {
        "path": "agent.name",
        "value": "Agent",
        "origin": "spec",
        "file": "cap.yaml",
        "line": 3,
    }
    assert {value["origin"] for value in values.values()} == {"spec", "profile", "default"}


def test_a_wrong_spec_is_not_ok() -> None:
    document = valid(report_document(Assessment(terms=CLEAN.terms), validate_text("nme: x\n", "cap.yaml")))
    assert document["ok"] is False
    assert document["directory"] is None
    assert document["diagnostics"]


@pytest.mark.parametrize("tree", ["small", "rich", "example"])
def test_a_real_tree(tree: str) -> None:
    (region,) = valid(report_document(assessed(tree)))["regions"]
    assert len(region["findings"]) + len(region["waived"]) > 10
    assert bool(region["findings"]) is (tree != "example")


def test_the_example_in_every_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = Terms(today=TODAY, fail_on=FindingSeverity.HIGH)
    scanned = pipeline.scan(EXAMPLE, terms)
    document = valid(scanned_document(scanned))
    assert document["ok"] is scanned.ok
    assert document["directory"] == EXAMPLE.as_posix()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.yaml").write_text("name: x\n", encoding="utf-8")
    refused = valid(built_document(pipeline.build(Path("wrong.yaml"), Path("out"), terms)))
    assert (refused["ok"], refused["directory"], refused["regions"]) == (False, None, [])


def test_the_severities_are_those_of_the_code() -> None:
    assert SCHEMA["properties"]["fail_on"]["enum"] == [str(severity) for severity in FindingSeverity]
    assert {field.name for field in fields(Terms)} >= {"today", "fail_on"}
