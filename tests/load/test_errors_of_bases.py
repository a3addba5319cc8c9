"""A message about a value names the file and the line that supplied it, in every report, by every command."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from capgen.cli.main import app
from capgen.pipeline import validate

BASE = """\
api_version: capgen/v1
agent:
  image: registry.example.com/cap/agent:1.0.0
  environment:
    LEVEL: info
network: {vpc_id: vpc-0a1b2c3d, subnet_ids: [subnet-0a1b2c3d, subnet-0f1e2d3c], nat_gateway: true}
access:
  egress:
    - {cidr: 0.0.0.0/0, port: 443, description: HTTPS}
  web_cidrs:
    - 10.0.0.0/8
policy:
  waivers:
    - {check: CKV_AWS_2, resource: "*", owner: ops, reason: No certificate yet in here, expires: "2027-01-31"}
"""
SPEC = """\
extends: bases/base.yaml
name: cap-a
policy: {waivers: [{check: CKV_AWS_2, resource: "*", owner: web}]}
regions: {eu-west-1: {}}
"""


@pytest.fixture(autouse=True)
def _with_a_spec_and_its_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bases").mkdir()
    Path("bases/base.yaml").write_text(BASE)
    Path("spec.yaml").write_text(SPEC)


def capgen(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_the_spec_itself_is_good() -> None:
    assert validate(Path("spec.yaml")).diagnostics == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("nat_gateway: true", "nat_gateway: 1", "schema-type", 6),
        ("access:", "acces:", "schema-unknown-key", 7),
        ("10.0.0.0/8", "10.0.0.1/8", "security-valid-cidr", 11),
        ("LEVEL: info", "DB_PASSWORD: hunter2hunter2", "secret-plain-text", 5),
        ("LEVEL: info", "AWS_KEY: AKIAIOSFODNN7REALKEY", "secret-aws-key", 5),
        ("LEVEL: info", "LEVEL: info\n    LEVEL: debug", "load-duplicate-key", 6),
        ("HTTPS}", "HTTPS}\n    - {cidr: 0.0.0.0/0, port: 443, description: Again}", "security-distinct-egress", 10),
        ("2027-01-31", "2027-02-30", "policy-expires", 14),
    ],
)
def test_what_is_wrong_with_a_value_of_a_base_is_told_in_the_base(old: str, new: str, rule: str, line: int) -> None:
    Path("bases/base.yaml").write_text(BASE.replace(old, new))
    found = next(each for each in validate(Path("spec.yaml")).diagnostics if each.severity.value == "error")
    assert found.location is not None
    assert (found.rule, found.location.file, found.location.line) == (rule, "bases/base.yaml", line)


def test_what_is_wrong_with_the_specs_part_of_a_merged_value_is_told_in_the_spec() -> None:
    Path("spec.yaml").write_text(SPEC.replace("owner: web", 'owner: web, expires: "2027-02-30"'))
    (found,) = validate(Path("spec.yaml")).diagnostics
    assert (found.location and found.location.file, found.path) == ("spec.yaml", "policy.waivers[0].expires")


def test_every_command_that_takes_a_spec_reads_its_bases() -> None:
    Path("bases/base.yaml").write_text(BASE.replace("10.0.0.0/8", "10.0.0.1/8"))
    for arguments in (
        ("validate", "spec.yaml"), ("compile", "spec.yaml"), ("build", "spec.yaml"), ("check", "spec.yaml"),
        ("diff", "spec.yaml", "spec.yaml"), ("scan", ".", "--spec", "spec.yaml"), ("explain", "spec.yaml"),
    ):  # fmt: skip
        told = capgen(*arguments)
        assert told.exit_code == (2 if arguments[0] == "diff" else 1), arguments
        assert "--> bases/base.yaml:11:7" in told.stderr, arguments


def test_every_report_names_the_base() -> None:
    Path("bases/base.yaml").write_text(BASE.replace("10.0.0.0/8", "10.0.0.1/8"))
    assert capgen("build", "spec.yaml", "--report", "report").exit_code == 1
    (result,) = json.loads(Path("report/report.sarif").read_text())["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("bases/base.yaml", 11)
    (diagnostic,) = json.loads(Path("report/report.json").read_text())["diagnostics"]
    assert (diagnostic["file"], diagnostic["line"]) == ("bases/base.yaml", 11)
    for name in ("index.html", "report.md", "junit.xml"):
        assert "bases/base.yaml:11" in Path("report", name).read_text(encoding="utf-8").replace("<wbr>", ""), name
