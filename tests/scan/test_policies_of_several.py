"""Policies that look at more than one resource."""

from typing import Any

import pytest

from tests.scan.policy_cases import BUCKET, GRANT, OTHER, PLAIN, SECRET, SERVICE, SYSTEM, VERSION, allow, deny, document
from tests.scan.roots import judged

STACK = {
    "template_body": '{"Resources":{"Key":{"Type":"AWS::IAM::AccessKey"}}}',
    "parameters": {"SecretName": "cap/deploy-user"},
}
READ, ARN = "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:1:secret:"


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        (allow(READ, '${aws_cloudformation_stack.key.outputs["SecretArn"]}'), False),
        (allow(READ, f"{ARN}cap/*"), False),
        (allow(READ, f"{ARN}cap/deploy-user-??????"), False),
        (allow(READ, "*"), False),
        (allow("secretsmanager:Get*", "arn:aws:secretsmanager:*"), False),
        (allow("*", "*"), False),
        (allow(READ, f"{ARN}*"), False),
        (allow(READ, f"{ARN}other/*"), True),
        (allow(READ, "${aws_secretsmanager_secret.database.arn}"), True),
        (allow(READ, "${data.aws_secretsmanager_secret.given.arn}"), None),
        (allow(READ, f"{ARN}" + "${data.x.y.z}"), None),
        (allow("s3:GetObject", "*"), True),
        (allow("secretsmanager:DescribeSecret", "*"), True),
    ],
)
def test_the_deploy_users_secret(grant: dict[str, Any], expected: bool | None) -> None:
    found = judged({"aws_cloudformation_stack.key": STACK, f"{GRANT}.task": grant})
    assert found["CAPGEN_13", f"{GRANT}.task"] is expected


def test_an_access_key_that_terraform_makes_is_the_deploy_users_too() -> None:
    made = {
        "aws_iam_access_key.deploy": {"user": "deploy"},
        f"{SECRET}.deploy": {"name": "cap/key"},
        f"{VERSION}.deploy": {
            "secret_id": "${aws_secretsmanager_secret.deploy.id}",
            "secret_string": "${aws_iam_access_key.deploy.secret}",
        },
    }
    for resource, expected in (("${aws_secretsmanager_secret.deploy.arn}", False), (f"{ARN}cap/key-??????", False),
                               (f"{ARN}cap/database-??????", True)):  # fmt: skip
        assert judged({**made, f"{GRANT}.task": allow(READ, resource)})["CAPGEN_13", f"{GRANT}.task"] is expected


def test_a_policy_inside_a_role_can_read_it_as_well() -> None:
    role = {"inline_policy": [{"name": "x", **allow(READ, f"{ARN}cap/*")}]}
    found = judged({"aws_cloudformation_stack.key": STACK, "aws_iam_role.task": role, "aws_iam_role.other": {}})
    assert found["CAPGEN_13", "aws_iam_role.task"] is False
    assert found["CAPGEN_13", "aws_iam_role.other"] is True


TLS = deny("s3:*", ["${aws_s3_bucket.this.arn}", "${aws_s3_bucket.this.arn}/*"], PLAIN)
OF_IT = {"bucket": "${aws_s3_bucket.this.id}"}


@pytest.mark.parametrize(
    ("policy", "bucket", "own"),
    [
        (OF_IT | {"policy": document(TLS)}, True, True),
        ({"bucket": "${aws_s3_bucket.other.id}", "policy": document(TLS)}, False, True),
        ({"bucket": "snapshots", "policy": document(TLS)}, True, True),
        ({"bucket": "${data.x.y.z}", "policy": document(TLS)}, None, True),
        ({"bucket": "${aws_s3_bucket.this.id}", "policy": document(TLS | {"Action": "s3:GetObject"})}, True, False),
        ({"bucket": "${aws_s3_bucket.this.id}", "policy": document(TLS | {"Principal": OTHER})}, True, False),
        (
            {"bucket": "${aws_s3_bucket.this.id}", "policy": document(TLS | {"Resource": "arn:aws:s3:::snapshots"})},
            True,
            False,
        ),
        (
            OF_IT | {"policy": document(TLS | {"Condition": PLAIN | {"StringEquals": {"aws:SourceVpc": "vpc-1"}}})},
            True,
            False,
        ),
    ],
)
def test_a_bucket_and_its_policy(policy: dict[str, Any], bucket: bool | None, own: bool) -> None:
    found = judged({f"{BUCKET}.this": {"bucket": "snapshots"}, "aws_s3_bucket_policy.this": policy})
    assert (found["CAPGEN_15", f"{BUCKET}.this"], found["CAPGEN_15", "aws_s3_bucket_policy.this"]) == (bucket, own)


def test_a_file_system_without_policy_and_backup() -> None:
    found = judged({f"{SYSTEM}.this": {"encrypted": True}})
    assert (found["CAPGEN_18", f"{SYSTEM}.this"], found["CAPGEN_25", f"{SYSTEM}.this"]) == (False, False)


@pytest.mark.parametrize(("status", "expected"), [("ENABLED", True), ("DISABLED", False), ("${data.x.y.z}", None)])
def test_a_file_system_and_its_backup(status: str, expected: bool | None) -> None:
    backup = {"file_system_id": "${aws_efs_file_system.this.id}", "backup_policy": [{"status": status}]}
    found = judged({f"{SYSTEM}.this": {"encrypted": True}, "aws_efs_backup_policy.this": backup})
    assert found["CAPGEN_25", f"{SYSTEM}.this"] is True
    assert found["CAPGEN_25", "aws_efs_backup_policy.this"] is expected


RECORDED = {
    "kms_key_id": "${aws_kms_key.this.arn}",
    "logging": "OVERRIDE",
    "log_configuration": [{"cloud_watch_log_group_name": "${aws_cloudwatch_log_group.this.name}"}],
}


@pytest.mark.parametrize(
    ("settings", "enabled", "expected"),
    [
        (RECORDED, True, True),
        (RECORDED | {"kms_key_id": None}, True, False),
        (RECORDED | {"log_configuration": []}, True, False),
        ({}, False, True),
        ({}, "${data.x.y.z}", None),
    ],
)
def test_sessions_of_a_cluster(settings: dict[str, Any], enabled: Any, expected: bool | None) -> None:
    cluster = {"configuration": [{"execute_command_configuration": [settings]}]} if settings else {"name": "x"}
    found = judged({"aws_ecs_cluster.this": cluster, f"{SERVICE}.this": {"enable_execute_command": enabled}})
    assert found["CAPGEN_24", "aws_ecs_cluster.this"] is expected


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ({"type": "HTTPS", "fqdn": "${aws_lb.this.dns_name}"}, True),
        ({"type": "HTTPS", "fqdn": "${data.aws_lb.that.dns_name}"}, None),
        ({"type": "HTTPS", "fqdn": "www.example.org"}, False),
        ({"type": "HTTPS", "ip_address": "203.0.113.9"}, False),
        ({"type": "HTTPS", "fqdn": "${aws_lb.this.dns_name}", "disabled": True}, False),
        ({"type": "HTTPS", "fqdn": "${aws_lb.this.dns_name}", "invert_healthcheck": True}, False),
        ({"type": "HTTPS", "fqdn": "${aws_lb.this.dns_name}", "disabled": "${data.x.y.z}"}, None),
        ({"type": "CLOUDWATCH_METRIC", "cloudwatch_alarm_name": "x"}, True),
    ],
)
def test_a_health_check_asks_the_load_balancer_and_decides(check: dict[str, Any], expected: bool | None) -> None:
    asked, other = "aws_route53_health_check.asked", "aws_route53_health_check.other"
    record = {"type": "A", "health_check_id": "${aws_route53_health_check.asked.id}"}
    found = judged({asked: check, other: check, "aws_route53_record.this": record})
    assert found["CAPGEN_39", asked] is expected
    assert found["CAPGEN_39", other] is False, "no record goes by it"
    assert judged({asked: check})["CAPGEN_39", asked] is expected


BALANCER = {"aws_lb.this": {"name": "this"}, "aws_lb.network": {"load_balancer_type": "network"}}
FORWARD, REDIRECT = [{"type": "forward"}], [{"type": "redirect", "redirect": [{"status_code": "HTTP_301"}]}]
OF_THIS = {"load_balancer_arn": "${aws_lb.this.arn}"}
PLAINLY, SECURELY = {**OF_THIS, "port": 80, "protocol": "HTTP"}, {**OF_THIS, "port": 443, "protocol": "HTTPS"}


@pytest.mark.parametrize(
    ("check", "listeners", "expected"),
    [
        ({"type": "HTTP"}, [{**PLAINLY, "default_action": FORWARD}], True),
        ({"type": "HTTP", "port": 80}, [{**PLAINLY, "default_action": REDIRECT}], False),
        ({"type": "HTTP"}, [{**PLAINLY, "default_action": [{"type": "fixed-response"}]}], False),
        ({"type": "HTTP"}, [{**PLAINLY, "default_action": REDIRECT}, {**SECURELY, "default_action": FORWARD}], False),
        ({"type": "HTTPS"}, [{**PLAINLY, "default_action": REDIRECT}, {**SECURELY, "default_action": FORWARD}], True),
        ({"type": "HTTPS_STR_MATCH"}, [{**SECURELY, "default_action": FORWARD}], True),
        ({"type": "HTTP", "port": 443}, [{**SECURELY, "default_action": FORWARD}], False),
        ({"type": "HTTPS", "port": 8443}, [{**SECURELY, "default_action": FORWARD}], False),
        ({"type": "HTTP"}, [{**PLAINLY, "port": "${data.x.y.port}", "default_action": FORWARD}], None),
        ({"type": "HTTP"}, [{**PLAINLY, "load_balancer_arn": "${aws_lb.network.arn}"}], True),
        ({"type": "HTTP"}, [], True),
        ({"type": "TCP", "port": 80}, [{**PLAINLY, "default_action": FORWARD}], False),
        ({"type": "TCP", "port": 80, "fqdn": "${aws_lb.network.dns_name}"}, [], True),
        ({"type": "${data.x.y.type}"}, [{**PLAINLY, "default_action": FORWARD}], None),
        ({"type": "CALCULATED"}, [{**PLAINLY, "default_action": REDIRECT}], True),
    ],
)
def test_a_health_check_asks_the_tasks(
    check: dict[str, Any], listeners: list[dict[str, Any]], expected: bool | None
) -> None:
    asked = {"fqdn": "${aws_lb.this.dns_name}", **check}
    made = {f"aws_lb_listener.l{number}": listener for number, listener in enumerate(listeners)}
    found = judged({"aws_route53_health_check.this": asked, **BALANCER, **made})
    assert found["CAPGEN_39", "aws_route53_health_check.this"] is expected


@pytest.mark.parametrize(
    ("listener", "expected"), [("${aws_lb_listener.l0.arn}", None), ("${aws_lb_listener.l1.arn}", False)]
)
def test_a_rule_may_hand_the_question_to_the_tasks(listener: str, expected: bool | None) -> None:
    found = judged({
        "aws_route53_health_check.this": {"type": "HTTP", "fqdn": "${aws_lb.this.dns_name}"},
        **BALANCER,
        "aws_lb_listener.l0": {**PLAINLY, "default_action": REDIRECT},
        "aws_lb_listener_rule.this": {"listener_arn": listener},
    })  # fmt: skip
    assert found["CAPGEN_39", "aws_route53_health_check.this"] is expected


@pytest.mark.parametrize(
    ("gateway", "expected"),
    [
        ({"gateway_id": "${aws_internet_gateway.this.id}"}, False),
        ({"gateway_id": "igw-0a1b2c3d4e5f60718"}, False),
        ({"nat_gateway_id": "${aws_nat_gateway.this.id}"}, True),
    ],
)
def test_what_is_private_stands_apart_from_the_internet(gateway: dict[str, str], expected: bool) -> None:
    group, table = "aws_db_subnet_group.this", "aws_route_table.this"
    tasks = {"subnets": ["${aws_subnet.a.id}"]}
    blocks: dict[str, dict[str, Any]] = {
        group: {"subnet_ids": ["${aws_subnet.a.id}"]},
        "aws_efs_mount_target.this": {"subnet_id": "${aws_subnet.a.id}"},
        f"{SERVICE}.private": {"network_configuration": [tasks]},
        f"{SERVICE}.public": {"network_configuration": [{**tasks, "assign_public_ip": True}]},
        f"{SERVICE}.unknown": {"network_configuration": [{**tasks, "assign_public_ip": "${data.x.y.z}"}]},
        "aws_subnet.a": {"cidr_block": "10.0.0.0/24"},
        table: {"vpc_id": "vpc-1"},
    }
    assert judged(blocks)["CAPGEN_44", group] is None, "it has the VPC's own route table"
    blocks["aws_route_table_association.a"] = {
        "subnet_id": "${aws_subnet.a.id}", "route_table_id": "${aws_route_table.this.id}"
    }  # fmt: skip
    assert judged(blocks)["CAPGEN_44", group] is True
    route = {"destination_cidr_block": "0.0.0.0/0", **gateway}
    apart = {**blocks, "aws_route.this": {"route_table_id": "${aws_route_table.this.id}", **route}}
    found = {name: judged(apart)["CAPGEN_44", name] for name in apart if ("CAPGEN_44", name) in judged(apart)}
    assert found == {
        group: expected,
        "aws_efs_mount_target.this": expected,
        f"{SERVICE}.private": expected,
        f"{SERVICE}.public": True,
        f"{SERVICE}.unknown": True if expected else None,
    }
    inside = {**blocks, table: {"route": [{"cidr_block": "0.0.0.0/0", **gateway}]}}
    assert judged(inside)["CAPGEN_44", group] is expected
