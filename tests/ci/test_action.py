"""Our own action: its inputs are words, never text of a script."""

from pathlib import Path

import yaml

from tests.ci.scripts import github_scripts, run, script_of

REPOSITORY = Path(__file__).parents[2]
ACTION = (REPOSITORY / "action.yml").read_text(encoding="utf-8")


def test_the_action_hands_its_inputs_over_as_words(tmp_path: Path) -> None:
    script = script_of(github_scripts(ACTION), "action", "capgen")
    bin_folder = tmp_path / "capgen" / "bin"
    bin_folder.mkdir(parents=True)
    (tmp_path / "work" / "report").mkdir(parents=True)
    (tmp_path / "work" / "report" / "report.md").write_text("found\n")
    installed = bin_folder / "capgen"
    installed.write_text('#!/bin/bash\nprintf "%s\\n" "$@" > "$RUNNER_TEMP/words"\nexit 3\n')
    installed.chmod(0o755)
    env = {"COMMAND": "build", "SPECS": "specs/one.yaml\n$(touch owned)\n", "ARGS": "--out\nmy out\n",
           "REPORT": "report", "DIRECTORY": "work"}  # fmt: skip
    ran = run(script, tmp_path, **env)
    assert ran.code == 3, ran.output
    assert (tmp_path / "words").read_text().splitlines() == [
        "build", "--out", "my out", "--report", "report", "specs/one.yaml", "$(touch owned)",
    ]  # fmt: skip
    assert (tmp_path / ".github_output").read_text().splitlines() == [
        "exit-code=3", "report=work/report", "sarif=work/report/report.sarif",
    ]  # fmt: skip
    assert (tmp_path / ".github_step_summary").read_text() == "found\n"
    run(script, tmp_path, **{**env, "COMMAND": "check"})
    assert "--report" not in (tmp_path / "words").read_text()
    assert not list(tmp_path.rglob("*owned*"))
    page = (
        (REPOSITORY / "docs" / "pipelines.md").read_text(encoding="utf-8").partition("## The action and the hooks")[2]
    )
    assert all(f"{name}:" in page or f"`{name}`" in page for name in yaml.safe_load(ACTION)["inputs"])
    assert set(yaml.safe_load(ACTION)["inputs"]) == {
        "command", "specs", "args", "report", "requirement", "python-version", "working-directory",
    }  # fmt: skip
