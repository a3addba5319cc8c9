"""docs/pipelines.md says what the commands do, and what it gives to paste can be pasted."""

import json
import re
from pathlib import Path
from typing import Any

import typer
import yaml

from capgen.cli.pipeline import pipeline_app

PAGE = (Path(__file__).parents[2] / "docs" / "pipelines.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_every_option_is_in_the_table_and_no_other() -> None:
    group: Any = typer.main.get_command(pipeline_app)
    options = {
        option
        for name in ("github", "gitlab")
        for parameter in group.commands[name].params
        if parameter.param_type_name == "option"
        for option in (*parameter.opts, *parameter.secondary_opts)
    } - {"--help", "-h", "--code-scanning", "--regions", "--affected"}  # the default, and what a job calls
    table = PAGE[PAGE.index("## Options") : PAGE.index("Actions stand by")]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {option for cell in first_cells for option in re.findall(r"`(--?[a-z-]+)`", cell)} == options


def test_the_policies_trust_one_repository_and_what_the_jobs_are() -> None:
    policies = [json.loads(block) for block in blocks("json")]
    trusts = [policy["Statement"][0] for policy in policies if "Principal" in policy["Statement"][0]]
    assert len(trusts) == 4
    for trust in trusts:
        conditions = {key: value for each in trust["Condition"].values() for key, value in each.items()}
        assert {key.rsplit(":", 1)[1] for key in conditions} == {"aud", "sub"}
        subjects = next(value for key, value in conditions.items() if key.endswith(":sub"))
        for subject in [subjects] if isinstance(subjects, str) else subjects:
            assert re.match(r"repo:acme@\d+/deployments@\d+:|project_path:acme/deployments:", subject)
    apply_roles = [json.dumps(trust["Condition"]) for trust in trusts[1::2]]
    assert "environment:production-eu-west-1" in apply_roles[0]
    assert "ref:main" in apply_roles[1]
    assert not any("*" in each for each in apply_roles)


def test_what_is_yaml_can_be_read() -> None:
    action, hooks = (yaml.safe_load(block) for block in blocks("yaml"))
    root = Path(__file__).parents[2]
    inputs = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert set(action[0]["with"]) <= set(inputs)
    known = {hook["id"] for hook in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for hook in hooks[0]["hooks"]} == known
