"""`capgen pipeline` as its users call it."""

import json
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from capgen.cli.main import app
from tests.ci.repository import add

EVERYTHING = [
    "--tofu", "--tool-version", "1.11.2", "--python-version", "3.13", "--requirement", "capgen @ https://example.com/c.whl",
    "--environment-name", "{account}/{deployment} it's", "--waivers", "w.yaml", "--policies", "policies",
    "--fail-on", "high", "--allowances", "allowed changes.txt", "--retention-days", "30",
    "--default-branch", "release/1.x",
]  # fmt: skip
OWN = {
    "github": ["--runner", "big", "--pin", "actions/checkout=" + "a1" * 20, "--no-code-scanning", "-o", "ci/w.yml"],
    "gitlab": ["--image", "python:3.13", "--tool-image", "tofu:1", "-o", "ci/w.yml"],
}


@pytest.fixture(autouse=True)
def _in_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def capgen(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.mark.parametrize("service", ["github", "gitlab"])
@pytest.mark.parametrize("all_options", [False, True])
def test_the_header_is_the_command_that_wrote_the_file(service: str, all_options: bool) -> None:
    add(Path(), "cap-a")
    more = [*EVERYTHING, *OWN[service]] if all_options else []
    made = capgen("pipeline", service, "specs", *more)
    assert made.exit_code == 0, made.stderr
    file = Path(made.stdout.strip())
    assert file == Path(
        "ci/w.yml" if all_options else {"github": ".github/workflows/capgen.yml"}.get(service, ".gitlab-ci.yml")
    )
    text = file.read_text()
    line = next(line for line in text.splitlines() if line.startswith("#   capgen "))
    words = shlex.split(line.removeprefix("#   "))[1:]
    current = capgen(*words, "--check")
    assert (current.exit_code, current.stdout) == (0, f"{file}: current\n"), current.stderr
    file.unlink()
    assert capgen(*words).exit_code == 0
    assert file.read_text() == text


def test_check_writes_nothing_and_shows_the_difference() -> None:
    add(Path(), "cap-a")
    file = Path(".github/workflows/capgen.yml")
    missing = capgen("pipeline", "github", "specs", "--check")
    assert missing.exit_code == 1
    assert "is missing" in missing.stderr
    assert not file.exists()
    capgen("pipeline", "github", "specs")
    add(Path(), "cap-b", [["eu-west-1"], ["eu-central-1"]])  # two steps: the workflow has jobs for one
    stale = capgen("pipeline", "github", "specs", "--check")
    assert stale.exit_code == 1
    assert "+  plan_2:" in stale.stdout
    assert "pipeline-stale" in stale.stderr
    assert "plan_2" not in file.read_text()


def test_the_regions_of_a_change_are_those_that_affected_names() -> None:
    add(Path(), "cap-a", [["eu-west-1"], ["eu-central-1"]])
    add(Path(), "cap-b")
    touched = [{"deployment": "cap-a", "region": "eu-central-1", "directory": "out/cap-a/eu-central-1"}]
    deleted = [{"deployment": "cap-old", "region": "eu-west-3"}]
    Path("affected.json").write_text(json.dumps({"include": touched, "deleted": deleted}))
    printed = capgen("pipeline", "waves", "specs", "--affected", "affected.json", "--declared", "2")
    assert printed.exit_code == 0, printed.stderr
    assert "cap-old in eu-west-3 is compiled no longer; what it is in AWS stays [pipeline-deleted]" in printed.stderr
    first, second = (json.loads(line.split("=", 1)[1]) for line in printed.stdout.splitlines())
    assert [(each["region"], each["environment"], each["after"]) for each in first] == [
        ("eu-central-1", "production-eu-central-1", "")
    ]
    assert second == []
    too_many = capgen("pipeline", "waves", "specs", "--declared", "1")
    assert too_many.exit_code == 1
    assert "pipeline-waves" in too_many.stderr
    assert too_many.stdout == ""
    for wrong in ("[]", '{"include": [{}]}', "not JSON"):
        Path("affected.json").write_text(wrong)
        refused = capgen("pipeline", "gitlab", "specs", "--affected", "affected.json", "-o", "r.yml")
        assert refused.exit_code == 1
        assert "pipeline-affected" in refused.stderr
    assert capgen("pipeline", "waves", "specs", "--affected", "none.json").exit_code == 1


def test_a_standby_takes_what_its_root_has_variables_for() -> None:
    file = add(Path(), "cap-a", [["eu-west-1"], ["eu-central-1"]])
    file.write_text(file.read_text() + "disaster_recovery:\n  primary_region: eu-west-1\n")
    root = Path("out/cap-a/eu-central-1")
    root.mkdir()
    variables: dict[str, dict[str, object]] = {
        "variable": {"primary_file_system_id": {}, "primary_database_arn": {}, "database_password": {}}
    }
    (root / "variables.tf.json").write_text(json.dumps(variables))
    printed = capgen("pipeline", "waves", "specs", "--declared", "2")
    assert printed.exit_code == 0, printed.stderr
    first, second = (json.loads(line.split("=", 1)[1]) for line in printed.stdout.splitlines())
    assert [(each["source"], each["takes"], each["after"]) for each in (*first, *second)] == [
        ("", "", ""), ("out/cap-a/eu-west-1", "database_arn file_system_id", "eu-west-1"),
    ]  # fmt: skip


def test_the_password_of_a_variable_is_a_secret_of_the_repository() -> None:
    add(Path(), "cap-a")
    capgen("pipeline", "github", "specs")
    assert "TF_VAR_DATABASE_PASSWORD" not in Path(".github/workflows/capgen.yml").read_text()
    file = Path("specs/cap-a.yaml")
    file.write_text(file.read_text().replace("source: generated", "source: variable"))
    assert capgen("pipeline", "github", "specs").exit_code == 0
    assert Path(".github/workflows/capgen.yml").read_text().count("secrets.TF_VAR_DATABASE_PASSWORD") == 2
