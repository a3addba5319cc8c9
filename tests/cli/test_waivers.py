"""Waivers as a pipeline meets them: the day, the shared files, and what decides the exit code."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from capgen.cli.main import app
from tests.trees.edit import edit_json

SHARED = """\
waivers:
  - check: CKV_AWS_18
    resource: module.storage.*
    owner: platform
    reason: Nobody reads the access logs of this bucket.
    expires: 2027-06-30
"""


@pytest.fixture(autouse=True)
def _beside_a_tree(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(small, "out/shop")


def scan(*more: str, day: str = "2026-11-23") -> Result:
    """Judge the tree. Its findings are told and do not fail, so that only the waivers decide."""
    return CliRunner().invoke(app, ["scan", "out", "--fail-on", "critical", "--today", day, *more])


@pytest.mark.parametrize(
    ("day", "exit_code", "told"),
    [
        ("2027-05-30", 0, ""),
        ("2027-05-31", 0, "warning: the waiver of CKV_AWS_260"),
        ("2027-06-30", 0, "today is its last day [waiver-expires-soon]"),
        ("2027-07-01", 1, "expired on 2027-06-30, so what it excused stands [waiver-expired]"),
    ],
)
def test_the_day_decides(day: str, exit_code: int, told: str) -> None:
    result = scan(day=day)
    assert result.exit_code == exit_code
    assert told in result.stderr
    assert (result.stderr == "") is (told == "")


def test_an_expired_waiver_fails_whatever_the_severity_of_its_finding() -> None:
    result = scan("--format", "json", day="2027-07-01")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["ok"]) == (1, False)
    assert "CKV_AWS_260" in {finding["check"] for region in document["regions"] for finding in region["findings"]}
    (told,) = document["diagnostics"]
    assert (told["rule"], told["severity"], told["value"]) == ("waiver-expired", "error", "2027-06-30")


def test_the_same_day_says_the_same() -> None:
    assert scan("--format", "json").stdout == scan("--format", "json").stdout


def test_without_a_day_it_is_today() -> None:
    edit_json(Path("out/shop/eu-west-1/policy.json"), "waivers/0/expires", datetime.now(UTC).date().isoformat())
    result = CliRunner().invoke(app, ["scan", "out", "--fail-on", "critical"])
    assert "today is its last day" in result.stderr or "expired on" in result.stderr  # midnight may just have passed


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-30", ["there is no day '2026-02-30'", "2026-02 has the days 01 to 28"]),
        ("23.11.2026", ["there is no day '23.11.2026'", "YYYY-MM-DD"]),
        ("", ["there is no day ''"]),
    ],
)
def test_a_day_that_is_none_is_a_wrong_call(day: str, words: list[str]) -> None:
    result = scan(day=day)
    assert (result.exit_code, result.stdout) == (2, "")
    text = " ".join(result.stderr.replace("│", " ").split())
    assert all(word in text for word in words), text


def test_a_shared_file_waives_and_its_unused_waivers_fail_at_their_line() -> None:
    Path("shared.yaml").write_text(SHARED)
    before, after = (json.loads(scan("--format", "json", *more).stdout) for more in ((), ("--waivers", "shared.yaml")))
    assert (before["ok"], after["ok"]) == (True, True)
    (waived,) = (one for region in after["regions"] for one in region["waived"] if one["check"] == "CKV_AWS_18")
    assert (waived["waiver"]["owner"], waived["waiver"]["file"], waived["waiver"]["line"]) == (
        "platform",
        "shared.yaml",
        2,
    )
    Path("other.yaml").write_text(SHARED.replace("module.storage.*", "module.nothing"))
    result = scan("--waivers", "shared.yaml", "--waivers", "other.yaml")
    assert result.exit_code == 1
    assert "the waiver of CKV_AWS_18 for module.nothing matches no finding [waiver-unused]" in result.stderr
    assert " --> other.yaml:2:12\n" in result.stderr
    assert "2 |   - check: CKV_AWS_18\n" in result.stderr


def test_who_is_out_of_scope_is_left_alone() -> None:
    Path("shared.yaml").write_text(SHARED.replace("module.storage.*", "nothing") + "    deployments: [bank]\n")
    assert scan("--waivers", "shared.yaml").exit_code == 0


@pytest.mark.parametrize("command", [["scan", "out"], ["build", "spec.yaml"]])
@pytest.mark.parametrize("name", ["none.yaml", "wrong.yaml"])
def test_a_file_that_cannot_be_used_stops_everything(command: list[str], name: str) -> None:
    Path("wrong.yaml").write_text(SHARED.replace("2027-06-30", "2027-06-31"))
    rule = {"none.yaml": "load-readable", "wrong.yaml": "policy-expires"}[name]
    call = [*command, "--today", "2026-11-23", "--waivers", name]
    text, data = (CliRunner().invoke(app, [*call, *more]) for more in ((), ("--format", "json")))
    assert (text.exit_code, data.exit_code) == (1, 1)
    assert f"[{rule}]" in text.stderr
    assert text.stdout == ""
    document = json.loads(data.stdout)
    assert (document["ok"], document["regions"]) == (False, [])
    assert [told["rule"] for told in document["diagnostics"]] == [rule]
    assert data.stderr == ""


def test_a_secret_in_a_shared_file_is_not_repeated() -> None:
    Path("shared.yaml").write_text(SHARED.replace("Nobody reads", "The key AKIAIOSFODNN7EXAMPLE reads"))
    for more in ((), ("--format", "json")):
        result = scan("--waivers", "shared.yaml", *more)
        assert result.exit_code == 1
        assert "AKIAIOSFODNN7EXAMPLE" not in result.output


def test_the_schema_of_a_shared_file_is_printed() -> None:
    result = CliRunner().invoke(app, ["schema", "waivers"])
    assert json.loads(result.stdout)["title"] == "capgen waivers"
