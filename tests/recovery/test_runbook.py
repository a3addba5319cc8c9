"""The commands of a pair's runbook are commands that Terraform and the AWS CLI know, with this pair's names."""

import re
import shlex
from typing import Any

import botocore.session
import pytest
from botocore import xform_name

from capgen.model.names import names_of
from capgen.synth.compiled import CompiledRoot
from capgen.write.runbook import runbook
from tests.recovery.pairs import PRIMARY, STANDBY, region

ORDER = ((PRIMARY,), (STANDBY,))
HANDED_OVER = CompiledRoot(region=STANDBY, document={"variable": {"primary_database_arn": {}, "database_password": {}}})
NOTHING = CompiledRoot(region=STANDBY, document={})
OF_EVERY_COMMAND = {"region", "query", "output"}
WAITERS = {("ecs", "services-stable"): "describe-services", ("rds", "db-instance-available"): "describe-db-instances"}
NOT_OF_THE_API = {("s3", "sync"): {"source-region"}, ("s3", "cp"): set(), ("s3", "ls"): {"recursive"}}

SPECS: dict[str, dict[str, Any]] = {
    "copying": {},
    "promoted": {"disaster_recovery": {"promoted": True}},
    "database alone": {"disaster_recovery": {"file_replication": False, "snapshot_replication": False}},
    "own secret": {"database": {"password": {"source": "secret", "secret_arn": None}}},
}


def text(code: str, root: CompiledRoot = HANDED_OVER, **overrides: Any) -> str:
    return runbook(region(code, **overrides), root, ORDER).decode()


def pair_part(told: str) -> str:
    return told.partition("## Two regions")[2].partition("\n## ")[0]


def commands(told: str) -> list[list[str]]:
    """Return each command of the AWS CLI in the code of a text, those in $(…) too, as words."""
    code = "\n".join(re.findall(r"```sh\n(.*?)```", told, re.DOTALL)).replace("\\\n", " ")
    found = []
    for start in (match.start() for match in re.finditer(r"\baws (?=[a-z0-9]+ [a-z])", code)):
        depth, end = 0, start
        while end < len(code) and not (depth == 0 and code[end] in ")\n"):
            depth += {"(": 1, ")": -1}.get(code[end], 0)
            end += 1
        line = re.sub(r"\$\((?:[^()]|\([^()]*\))*\)", "VALUE", code[start:end]).split("&&")[0]
        found.append(shlex.split(line))
    return found


def complaints(command: list[str]) -> list[str]:
    """Return the options of a command that its service's model does not have."""
    _, service, action, *words = command
    options = {word.removeprefix("--") for word in words if word.startswith("--")} - OF_EVERY_COMMAND
    if (service, action) in NOT_OF_THE_API:
        return sorted(options - NOT_OF_THE_API[service, action])
    if action == "wait":
        action = WAITERS[service, words[0]]
    model = botocore.session.get_session().get_service_model("s3" if service == "s3api" else service)
    operations = {xform_name(name, "-"): name for name in model.operation_names}
    if action not in operations:
        return [f"{service} {action}"]
    members = model.operation_model(operations[action]).input_shape.members
    return sorted(options - {xform_name(name, "-") for name in members})


@pytest.mark.parametrize("code", [PRIMARY, STANDBY])
@pytest.mark.parametrize("spec", SPECS)
def test_every_command_is_one_of_the_cli(spec: str, code: str) -> None:
    found = commands(pair_part(text(code, **SPECS[spec])))
    assert found or spec == "own secret"
    assert [(command, wrong) for command in found if (wrong := complaints(command))] == []


def test_a_command_that_does_not_exist_would_be_found() -> None:
    assert complaints(["aws", "rds", "promote-replica", "--region", "x"]) == ["rds promote-replica"]
    assert complaints(["aws", "efs", "delete-replication-configuration", "--file-system-id", "x"]) == ["file-system-id"]


def test_required_options_are_given() -> None:
    for command in commands(pair_part(text(STANDBY))):
        _, service, action, *words = command
        if action == "wait" or (service, action) in NOT_OF_THE_API:
            continue
        model = botocore.session.get_session().get_service_model("s3" if service == "s3api" else service)
        operation = {xform_name(name, "-"): name for name in model.operation_names}[action]
        required = {xform_name(name, "-") for name in model.operation_model(operation).input_shape.required_members}
        assert required <= {word.removeprefix("--") for word in words if word.startswith("--")}, command


def test_a_failover_without_the_primary_asks_nothing_of_it() -> None:
    told = pair_part(text(STANDBY)).partition(f"### Fail over when {PRIMARY} is down")[2].partition("Then bring")[0]
    assert {"rds promote-read-replica", "secretsmanager stop-replication-to-replica",
            "efs delete-replication-configuration"} <= {" ".join(each[1:3]) for each in commands(told)}  # fmt: skip
    for command in commands(told):
        assert command[command.index("--region") + 1] == STANDBY


def test_names_are_those_of_the_deployment() -> None:
    told, names = text(STANDBY), names_of(region(STANDBY))
    for name in (names.database, names.database_secret, names.file_system, names.snapshot_replication_role):
        assert name in pair_part(told)
    assert names.snapshot_replication_role in pair_part(text(PRIMARY))


def test_the_standby_is_told_how_values_are_handed_over() -> None:
    line = f"export TF_VAR_primary_database_arn=$(terraform -chdir=../{PRIMARY} output -raw database_arn)"
    assert line in text(STANDBY)
    assert "TF_VAR_primary" not in text(PRIMARY, NOTHING)
    state = {"data": {"terraform_remote_state": {"primary": {"config": {"bucket": "state", "key": "a/b"}}}}}
    assert "`s3://state/a/b`" in text(STANDBY, CompiledRoot(region=STANDBY, document=state))


def test_what_is_taken_down_first_is_the_standby() -> None:
    destroyed = pair_part(text(PRIMARY)).partition("### Destroy")[2]
    assert destroyed.index(f"-chdir=../{STANDBY} destroy") < destroyed.index(f"-chdir=../{PRIMARY} destroy")


def test_a_region_alone_reads_nothing_of_a_second() -> None:
    assert "Two regions" not in text(PRIMARY, NOTHING, disaster_recovery=None)
