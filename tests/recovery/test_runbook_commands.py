"""The commands of a pair's runbook are commands that a shell, the AWS CLI and its queries understand."""

import re
import subprocess

import jmespath  # type: ignore[import-untyped]  # has none; it is the AWS CLI's own
import pytest
from botocore import xform_name

from tests.recovery.pairs import PRIMARY, STANDBY
from tests.recovery.runbooks import NOT_OF_THE_API, SPECS, TRAFFIC, commands, complaints, pair_part, service_model, text


@pytest.mark.parametrize("code", [PRIMARY, STANDBY])
@pytest.mark.parametrize("spec", SPECS)
def test_every_command_is_one_of_the_cli(spec: str, code: str) -> None:
    found = commands(pair_part(text(code, **SPECS[spec])))
    assert found or spec == "own secret"
    assert [(command, wrong) for command in found if (wrong := complaints(command))] == []


def test_a_command_that_does_not_exist_would_be_found() -> None:
    assert complaints(["aws", "rds", "promote-replica", "--region", "x"]) == ["rds promote-replica"]
    assert complaints(["aws", "rds", "modify-db-instance", "--no-engine-version"]) == ["no-engine-version"]
    assert complaints(["aws", "efs", "delete-replication-configuration", "--file-system-id", "x"]) == ["file-system-id"]


def test_required_options_are_given() -> None:
    for command in commands(pair_part(text(STANDBY))):
        _, service, action, *words = command
        if action == "wait" or (service, action) in NOT_OF_THE_API:
            continue
        model = service_model(service)
        operation = {xform_name(name, "-"): name for name in model.operation_names}[action]
        required = {xform_name(name, "-") for name in model.operation_model(operation).input_shape.required_members}
        assert required <= {word.removeprefix("--") for word in words if word.startswith("--")}, command


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize("spec", SPECS)
def test_a_shell_understands_every_block_of_code(spec: str, shell: str) -> None:
    told = "".join(text(code, **{**TRAFFIC, **SPECS[spec]}) for code in (PRIMARY, STANDBY))
    code = "\n".join(re.findall(r"```sh\n(.*?)```", told, re.DOTALL))
    ran = subprocess.run([shell, "-n"], input=code, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_every_query_is_one_that_the_cli_can_parse() -> None:
    told = [command for overrides in SPECS.values() for command in commands(pair_part(text(STANDBY, **overrides)))]
    queries = {words[words.index("--query") + 1] for words in told if "--query" in words}
    assert len(queries) > 5
    for query in queries:
        jmespath.compile(query)
