"""`capgen policies`, and `--policies` of the commands that judge."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from capgen.cli.main import app
from capgen.resources import table
from capgen.scan.policies import POLICIES
from capgen.scan.policies.example import example_of
from tests.terms import TODAY

CHECK = """
metadata: {id: ACME_1, name: Ensure load balancers are public, category: NETWORKING, severity: CRITICAL}
definition: {cond_type: attribute, resource_types: [aws_s3_bucket], attribute: bucket, operator: equals, value: x}
"""


def capgen(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_the_list_has_a_line_for_each_policy() -> None:
    listed = capgen("policies")
    lines = listed.stdout.splitlines()
    assert listed.exit_code == 0
    for policy, line in zip(POLICIES, lines, strict=False):
        assert line.split(maxsplit=2) == [policy.id, str(policy.severity), policy.title]
    assert f"{len(table('policy/checks.json')['checks'])} checks of checkov apply as well: " in listed.stdout


def test_the_list_as_data() -> None:
    document = json.loads(capgen("policies", "--format", "json").stdout)
    assert [each["id"] for each in document["policies"]] == [policy.id for policy in POLICIES]
    assert [each["id"] for each in document["stock"]] == list(table("policy/checks.json")["checks"])
    assert all(each["rationale"] and each["link"] for each in document["policies"])


@pytest.mark.parametrize("id", [policy.id for policy in POLICIES])
def test_one_policy_is_told_with_its_examples(id: str) -> None:
    text, document = capgen("policies", id).stdout, json.loads(capgen("policies", id, "--format", "json").stdout)
    example = example_of(id)
    for told in (document["title"], document["rationale"], document["fix"], document["link"], document["spec"]):
        assert told in text
    assert (document["good"], document["bad"]["spec"]) == ({"spec": example.good}, example.bad)
    for spec in (example.good, example.bad):
        assert "\n".join(f"  {line}" for line in spec.splitlines()) in text
    assert f"A bad spec: {example.address} fails" in text
    for edit in example.edits:
        assert f"  {edit.file}\n  {edit.at}\n" in text


def test_a_stock_check_is_told_from_the_table() -> None:
    text = capgen("policies", "CKV_AWS_16").stdout
    known = table("policy/checks.json")["checks"]["CKV_AWS_16"]
    for told in ("CKV_AWS_16", known["title"], known["severity"], known["fix"], known["spec"]):
        assert told in text


def test_a_finding_of_the_reachability_proof_is_told() -> None:
    assert "intended" in capgen("policies", "CAPGEN_40").stdout
    assert json.loads(capgen("policies", "CAPGEN_40", "--format", "json").stdout)["id"] == "CAPGEN_40"


def test_an_unknown_check_is_refused_with_the_nearest() -> None:
    refused = capgen("policies", "CKV_AWS_999x")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "did you mean" in refused.stderr


def test_the_folder_for_checkov_is_printed() -> None:
    folder = Path(capgen("policies", "--directory").stdout.strip())
    assert sorted(file.name for file in folder.glob("*.py")) == ["__init__.py", "capgen_policies.py"]


def test_own_policies_judge_a_scan(small: Path, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(CHECK, encoding="utf-8")
    arguments = ("scan", str(small), "--policies", str(tmp_path), "--format", "json", "--today", str(TODAY))
    scanned = capgen(*arguments)
    assert scanned.exit_code == 1
    assert '"ACME_1"' in scanned.stdout


def test_a_folder_of_policies_that_is_of_no_use_is_refused(small: Path, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("import os\n1 / 0\n", encoding="utf-8")
    refused = capgen("scan", str(small), "--policies", str(tmp_path), "--today", str(TODAY))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "own.py cannot be run: ZeroDivisionError" in refused.stderr
    assert "1 / 0" in refused.stderr
