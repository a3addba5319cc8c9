"""A report as a folder."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from capgen.diagnostics import Diagnostic
from capgen.report.write import write_report
from tests.output.example import REPOSITORY
from tests.report.assessments import CHANGES, CLEAN, NASTY

DOCUMENT = (REPOSITORY / "docs" / "report.md").read_text(encoding="utf-8")


def written(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_every_form_is_written_and_documented(tmp_path: Path) -> None:
    write_report(tmp_path / "a" / "b", NASTY, None, CHANGES)
    files = written(tmp_path / "a" / "b")
    assert set(files) == set(re.findall(r"^\| `([\w.]+)` \|", DOCUMENT, re.MULTILINE))
    ET.fromstring(files["junit.xml"])
    for name, text in files.items():
        if name in ("report.json", "report.sarif"):
            json.loads(text)
        assert b"\r" not in text
        assert b"\x1b" not in text


def test_what_a_plan_is_refused_for_is_in_every_form_of_a_machine(tmp_path: Path) -> None:
    danger = Diagnostic(rule="plan-dangerous", message="aws_db_instance.this is replaced: its data is lost")
    write_report(tmp_path, CLEAN, None, CHANGES, [danger])
    files = {name: text.decode() for name, text in written(tmp_path).items()}
    assert json.loads(files["report.json"])["ok"] is False
    assert files["report.md"].startswith("## capgen: refused\n\n**1 error.**")
    assert '<failure type="plan-dangerous"' in files["junit.xml"]
    (run,) = json.loads(files["report.sarif"])["runs"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (notification["level"], notification["message"]["text"]) == ("error", f"{danger.message}.")


def test_twice_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        write_report(Path("report"), NASTY, None, CHANGES)
    assert written(tmp_path / "a/report") == written(tmp_path / "b/report")
    assert str(tmp_path).encode() not in b"".join(written(tmp_path / "a/report").values())


def test_an_old_report_is_replaced(tmp_path: Path) -> None:
    write_report(tmp_path, NASTY)
    write_report(tmp_path, CLEAN)
    assert json.loads(written(tmp_path)["report.json"])["ok"] is True
