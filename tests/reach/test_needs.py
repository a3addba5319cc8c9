"""What tasks need of AWS, and how they get there."""

import json
from pathlib import Path
from typing import Any

import pytest

from capgen.reach import Reachability
from capgen.topology import DeclaredNetwork
from capgen.topology.image import Image
from tests.reach.small import NOTHING, OUT, Resources, groups, reached_in, rule, service

REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/cap/agent:1"
ABROAD = "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:1.0.0"
OUTWARD: Resources = {OUT: {"a": rule("task", 443, cidr_ipv4="0.0.0.0/0")}}


def task(image: str = REGISTRY, *, public: bool = False, **container: Any) -> Resources:
    network = {"security_groups": ["${aws_security_group.task.id}"], "assign_public_ip": public}
    tasks = service("task", network_configuration=[network])
    definition = [{"name": "agent", "image": image, **container}]
    tasks["aws_ecs_task_definition"]["this"]["container_definitions"] = json.dumps(definition)
    return tasks


def needed(
    folder: Path, *parts: Resources, declared: DeclaredNetwork = NOTHING
) -> tuple[dict[str, str | None], Reachability]:
    reached = reached_in(folder, groups("task"), *parts, declared=declared)
    return {need.service: need.way for need in reached.needs}, reached


def test_an_image_comes_from_its_registry_and_its_layers_from_s3(tmp_path: Path) -> None:
    ways, _ = needed(tmp_path, task(public=True), OUTWARD)
    assert ways == dict.fromkeys(("ecr.api", "ecr.dkr", "s3"), "public address")


def test_an_image_is_of_ecr_though_the_number_of_its_account_is_an_expression() -> None:
    own = "${data.aws_caller_identity.current.account_id}.dkr.ecr.eu-west-1.amazonaws.com/cap/agent:1"
    assert Image.parse(own).ecr_region == "eu-west-1"


def test_an_image_of_another_region_needs_what_that_region_has(tmp_path: Path) -> None:
    local = DeclaredNetwork(vpc_endpoints=("ecr.api", "ecr.dkr", "s3", "metering-marketplace"))
    ways, reached = needed(tmp_path, task(ABROAD), OUTWARD, declared=local)
    assert ways == {
        "com.amazonaws.us-east-1.ecr.api": None,
        "com.amazonaws.us-east-1.ecr.dkr": None,
        "com.amazonaws.us-east-1.s3": None,
        "metering-marketplace": "VPC endpoint metering-marketplace",
    }
    assert (
        "No way is known on which the tasks reach com.amazonaws.us-east-1.ecr.api to pull the image." in reached.unknown
    )


def test_what_a_container_uses_is_needed(tmp_path: Path) -> None:
    secrets = [
        {"name": "A", "valueFrom": "${aws_secretsmanager_secret.this.arn}:password::"},
        {"name": "B", "valueFrom": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:licence-AbCdEf"},
    ]
    logs = {"logDriver": "awslogs", "options": {"awslogs-region": "eu-west-1"}}
    environment = [{"name": "S3_GOLD_MASTER", "value": "s3://bucket/gold.zip"}]
    tasks = task("example.com/a/b:1", secrets=secrets, logConfiguration=logs, environment=environment)
    tasks["aws_ecs_service"]["this"] |= {"enable_execute_command": True, "cluster": "${aws_ecs_cluster.this.arn}"}
    key = [{"execute_command_configuration": [{"kms_key_id": "${aws_kms_key.this.arn}"}]}]
    others: Resources = {"aws_ecs_cluster": {"this": {"configuration": key}}, "aws_kms_key": {"this": {}},
                         "aws_secretsmanager_secret": {"this": {}}}  # fmt: skip
    ways, reached = needed(tmp_path, tasks, others, OUTWARD, declared=DeclaredNetwork(nat_gateway=True))
    assert ways == dict.fromkeys(
        (
            "example.com",
            "secretsmanager",
            "com.amazonaws.eu-central-1.secretsmanager",
            "logs",
            "ssmmessages",
            "kms",
            "s3",
        ),
        "NAT",
    )
    assert "That the tasks have a route to NAT rests on network.nat_gateway of the spec." in reached.unknown


@pytest.mark.parametrize(("action", "needs_s3"), [("s3:PutObject", True), ("s3:*", True), ("s3:GetObject", False)])
def test_a_task_that_may_write_objects_needs_s3(tmp_path: Path, action: str, needs_s3: bool) -> None:
    tasks = task("example.com/a/b:1", public=True)
    tasks["aws_ecs_task_definition"]["this"]["task_role_arn"] = "${aws_iam_role.task.arn}"
    policy = json.dumps({"Statement": [{"Effect": "Allow", "Action": [action], "Resource": "*"}]})
    attached = {"role": "${aws_iam_role.task.id}", "policy": policy}
    role: Resources = {"aws_iam_role": {"task": {}}, "aws_iam_role_policy": {"task": attached}}
    ways, _ = needed(tmp_path, tasks, role, OUTWARD)
    assert ("s3" in ways) is needs_s3


def test_an_endpoint_of_the_region_itself_counts(tmp_path: Path) -> None:
    made: Resources = {
        "aws_vpc_endpoint": {"a": {"vpc_endpoint_type": "Gateway", "service_name": "com.amazonaws.eu-west-1.s3"}}
    }
    ways, _ = needed(tmp_path, task(), OUTWARD, made)
    assert ways == {"ecr.api": None, "ecr.dkr": None, "s3": "VPC endpoint s3"}


@pytest.mark.parametrize(
    ("cidr", "declared", "way"),
    [
        ("10.0.0.0/8", DeclaredNetwork(nat_gateway=True), {"ecr.api": None, "ecr.dkr": None, "s3": None}),
        (
            "10.0.0.0/8",
            DeclaredNetwork(vpc_endpoints=("ecr.api", "ecr.dkr", "s3")),
            {"ecr.api": "VPC endpoint ecr.api", "ecr.dkr": "VPC endpoint ecr.dkr", "s3": None},
        ),
        (
            "52.0.0.0/8",
            DeclaredNetwork(vpc_endpoints=("s3",), nat_gateway=True),
            {"ecr.api": "NAT", "ecr.dkr": "NAT", "s3": "VPC endpoint s3"},
        ),
    ],
)
def test_there_is_no_way_where_the_security_group_lets_nothing_out(
    tmp_path: Path, cidr: str, declared: DeclaredNetwork, way: dict[str, str | None]
) -> None:
    ways, _ = needed(tmp_path, task(), {OUT: {"a": rule("task", 443, cidr_ipv4=cidr)}}, declared=declared)
    assert ways == way


def test_declared_endpoints_are_said_to_be_declared(tmp_path: Path) -> None:
    declared = DeclaredNetwork(vpc_endpoints=("com.amazonaws.eu-west-1.s3", "ecr.api", "ecr.dkr"))
    ways, reached = needed(tmp_path, task(), OUTWARD, declared=declared)
    assert set(ways.values()) == {"VPC endpoint ecr.api", "VPC endpoint ecr.dkr", "VPC endpoint s3"}
    assert any("rests on network.vpc_endpoints of the spec" in sentence for sentence in reached.unknown)
