"""The shell in the pipelines: in what words it calls capgen, and that nothing of a user's text is run."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from capgen.ci import PipelineOptions, github_workflow, gitlab_pipeline, regions_pipeline
from capgen.cli.main import app
from tests.ci.scripts import Script, github_scripts, gitlab_scripts, run, script_of
from tests.ci.variants import FLEET, VARIANTS

REPOSITORY = Path(__file__).parents[2]
ACTION = (REPOSITORY / "action.yml").read_text(encoding="utf-8")


def written(options: PipelineOptions) -> list[Script]:
    """Return every script of both services."""
    return [
        *github_scripts(github_workflow(options, file=".github/workflows/x.yml", waves=2, password=True)),
        *gitlab_scripts(gitlab_pipeline(options, file=".gitlab-ci.yml")),
        *gitlab_scripts(regions_pipeline(options, FLEET)),
    ]


USAGE_ERROR = typer.BadParameter.__mro__[1]
"""What the command line raises for an option that there is not; Typer carries the library under another name."""


def parsed(words: list[str]) -> None:
    """Let our own command line read the words, without running anything."""
    command: Any = typer.main.get_command(app)
    rest = words[1:]
    while hasattr(command, "commands"):
        command, rest = command.commands[rest[0]], rest[1:]
    command.make_context("capgen", rest)


def test_shellcheck_finds_nothing(tmp_path: Path) -> None:
    shellcheck = shutil.which("shellcheck") or str(Path(sys.executable).with_name("shellcheck"))
    files: dict[str, str] = {}
    for script in [*(each for options in VARIANTS.values() for each in written(options)), *github_scripts(ACTION)]:
        shell = "sh" if script.in_sh else "bash"
        files[f"#!/bin/{shell}\nset -e\n{script.text}\n"] = f"{len(files)}-{script.job}.sh".replace(" ", "-")
    for text, name in files.items():
        (tmp_path / name).write_text(text)
    # The job gives the variables; a text of the user's in quotes may look as if something in it should happen.
    ignored = "SC2154,SC2153,SC2016,SC1003"
    checked = subprocess.run(
        [shellcheck, "--severity=info", f"--exclude={ignored}", *files.values()],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_no_expression_stands_in_a_script() -> None:
    scripts = [script for options in VARIANTS.values() for script in written(options)]
    assert not [script for script in (*scripts, *github_scripts(ACTION)) if "${{" in script.text]


@pytest.mark.parametrize("name", ["default", "everything"])
def test_every_command_of_capgen_is_one_that_it_has(name: str, repository: Path) -> None:
    options = VARIANTS[name]
    root = {"deployment": "cap-a", "region": "eu-west-1"}
    allowances = repository / options.allowances
    allowances.parent.mkdir(exist_ok=True)
    allowances.write_text('cap-a eu-west-1 module.a.b["c d"]\ncap-b eu-west-1 module.x\n')
    base = subprocess.run(["git", "rev-parse", "HEAD^1"], cwd=repository, capture_output=True, text=True, check=True)
    env = {
        "EVENT": "push", "GH_PRINTS": base.stdout.strip(),
        "WORKFLOW_REF": "o/r/.github/workflows/x.yml@refs/heads/main",
        "REPOSITORY": "o/r", "ROOT": json.dumps(root), "DEPLOYMENT": "cap-a", "REGION": "eu-west-1", "PLAN": "2",
        "DIRECTORY": "out/cap-a/eu-west-1", "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": base.stdout.strip(),
        "REVIEW": "reviews", "NEEDS": "{}", "RUN": "https://example.com/1", "CI_PIPELINE_URL": "https://example.com/1",
    }  # fmt: skip
    (repository / "reviews").mkdir()
    (repository / "reviews" / "plan").write_text("2")
    commands = [
        words
        for script in written(options)
        for words in run(script, repository, **env).commands
        if words[0] == "capgen"
    ]
    assert {" ".join(words[1:3]) if words[1] == "pipeline" else words[1] for words in commands} == {
        "affected", "build", "check", "review",
        "pipeline github", "pipeline gitlab", "pipeline waves", "pipeline comment",
    }  # fmt: skip
    for words in commands:
        parsed(words)
    reviews = [words for words in commands if words[1] == "review"]
    assert all(words[-2:] == ["--allow", 'module.a.b["c d"]'] and words.count("--allow") == 1 for words in reviews)
    assert all([*options.judging] == words[-2 - len(options.judging) : -2] for words in reviews)


def test_an_option_that_there_is_not_is_noticed() -> None:
    with pytest.raises(USAGE_ERROR):
        parsed(["capgen", "review", "plan.json", "--frobnicate"])


def test_a_users_text_is_never_run(repository: Path) -> None:
    options = VARIANTS["hostile"]
    env = {"EVENT": "other", "CI_PIPELINE_SOURCE": "web", "PLAN": "2", "ROOT": "{}", "NEEDS": "{}", "REVIEW": "reviews",
           "CAPGEN_REQUIREMENT": options.requirement, "DIRECTORY": "$(touch owned)"}  # fmt: skip
    for script in written(options):
        run(script, repository, **env)
    assert not list(repository.rglob("*owned*"))
    check = script_of(written(options), "check", "Is the committed output current?")
    (words,) = run(check, repository).commands
    assert words == ["capgen", "check", *options.specs, "--out", options.out]


def test_the_files_are_as_they_were(golden: Callable[[Path, str], None]) -> None:
    folder = Path(__file__).with_name("golden")
    options = PipelineOptions(specs=("specs",))
    golden(folder / "github.yml", github_workflow(options, file=".github/workflows/capgen.yml", waves=2, password=True))
    golden(folder / "gitlab.yml", gitlab_pipeline(options, file=".gitlab-ci.yml"))
    golden(folder / "regions.yml", regions_pipeline(options, FLEET))
