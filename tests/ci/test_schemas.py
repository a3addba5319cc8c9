"""Every file that is written or shipped is what the services' published schemas say."""

from pathlib import Path

import pytest
import yaml

from capgen.ci import ACTIONS, github_workflow, gitlab_pipeline, problems, regions_pipeline
from tests.ci.schemas import held_to
from tests.ci.variants import FLEET, VARIANTS

REPOSITORY = Path(__file__).parents[2]


def test_every_variant_may_be_written() -> None:
    for name, options in VARIANTS.items():
        assert problems(options, ".github/workflows/capgen.yml", ACTIONS) == [], name


def test_github_workflows(tmp_path: Path) -> None:
    files = []
    for name, options in VARIANTS.items():
        for waves, password in ((0, False), (3, True)) if name == "everything" else ((2, True),):
            file = tmp_path / f"{name}-{waves}.yml"
            file.write_text(github_workflow(options, file="x.yml", waves=waves, password=password))
            files.append(file)
    held_to("github-workflows", files)


def test_gitlab_pipelines(tmp_path: Path) -> None:
    files = []
    for name, options in VARIANTS.items():
        for kind, text in {
            "whole": gitlab_pipeline(options, file=".gitlab-ci.yml"),
            "regions": regions_pipeline(options, FLEET),
            "none": regions_pipeline(options, []),
        }.items():
            file = tmp_path / f"{name}-{kind}.yml"
            file.write_text(text)
            files.append(file)
    held_to("gitlab-ci", files)


def test_the_action_and_the_hooks() -> None:
    held_to("github-actions", [REPOSITORY / "action.yml"])
    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"]: (hook["entry"], hook["language"]) for hook in hooks} == {
        "capgen-validate": ("capgen validate", "python"),
        "capgen-check": ("capgen check", "python"),
    }
    assert next(hook for hook in hooks if hook["id"] == "capgen-check")["pass_filenames"] is False


@pytest.mark.parametrize("schema", ["github-workflows", "gitlab-ci"])
def test_the_schemas_can_fail(schema: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("jobs: 7\nscript: {}\n")
    with pytest.raises(AssertionError):
        held_to(schema, [wrong])
