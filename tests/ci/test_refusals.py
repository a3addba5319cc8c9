"""What `capgen pipeline` refuses, and `capgen validate` of several specs."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from capgen.cli.main import app
from tests.ci.repository import add, spec


@pytest.fixture(autouse=True)
def _in_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def capgen(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_a_fleet_that_cannot_be_applied_is_refused() -> None:
    Path("specs").mkdir()
    Path("specs/cap-a.yaml").write_text(spec("cap-a"))
    unbuilt = capgen("pipeline", "github", "specs")
    assert unbuilt.exit_code == 1
    assert "pipeline-not-built" in unbuilt.stderr
    add(Path(), "cap-b", more="")
    local = capgen("pipeline", "gitlab", "specs/cap-b.yaml")
    assert local.exit_code == 1
    assert "pipeline-local-state" in local.stderr
    Path("specs/cap-c.yaml").write_text(spec("cap-c").replace("regions:", "region:"))
    broken = capgen("pipeline", "github", "specs/cap-c.yaml")
    assert broken.exit_code == 1
    assert "specs/cap-c.yaml" in broken.stderr
    Path("other.yaml").write_text("a: 1\n")
    for command in (["pipeline", "github", "out"], ["pipeline", "gitlab", "*.yaml"], ["validate", "*.yaml"]):
        assert capgen(*command).exit_code == 2
    assert not Path(".gitlab-ci.yml").exists()
    assert not Path(".github").exists()


@pytest.mark.parametrize(
    ("option", "value", "rule"),
    [
        ("--out", "/srv/out", "pipeline-path"),
        ("--out", "../out", "pipeline-path"),
        ("--output", "/etc/w.yml", "pipeline-path"),
        ("--allowances", "a\nb", "pipeline-text"),
        ("--requirement", "a\u2028b", "pipeline-text"),
        ("--requirement", "${{ secrets.X }}", "pipeline-text"),
        ("--requirement", "-r x", "pipeline-form"),
        ("--default-branch", "main\n", "pipeline-form"),
        ("--default-branch", "it's", "pipeline-form"),
        ("--runner", "[a]", "pipeline-form"),
        ("--tool-version", '1"', "pipeline-form"),
        ("--environment-name", "{stage}", "pipeline-form"),
        ("--environment-name", "{region", "pipeline-form"),
        ("--pin", "actions/checkout=v4", "pipeline-pin"),
        ("--pin", "some/action=" + "a" * 40, "pipeline-pin"),
    ],
)  # fmt: skip
def test_what_would_break_out_of_the_file_is_refused(option: str, value: str, rule: str) -> None:
    add(Path(), "cap-a")
    refused = capgen("pipeline", "github", "specs", option, value)
    assert refused.exit_code == 1
    assert f"[{rule}]" in refused.stderr
    assert not Path(".github").exists()


def test_a_pin_without_a_commit_is_a_wrong_call() -> None:
    assert capgen("pipeline", "github", "specs", "--pin", "actions/checkout").exit_code == 2


def test_validate_takes_several_specs() -> None:
    good, bad = add(Path(), "cap-a"), Path("bad.yaml")
    bad.write_text("api_version: capgen/v1\nname: cap-x\n")
    said = capgen("validate", str(good), str(bad))
    assert said.exit_code == 1
    assert said.stdout == f"{good}: valid, cap-a in eu-west-1\n"
    assert "bad.yaml" in said.stderr
    assert capgen("validate", str(good), str(good)).exit_code == 0
    many = json.loads(capgen("validate", str(good), str(bad), "--format", "json").stdout)
    assert (many["ok"], [(each["spec"], each["ok"]) for each in many["specs"]]) == (
        False, [("bad.yaml", False), (str(good), True)],
    )  # fmt: skip
    assert json.loads(capgen("validate", str(good), "--format", "json").stdout)["spec"] == str(good)
    assert len(json.loads(capgen("validate", "specs", "--format", "json").stdout)["specs"]) == 1
