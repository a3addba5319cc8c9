"""`capgen review` as a pipeline calls it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from capgen.cli.main import app
from tests.gate.reviews import RICH, plan_file
from tests.gate.test_judge import DATABASE


def capgen(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["review", *arguments, "--today", "2026-11-23"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("moved", "--fail-on", "critical"), 0),
        (("hcl",), 1),
        (("database_kept",), 2),
        (("moved", "--fail-on", "critical", "--allow", "aws_a.b"), 2),
        (("hcl", "--tree", "/nowhere"), 2),
        (("database_replaced",), 3),
        (("database_replaced", "--allow", DATABASE, "--fail-on", "critical"), 0),
    ],
)
def test_the_exit_code_says_what_may_be_done(arguments: tuple[str, ...], code: int) -> None:
    name, *options = arguments
    assert capgen(str(plan_file(name)), *options).exit_code == code


def test_no_plan_at_all_is_a_wrong_call(tmp_path: Path) -> None:
    result = capgen(str(tmp_path / "missing.json"))
    assert result.exit_code == 2
    assert "terraform show -json plan.tfplan" in result.stderr
    assert capgen().exit_code == 2


def test_a_waiver_file_that_cannot_be_read_refuses(tmp_path: Path) -> None:
    waivers = tmp_path / "waivers.yaml"
    waivers.write_text("nonsense: [", encoding="utf-8")
    result = capgen(str(plan_file("hcl")), "--waivers", str(waivers), "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["ok"] is False
    assert document["diagnostics"] != []


def test_json_and_markdown_go_to_standard_output_alone() -> None:
    for format in ("json", "markdown"):
        result = capgen(str(plan_file("mixed")), "--format", format)
        assert result.stderr == ""
        assert "hidden" in result.stdout


def test_the_report_has_what_changes(tmp_path: Path) -> None:
    result = capgen(str(plan_file("rich_first")), "--tree", str(RICH), "--report", str(tmp_path / "report"))
    assert result.exit_code == 3  # a load balancer for the world is new
    written = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    (changes,) = written["changes"]
    assert changes["dangerous"] is True
    assert {path.name for path in (tmp_path / "report").iterdir()} >= {"index.html", "report.md", "report.sarif"}


def test_a_plan_that_cannot_be_read_leaves_no_report(tmp_path: Path) -> None:
    assert capgen(str(plan_file("database_kept")), "--report", str(tmp_path / "report")).exit_code == 2
    assert not (tmp_path / "report").exists()
