"""The jobs' scripts of a pull request, one after the other, with the real commands."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from capgen.cli.main import app
from tests.ci.repository import spec
from tests.ci.scripts import Script, github_scripts, real_commands, run
from tests.emulator.emulator import Emulator
from tests.emulator.override import environment, write_override
from tests.terraform.harness import Terraform

DIRECTORY = "out/cap-a/eu-west-1"
ROOT = {"deployment": "cap-a", "region": "eu-west-1", "directory": DIRECTORY, "environment": "production-eu-west-1",
        "account": "", "step": 0, "source": "", "takes": ""}  # fmt: skip


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def capgen(*arguments: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output + result.stderr


def jobs(text: str) -> dict[tuple[str, str], Script]:
    return {(script.job, script.name): script for script in github_scripts(text)}


def write_fleet() -> None:
    """Write two specs, their output and the workflow, and commit them."""
    soon = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    Path("specs").mkdir()
    for name in ("cap-a", "cap-b"):
        Path(f"specs/{name}.yaml").write_text(re.sub(r"expires: .*", f'expires: "{soon}"', spec(name)))
    capgen("compile", "specs")
    capgen("pipeline", "github", "specs")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "base")


def test_a_pull_request(
    tmp_path: Path, terraform: Terraform, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_fleet()
    command = terraform.at(tmp_path, **environment(emulator.url))
    env = {**real_commands(tmp_path, Path(sys.executable).parent, command), "EVENT": "pull_request"}
    scripts = jobs(Path(".github/workflows/capgen.yml").read_text())
    assert run(scripts["check", "Is this workflow current?"], tmp_path, **env).code == 0

    changed = Path("specs/cap-a.yaml")
    changed.write_text(changed.read_text() + "tags:\n  team: payments\n")
    stale = run(scripts["check", "Is the committed output current?"], tmp_path, **env)
    assert stale.code == 1
    assert "cap-a" in stale.output
    built = run(scripts["check", "Compile and scan"], tmp_path, **env)
    assert built.code == 0, built.output
    assert {"report.sarif", "junit.xml", "report.md"} <= {file.name for file in Path("capgen-report").iterdir()}
    assert run(scripts["check", "Is the committed output current?"], tmp_path, **env).code == 0
    git("commit", "-qam", "the pull request, merged into its base")
    found = run(scripts["affected", "Find the regions that the change touches"], tmp_path, **env)
    assert found.code == 0, found.output
    (line,) = Path(".github_output").read_text().splitlines()
    assert json.loads(line.removeprefix("wave_1=")) == [{**ROOT, "after": ""}]

    emulator.plant_named_in(tmp_path / DIRECTORY, "eu-west-1")
    write_override(tmp_path / DIRECTORY, emulator.url)
    judge_a_plan(scripts, tmp_path, env)


def judge_a_plan(scripts: dict[tuple[str, str], Script], folder: Path, env: dict[str, str]) -> None:
    """Plan; the gate refuses it, since the world is let in, until a line of the file of allowances lets it pass."""
    job = {**env, "DIRECTORY": DIRECTORY, "DEPLOYMENT": "cap-a", "REGION": "eu-west-1", "ROOT": json.dumps(ROOT)}
    planned = run(scripts["plan_1", "Plan"], folder, **job)
    assert planned.code == 0, planned.output
    assert Path(".github_output").read_text() == "code=2\n"
    refused = run(scripts["plan_1", "Judge the plan"], folder, PLAN="2", **job)
    review = Path("review/review.md").read_text()
    assert refused.code == 3, refused.output + review
    (address,) = set(re.findall(r"--allow '([^']+)'", review))
    Path("allowed-changes.txt").write_text(f"cap-b eu-west-1 module.x\ncap-a eu-west-1 {address}\n")
    passed = run(scripts["plan_1", "Judge the plan"], folder, PLAN="2", **job)
    assert passed.code == 0, passed.output + Path("review/review.md").read_text()
    assert json.loads(Path("review/outcome.json").read_text()) == {**ROOT, "plan": 2, "gate": 0}
    assert (folder / DIRECTORY / ".terraform.lock.hcl").is_file()  # goes with the plan: the apply has the same provider
    Path("artifacts").mkdir()
    Path("review").rename("artifacts/review-1-cap-a-eu-west-1")
    Path("capgen-report").rename("artifacts/capgen-report")
    where = {"REPOSITORY": "o/r", "PULL_REQUEST": "1", "RUN": "https://example.com/1"}
    told = run(scripts["comment", "Write the comment, or write it anew"], folder, **where, **env)
    assert told.code == 0, told.output
    text = Path("comment.md").read_text()
    assert "| `cap-a` | `eu-west-1` | passed |" in text
    assert "Compiled output" in text
    assert len(text) <= 65_536
