"""The scripts of plan and apply with the real Terraform, and roots that need no provider."""

import json
import sys
from pathlib import Path

from capgen.ci import PipelineOptions, github_workflow
from tests.ci.scripts import Script, github_scripts, real_commands, run
from tests.terraform.harness import Terraform

DIRECTORY = "out/cap-a/eu-west-1"


def jobs(text: str) -> dict[tuple[str, str], Script]:
    return {(script.job, script.name): script for script in github_scripts(text)}


def test_a_saved_plan_is_applied_once(tmp_path: Path, terraform: Terraform) -> None:
    """The root has no provider to download: this is about the scripts and about what Terraform refuses."""
    root = tmp_path / DIRECTORY
    root.mkdir(parents=True)
    (root / "main.tf.json").write_text(json.dumps({"resource": {"terraform_data": {"one": {"input": "a"}}}}))
    scripts = jobs(github_workflow(PipelineOptions(), file="x.yml", waves=1, password=False))
    real = real_commands(tmp_path, Path(sys.executable).parent, terraform.at(tmp_path))
    env = {**real, "DIRECTORY": DIRECTORY, "AFTER": ""}
    assert run(scripts["plan_1", "Plan"], tmp_path, **env).code == 0
    apply = scripts["apply_1", "Apply the plan that was judged"]
    applied = run(apply, tmp_path, **env)
    assert applied.code == 0, applied.output
    assert "1 added" in applied.output
    again = run(apply, tmp_path, **env)
    assert again.code == 1
    assert "stale" in again.output
    assert run(scripts["plan_1", "Plan"], tmp_path, **env).code == 0
    assert Path(tmp_path / ".github_output").read_text() == "code=0\n"
    (root / "main.tf.json").write_text('{"resource": {"terraform_data": {"one": {"input": "${var.missing}"}}}}')
    assert run(scripts["plan_1", "Plan"], tmp_path, **env).code == 1


def test_the_outputs_of_the_primary_are_handed_over(tmp_path: Path, terraform: Terraform) -> None:
    primary, standby = tmp_path / "out/cap-a/eu-west-1", tmp_path / "out/cap-a/eu-central-1"
    for root, content in (
        (primary, {"output": {"database_arn": {"value": "arn:aws:rds:x"}}}),
        (standby, {"variable": {"primary_database_arn": {"type": "string"}},
                   "output": {"given": {"value": "${var.primary_database_arn}"}}}),
    ):  # fmt: skip
        root.mkdir(parents=True)
        (root / "main.tf.json").write_text(json.dumps(content))
    scripts = jobs(github_workflow(PipelineOptions(), file="x.yml", waves=1, password=False))
    env = {**real_commands(tmp_path, Path(sys.executable).parent, terraform.at(tmp_path)), "AFTER": "",
           "DIRECTORY": "out/cap-a/eu-central-1", "SOURCE": "out/cap-a/eu-west-1", "TAKES": "database_arn"}  # fmt: skip
    plan = scripts["plan_1", "Plan"]
    assert run(plan, tmp_path, **env).code == 1  # the primary is not applied
    assert run(plan, tmp_path, **{**env, "AFTER": "eu-west-1"}).code == 0  # and will be by this change
    applied = {**env, "DIRECTORY": "out/cap-a/eu-west-1", "SOURCE": "", "TAKES": ""}
    assert run(plan, tmp_path, **applied).code == 0
    assert run(scripts["apply_1", "Apply the plan that was judged"], tmp_path, **applied).code == 0
    handed = run(plan, tmp_path, **env)
    assert handed.code == 0, handed.output
    assert '+ given = "arn:aws:rds:x"' in handed.output
    apply = run(scripts["apply_1", "Apply the plan that was judged"], tmp_path, **env)  # the plan has what was given
    assert apply.code == 0, apply.output
    assert 'given = "arn:aws:rds:x"' in apply.output
