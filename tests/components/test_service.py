"""The service: what the container is told, what AWS would add by itself, whose changes Terraform leaves alone."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from capgen.components.service.construct import construct
from capgen.components.service.environment import environment, secrets
from capgen.components.service.plan import Shape, plan
from capgen.terraform.module import Document
from capgen.topology import Ref, Text
from tests.components.building import build, problems, write_root
from tests.components.models import deployment
from tests.terraform.fixtures import terraform
from tests.terraform.harness import Terraform

__all__ = ["terraform"]

HEALTH_CHECK = {"command": ["CMD-SHELL", "curl -fsS http://localhost:8080/ || exit 1"]}
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "everything": {
        "agent": {
            "health_check": HEALTH_CHECK,
            "ephemeral_storage": 40,
            "readonly_root_filesystem": True,
            "execute_command": False,
        },
        "snapshots": {"gold_master_key": "gold/agent.zip"},
    },
    "scaled by others": {"deployment": {"desired_count_owner": "external"}},
    "rolled out by others": {"deployment": {"task_definition_owner": "external"}},
    "left to others": {"deployment": {"desired_count_owner": "external", "task_definition_owner": "external"}},
    "AWS's own keys": {"encryption": {"customer_managed_key": False}},
}


def module(**sections: Any) -> Document:
    return build(construct, plan(deployment(**sections)))


def resource(type: str, **sections: Any) -> dict[str, Any]:
    body: dict[str, Any] = module(**sections)["resource"][type]["this"]
    return body


def container(**sections: Any) -> dict[str, Any]:
    """Return the container definition as AWS gets it; references of the root stay what they are in the plan."""
    planned = plan(deployment(**sections))
    template: str = build(construct, planned)["resource"]["aws_ecs_task_definition"]["this"]["container_definitions"]

    def value(match: re.Match[str]) -> Any:
        variable, _, attribute = match[1].removeprefix("var.").partition(".")
        found: Any = planned.inputs[variable]
        return found[attribute] if attribute else found

    text = re.sub(r"\$\{jsonencode\(([a-z_.]+)\)\}", lambda match: json.dumps(value(match), default=str), template)
    (definition,) = json.loads(re.sub(r"\$\{([a-z_.]+)\}", lambda match: str(value(match)), text))
    assert isinstance(definition, dict)
    return definition


@pytest.mark.parametrize("sections", SHAPES.values(), ids=SHAPES)
def test_plan_module_and_provider_agree(sections: dict[str, Any]) -> None:
    planned = plan(deployment(**sections))
    assert not problems(build(construct, planned), planned)


def test_the_body_depends_on_the_shape_alone() -> None:
    other = {"agent": {"cpu": 512, "environment": {"A": "b"}, "name": "Other"}, "scaling": {"desired_count": 3}}
    assert module(**other) == module()
    assert plan(deployment()).shape == Shape(
        customer_managed_key=True, ephemeral_storage=False, health_check=False, writable_tmp=False,
        tasks_scaled_externally=False, versions_rolled_out_externally=False,
    )  # fmt: skip


def test_the_container_stands_as_aws_returns_it() -> None:
    """What is left out here AWS leaves out, too; the provider compares the rest field by field."""
    definition = container(agent={"health_check": HEALTH_CHECK, "stop_timeout": 90})
    assert definition["healthCheck"] == {**HEALTH_CHECK, "interval": 30, "timeout": 5, "retries": 3, "startPeriod": 60}
    del definition["environment"], definition["secrets"], definition["healthCheck"], definition["logConfiguration"]
    assert definition == {
        "name": "agent",
        "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/cap/agent:1.0.0",
        "cpu": 0,
        "essential": True,
        "portMappings": [
            {"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"},
            {"containerPort": 20001, "hostPort": 20001, "protocol": "tcp"},
        ],
        "mountPoints": [{"sourceVolume": "files", "containerPath": "/opt/cap/files", "readOnly": False}],
        "volumesFrom": [],
        "systemControls": [],
        "dockerLabels": {"capgen.database-password-version": "1"},
        "linuxParameters": {"initProcessEnabled": True},
        "privileged": False,
        "readonlyRootFilesystem": False,
        "stopTimeout": 90,
    }


def test_logs_go_to_the_agents_group() -> None:
    definition = container()
    assert definition["logConfiguration"]["logDriver"] == "awslogs"
    options = definition["logConfiguration"]["options"]
    assert set(options) == {"awslogs-group", "awslogs-region", "awslogs-stream-prefix"}
    assert (options["awslogs-region"], options["awslogs-stream-prefix"]) == ("eu-west-1", "agent")
    assert "log_group_name" in options["awslogs-group"]


def test_the_environment_is_sorted_and_complete() -> None:
    found = environment(
        deployment(
            agent={"environment": {"ZONE": "z", "A": "${not_terraform}"}}, snapshots={"gold_master_key": "gold/a.zip"}
        )
    )
    assert found == [
        {"name": "A", "value": "${not_terraform}"},
        {"name": "CAP_AGENT_NAME", "value": "Agent"},
        {"name": "DB_JDBC_URL", "value": Ref("database", "jdbc_url")},
        {"name": "DB_USERNAME", "value": "capadmin"},
        {"name": "S3_GOLD_MASTER", "value": Text(("s3://", Ref("snapshots", "bucket_name"), "/gold/a.zip"))},
        {"name": "ZONE", "value": "z"},
    ]


def test_without_a_gold_master_tasks_start_blank() -> None:
    assert "S3_GOLD_MASTER" not in str(environment(deployment()))


def test_secrets_are_named_by_arn_and_key() -> None:
    arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:licence-AbCdEf"
    given = {"WHOLE": {"secret_arn": arn}, "CAP_LICENCE": {"secret_arn": arn, "key": "licence"}}
    assert secrets(deployment(agent={"secrets": given})) == [
        {"name": "CAP_LICENCE", "valueFrom": f"{arn}:licence::"},
        {"name": "DB_PASSWORD", "valueFrom": Text((Ref("secrets", "database_secret_arn"), ":password::"))},
        {"name": "WHOLE", "valueFrom": arn},
    ]


def test_the_password_of_an_existing_secret_has_its_own_key() -> None:
    arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cap/database-AbCdEf"
    password = {"source": "secret", "secret_arn": arn, "secret_key": "db_password"}
    (found,) = secrets(deployment(database={"password": password}))  # type: ignore[misc]  # a list, seen as a Value
    assert found == {
        "name": "DB_PASSWORD",
        "valueFrom": Text((Ref("secrets", "database_secret_arn"), ":db_password::")),
    }


def test_a_read_only_root_leaves_tmp_writable() -> None:
    sections: dict[str, Any] = {"agent": {"readonly_root_filesystem": True, "execute_command": False}}
    assert resource("aws_ecs_task_definition", **sections)["volume"][1] == {"name": "tmp"}
    definition = container(**sections)
    assert definition["readonlyRootFilesystem"] is True
    assert {"sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": False} in definition["mountPoints"]
    (files,) = container(**sections, storage={"mount_path": "/tmp"})["mountPoints"]
    assert files["sourceVolume"] == "files"


def test_files_are_mounted_through_the_access_point_over_tls() -> None:
    (files,) = resource("aws_ecs_task_definition")["volume"]
    (mount,) = files["efs_volume_configuration"]
    assert mount["transit_encryption"] == "ENABLED"
    assert mount["authorization_config"] == [{"access_point_id": "${var.access_point_id}", "iam": "ENABLED"}]
    assert "root_directory" not in mount


def test_older_revisions_stay_for_a_rollback() -> None:
    assert resource("aws_ecs_task_definition")["skip_destroy"] is True


def test_exec_sessions_are_logged_and_encrypted_where_the_log_group_is() -> None:
    def session(**sections: Any) -> dict[str, Any]:
        configuration: dict[str, Any] = resource("aws_ecs_cluster", **sections)["configuration"][0]
        (found,) = configuration["execute_command_configuration"]
        assert (found["kms_key_id"], found["logging"]) == ("${var.kms_key_arn}", "OVERRIDE")
        (log,) = found["log_configuration"]
        assert isinstance(log, dict)
        return log

    name = "${var.log_group_name}"
    assert session() == {"cloud_watch_encryption_enabled": True, "cloud_watch_log_group_name": name}
    assert session(encryption={"customer_managed_key": False})["cloud_watch_encryption_enabled"] is False


def test_a_rollback_fails_the_apply() -> None:
    (check,) = resource("aws_ecs_service")["lifecycle"]["postcondition"]
    assert check["condition"] == "${self.task_definition == aws_ecs_task_definition.this.arn}"
    assert "rolled the service back" in check["error_message"]
    assert "aws ecs describe-services --region ${var.region}" in check["error_message"]


@pytest.mark.parametrize(
    ("owners", "ignored", "checked"),
    [
        ({}, None, True),
        ({"desired_count_owner": "external"}, ["desired_count"], True),
        ({"task_definition_owner": "external"}, ["task_definition"], False),
        (
            {"desired_count_owner": "external", "task_definition_owner": "external"},
            ["desired_count", "task_definition"],
            False,
        ),
    ],
)
def test_what_others_own_is_left_alone(owners: dict[str, str], ignored: list[str] | None, checked: bool) -> None:
    lifecycle = resource("aws_ecs_service", deployment=owners)["lifecycle"]
    assert lifecycle.get("ignore_changes") == ignored
    assert ("postcondition" in lifecycle) is checked


def test_a_new_password_reaches_the_tasks_whoever_rolls_out() -> None:
    ours, theirs = (
        resource("aws_ecs_service"),
        resource("aws_ecs_service", deployment={"task_definition_owner": "external"}),
    )
    assert "force_new_deployment" not in ours
    assert theirs["force_new_deployment"] is True
    assert theirs["triggers"] == {"password_version": "${var.password_version}"}
    assert container(database={"password": {"version": 2}})["dockerLabels"] == {"capgen.database-password-version": "2"}


def test_a_rollback_is_part_of_the_circuit_breaker() -> None:
    def breaker(**section: bool) -> Any:
        return plan(deployment(deployment={"circuit_breaker": section})).inputs["circuit_breaker"]

    assert breaker() == {"enable": True, "rollback": True}
    assert breaker(rollback=False) == {"enable": True, "rollback": False}
    assert breaker(enable=False) == {"enable": False, "rollback": False}


@pytest.mark.slow
def test_terraform_accepts_every_shape(terraform: Terraform, tmp_path: Path) -> None:
    plans = [plan(deployment(**sections)) for sections in SHAPES.values()]
    write_root(tmp_path, [(build(construct, planned), planned) for planned in plans])
    command = terraform.at(tmp_path)
    command.init().require()
    command.validate().require()
