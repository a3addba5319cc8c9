"""capgen explain: what is told of each value, as text and as data, and what of a wrong question."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from rich.console import Console
from typer.testing import CliRunner, Result

from capgen.cli.main import app
from capgen.pipeline.explain import explain
from capgen.report.explain import select
from capgen.report.explain_text import print_explained
from capgen.resources import table

BASE = """\
api_version: capgen/v1
agent:
  image: registry.example.com/cap/agent:1.0.0
  environment: {RULES: '["a", "b"]', LEVEL: info}
network:
  vpc_id: vpc-0a1b2c3d
  subnet_ids: [subnet-0a1b2c3d, subnet-0f1e2d3c]
  nat_gateway: true
access:
  web_cidrs: [10.0.0.0/8, 172.16.0.0/12]
database: {port: 5433}
tags: {team: platform}
regions: {eu-west-1: {}}
"""
SPEC = """\
extends: base.yaml
name: cap-a
environment: development
access: {web_cidrs: [192.0.2.0/24]}
tags: null
regions:
  eu-west-2: {database: {port: 5434}}
"""


@pytest.fixture(autouse=True)
def _with_a_spec_and_its_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text(BASE)
    Path("spec.yaml").write_text(SPEC)


def told(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["explain", *arguments])


def data(*arguments: str) -> Any:
    """Return the document, held to its schema."""
    report = table("report.schema.json")
    registry: Registry[Any] = Registry().with_resources([(report["$id"], Resource.from_contents(report))])
    document = json.loads(told(*arguments, "--format", "json").stdout)
    Draft202012Validator(table("explain.schema.json"), registry=registry).validate(document)
    return document


def test_values_that_are_alike_are_told_once_and_others_with_their_region() -> None:
    found = told("spec.yaml", "database.port")
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == (
        "cap-a in eu-west-1, eu-west-2\n"
        "\n"
        "database\n"
        "  port  5433  base.yaml:11  in eu-west-1\n"
        "        over 5432  default\n"
        "        5434  spec.yaml:7  in eu-west-2\n"
        "        over 5433  base.yaml:11\n"
        "        over 5432  default\n"
    )


def test_a_profile_names_the_line_that_chose_it() -> None:
    assert "30  profile, chosen in spec.yaml:3\n" in told("spec.yaml", "logs.retention_in_days").stdout
    Path("spec.yaml").write_text(SPEC.replace("environment: development\n", ""))
    assert "365  profile of the default environment\n" in told("spec.yaml", "logs.retention_in_days").stdout


def test_without_a_path_every_section_is_told() -> None:
    found = told("spec.yaml").stdout
    sections = table("deployment.schema.json")["$defs"]["region"]["properties"]
    assert {line.strip().split()[0] for line in found.splitlines() if line} >= set(sections)


@pytest.mark.parametrize(
    ("arguments", "region"),
    [
        (("regions.eu-west-2.database",), "eu-west-2"),
        (("database", "--region", "eu-west-2"), "eu-west-2"),
        (("regions.eu-west-1", "--region", "eu-west-2"), "eu-west-2"),
    ],
)
def test_one_region_can_be_asked_for(arguments: tuple[str, ...], region: str) -> None:
    (found,) = data("spec.yaml", *arguments)["regions"]
    assert found["region"] == region
    assert all(each["path"].startswith("database") for each in found["values"]) == (arguments[0][-1] == "e")


def test_data_has_each_value_with_its_place_and_what_lies_beneath() -> None:
    found = data("spec.yaml")
    assert (found["deployment"], found["files"], found["diagnostics"]) == ("cap-a", ["base.yaml", "spec.yaml"], [])
    for region in found["regions"]:
        values = {each["path"]: each for each in region["values"]}
        assert values["access.web_cidrs[0]"] == {
            "path": "access.web_cidrs[0]", "value": "192.0.2.0/24",
            "kind": "spec", "file": "spec.yaml", "line": 4, "column": 22,
            "overridden": [{"path": "access.web_cidrs", "value": ["10.0.0.0/8", "172.16.0.0/12"],
                            "kind": "spec", "file": "base.yaml", "line": 10, "column": 14}],
        }  # fmt: skip
        assert [each["value"] for each in values["tags"]["overridden"]] == [None, {"team": "platform"}]
        for each in values.values():
            assert (each["file"] is not None) == (each["kind"] != "default")
            if each["kind"] == "spec" and each["value"] not in ([], {}):
                line = Path(each["file"]).read_text().splitlines()[each["line"] - 1]
                assert json.dumps(each["value"]).strip('"').replace('\\"', '"') in line


def test_a_text_of_json_stays_a_text() -> None:
    (value,) = data("spec.yaml", "agent.environment.RULES", "--region", "eu-west-1")["regions"][0]["values"]
    assert value["value"] == '["a", "b"]'


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("databse.port", 'did you mean "database.port"?'),
        ("DATABASE.PORT", 'did you mean "database.port"?'),
        ("access.web_cidrs[1]", 'did you mean "access.web_cidrs[0]"?'),
        ("agent.environment.LEVEL.x", 'did you mean "agent.environment.LEVEL"?'),
        ("database.zzzzzzzzzzzzzzzzzzzzzzzzzz", "capgen explain SPEC database tells what there is"),
        ("tags.team", "the null in spec.yaml:5 takes it back"),
        ("tags.other", "capgen explain SPEC tags tells what there is"),
        ("zzzz", None),
        ("", None),
    ],
)
def test_a_path_that_leads_nowhere_is_an_error_with_what_was_meant(path: str, hint: str | None) -> None:
    found = told("spec.yaml", path)
    assert (found.exit_code, found.stdout) == (1, "")
    assert f'cap-a has no value "{path}" [explain-path]' in found.stderr
    (diagnostic,) = data("spec.yaml", path)["diagnostics"]
    assert (diagnostic["rule"], diagnostic["hint"]) == ("explain-path", hint)


def test_a_region_that_the_spec_has_not_is_an_error() -> None:
    (diagnostic,) = data("spec.yaml", "database", "--region", "eu-west-3")["diagnostics"]
    assert (diagnostic["rule"], diagnostic["allowed"]) == ("explain-region", "eu-west-1, eu-west-2")
    assert told("spec.yaml", "regions.eu-west-3").exit_code == 1


def test_a_spec_that_a_rule_refuses_is_told_all_the_same() -> None:
    Path("base.yaml").write_text(BASE.replace("10.0.0.0/8", "10.0.0.1/8"))
    Path("spec.yaml").write_text(SPEC.replace("access: {web_cidrs: [192.0.2.0/24]}\n", ""))
    found = told("spec.yaml", "access.web_cidrs")
    assert found.exit_code == 1
    assert "--> base.yaml:10:15" in found.stderr
    assert "10.0.0.1/8     base.yaml:10" in found.stdout
    assert [each["rule"] for each in data("spec.yaml")["diagnostics"]] == ["security-valid-cidr"]


@pytest.mark.parametrize("text", ["extends: base.yaml\nname: cap-a\nagent: 5\n", "extends: none.yaml\n", "a: [\n", ""])
def test_a_spec_without_values_has_only_errors(text: str) -> None:
    Path("spec.yaml").write_text(text)
    found = told("spec.yaml")
    assert (found.exit_code, found.stdout) == (1, "")
    document = data("spec.yaml")
    assert (document["deployment"], document["regions"]) == (None, [])
    assert document["diagnostics"]


@pytest.mark.parametrize("width", [80, 120])
def test_on_a_terminal_no_line_runs_over_its_edge(width: int) -> None:
    Path("base.yaml").write_text(
        BASE.replace("access:\n", "access:\n  egress: [{cidr: 0.0.0.0/0, port: 443, description: To all}]\n")
    )
    Path("spec.yaml").write_text(
        SPEC + '  eu-west-1: {access: {egress: [null, {cidr: 0.0.0.0/0, port: 443, description: "Out"}]}}\n'
    )
    model = explain(Path("spec.yaml")).model
    assert model is not None
    stream = StringIO()
    console = Console(file=stream, width=width, force_terminal=True, color_system=None, highlight=False)
    print_explained(console, model, select(model, None, None))
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    broken = [line for line in lines if line.startswith(" " * 10) and "default" in line]
    assert broken
