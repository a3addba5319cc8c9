"""The README's transcripts are what the commands print."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from capgen.cli.main import app
from tests.output.example import REPOSITORY

README = REPOSITORY / "README.md"
TRANSCRIPT = re.compile(r"(<!-- transcript[^>]*-->\n```console\n)(.*?)(```)", re.DOTALL)
FIXTURES = Path(__file__).parent / "readme"


def replayed(transcript: str) -> str:
    """Run every command of a transcript and return it with what they print now, on both streams."""
    commands = [line.removeprefix("$ ") for line in transcript.splitlines() if line.startswith("$ ")]
    runner = CliRunner()
    lines = []
    for command in commands:
        result = runner.invoke(app, shlex.split(command.removeprefix("capgen ")))
        lines += [f"$ {command}", *result.output.splitlines()]
    return "\n".join(lines) + "\n"


def test_the_transcripts_are_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    text = README.read_text(encoding="utf-8")
    assert len(TRANSCRIPT.findall(text)) == 3
    fresh = TRANSCRIPT.sub(lambda found: found[1] + replayed(found[2]) + found[3], text)
    if request.config.getoption("--update-golden"):
        README.write_text(fresh, encoding="utf-8")
    assert fresh == README.read_text(encoding="utf-8")
