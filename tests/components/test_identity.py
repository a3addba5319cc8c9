"""The principals: each has the permissions that its task needs, and no others; no key reaches Terraform's state."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from capgen.components.identity.construct import construct
from capgen.components.identity.image import EcrRepository, ecr_repository
from capgen.components.identity.plan import plan
from capgen.terraform.module import Document
from capgen.topology import Text, outputs, root
from tests.components.building import blocks, build, problems, write_root
from tests.components.models import deployment
from tests.terraform.fixtures import terraform
from tests.terraform.harness import Terraform

__all__ = ["terraform"]

PRINCIPAL = "arn:aws:iam::123456789012:role/cap-console"
DEPLOY: dict[str, dict[str, Any]] = {
    "key": {},
    "role": {"deploy_user": "role", "deploy_role_principals": [PRINCIPAL]},
    "none": {"deploy_user": "none"},
}
ACCOUNT = "${var.partition}:SERVICE:${var.region}:${var.account_id}"
MANY: dict[str, Any] = {"snapshots": {"task_capture": True, "prefix": "snapshots/"}}
FEW: dict[str, Any] = {
    "encryption": {"customer_managed_key": False},
    "agent": {"image": "ghcr.io/acme/agent:1.0.0", "execute_command": False},
    "snapshots": {"publisher": "object"},
    "database": {"monitoring_interval": 0},
}
SHAPES = [{**sections, "identity": identity} for sections, identity in itertools.product((MANY, FEW), DEPLOY.values())]


def module(**sections: Any) -> Document:
    return build(construct, plan(deployment(**sections)))


def policy(document: Document, label: str, type: str = "aws_iam_role_policy") -> dict[str, Any]:
    return parsed(document["resource"][type][label]["policy"])


def parsed(text: str) -> dict[str, Any]:
    """Read a policy, a list that Terraform fills in standing as a list of one."""
    document: dict[str, Any] = json.loads(re.sub(r"\$\{jsonencode\(([\w.]+)\)\}", r'["${\1}"]', text))
    return document


def statements(document: Document, label: str, type: str = "aws_iam_role_policy") -> list[dict[str, Any]]:
    return [{key: value for key, value in each.items() if key not in ("Sid", "Effect")}
            for each in policy(document, label, type)["Statement"]]  # fmt: skip


def actions(document: Document, label: str) -> set[str]:
    return {action for each in statements(document, label) for action in each["Action"]}


def arn(service: str, resource: str) -> str:
    return f"arn:{ACCOUNT.replace('SERVICE', service)}:{resource}"


def via(service: str) -> dict[str, Any]:
    return {"StringEquals": {"kms:ViaService": service + ".${var.region}.${var.dns_suffix}"}}


@pytest.mark.parametrize("sections", SHAPES)
def test_plan_module_and_provider_agree(sections: dict[str, Any]) -> None:
    planned = plan(deployment(**sections))
    assert not problems(build(construct, planned), planned)


@pytest.mark.parametrize("sections", SHAPES)
def test_every_policy_allows_by_resource_and_names_each_statement_once(sections: dict[str, Any]) -> None:
    for type in ("aws_iam_role_policy", "aws_iam_user_policy"):
        for label in module(**sections)["resource"].get(type, {}):
            found = policy(module(**sections), label, type)["Statement"]
            assert {each["Effect"] for each in found} == {"Allow"}
            assert len({each["Sid"] for each in found}) == len(found)
            assert not [each for each in found for action in each["Action"] if "*" in action]


@pytest.mark.parametrize("sections", SHAPES)
def test_every_role_and_user_has_the_boundary(sections: dict[str, Any]) -> None:
    document = module(**sections)
    principals = [body for type, _, body in blocks(document, "resource") if type in ("aws_iam_role", "aws_iam_user")]
    assert principals
    assert {body["permissions_boundary"] for body in principals} == {"${var.permissions_boundary}"}


def test_the_body_depends_on_the_shape_alone() -> None:
    other = {
        "name": "other",
        "identity": {"permissions_boundary": "arn:aws:iam::123456789012:policy/boundary", "deploy_user_key_serial": 7},
        "agent": {"image": "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:2"},
        "snapshots": {"bucket": "acme-snapshots", "prefix": "gold/"},
    }
    assert module(**other) == module()


def test_tasks_of_this_account_and_region_alone_assume_the_task_roles() -> None:
    roles = module()["resource"]["aws_iam_role"]
    for label in ("task", "task_execution"):
        (trust,) = parsed(roles[label]["assume_role_policy"])["Statement"]
        assert trust["Principal"] == {"Service": "ecs-tasks.amazonaws.com"}
        assert trust["Action"] == ["sts:AssumeRole"]
        assert trust["Condition"] == {
            "StringEquals": {"aws:SourceAccount": "${var.account_id}"},
            "ArnLike": {"aws:SourceArn": arn("ecs", "*")},
        }


def test_the_execution_role_starts_tasks_and_no_more() -> None:
    assert statements(module(), "task_execution") == [
        {"Action": ["ecr:GetAuthorizationToken"], "Resource": ["*"]},
        {"Action": ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
         "Resource": ["${var.image_repository_arn}"]},
        {"Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": ["${var.log_group_arn}:*"]},
        {"Action": ["secretsmanager:GetSecretValue"], "Resource": ["${var.secret_arns}"]},
        {"Action": ["kms:Decrypt"], "Resource": ["${var.kms_key_arn}"], "Condition": via("secretsmanager")},
    ]  # fmt: skip


def test_the_task_role_does_what_the_agent_does_and_no_more() -> None:
    assert statements(module(), "task") == [
        {"Action": ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
         "Resource": ["${var.log_group_arn}:*"]},
        {"Action": ["s3:GetObject"], "Resource": ["${var.snapshot_bucket_arn}/${var.snapshot_prefix}*"]},
        {"Action": ["s3:ListBucket"], "Resource": ["${var.snapshot_bucket_arn}"],
         "Condition": {"StringLike": {"s3:prefix": "${var.snapshot_prefix}*"}}},
        {"Action": ["kms:Decrypt"], "Resource": ["${var.kms_key_arn}"], "Condition": via("s3")},
        {"Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
         "Resource": ["${var.file_system_arn}"],
         "Condition": {"StringEquals": {"elasticfilesystem:AccessPointArn": "${var.access_point_arn}"}}},
        {"Action": ["aws-marketplace:RegisterUsage", "aws-marketplace:MeterUsage"], "Resource": ["*"]},
        {"Action": ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
                    "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"], "Resource": ["*"]},
        {"Action": ["logs:DescribeLogGroups"], "Resource": ["*"]},
        {"Action": ["kms:Decrypt"], "Resource": ["${var.kms_key_arn}"]},
    ]  # fmt: skip


def test_tasks_write_snapshots_only_where_they_capture() -> None:
    assert {"s3:PutObject", "kms:GenerateDataKey"} <= actions(module(**MANY), "task")
    assert not {"s3:PutObject", "kms:GenerateDataKey"} & actions(module(), "task")


def test_without_ecs_exec_there_is_nothing_for_it() -> None:
    document = module(agent={"execute_command": False})
    assert not [action for action in actions(document, "task") if action.startswith("ssmmessages:")]
    assert "logs:DescribeLogGroups" not in actions(document, "task")


def test_without_a_customer_managed_key_no_policy_speaks_of_kms() -> None:
    assert "kms" not in json.dumps(module(**FEW))


def test_an_image_from_elsewhere_needs_nothing_of_ecr() -> None:
    document = module(**FEW)
    assert not [action for action in actions(document, "task_execution") if action.startswith("ecr:")]
    assert "image_repository_arn" not in document["variable"]


def test_the_script_role_writes_scripts_and_its_own_log() -> None:
    document = module()
    (trust,) = parsed(document["resource"]["aws_iam_role"]["snapshot_script"]["assume_role_policy"])["Statement"]
    assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert statements(document, "snapshot_script") == [
        {"Action": ["s3:PutObject"], "Resource": ["${var.snapshot_bucket_arn}/scripts/*"]},
        {"Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
         "Resource": ["${var.snapshot_script_log_group_arn}:*"]},
        {"Action": ["kms:GenerateDataKey"], "Resource": ["${var.kms_key_arn}"], "Condition": via("s3")},
    ]  # fmt: skip


def test_the_monitoring_role_writes_enhanced_monitoring_of_this_account() -> None:
    document = module(database={"monitoring_interval": 60})
    (trust,) = parsed(document["resource"]["aws_iam_role"]["database_monitoring"]["assume_role_policy"])["Statement"]
    assert trust["Principal"] == {"Service": "monitoring.rds.amazonaws.com"}
    assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": "${var.account_id}"}
    group = arn("logs", "log-group:RDSOSMetrics")
    assert statements(document, "database_monitoring") == [
        {"Action": ["logs:CreateLogGroup", "logs:PutRetentionPolicy"], "Resource": [group, f"{group}:*"]},
        {"Action": ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams", "logs:GetLogEvents"],
         "Resource": [f"{group}:log-stream:*"]},
    ]  # fmt: skip


@pytest.mark.parametrize(("deploy", "type"), [("key", "aws_iam_user_policy"), ("role", "aws_iam_role_policy")])
def test_the_console_may_find_tasks_and_move_targets_of_this_service(deploy: str, type: str) -> None:
    assert statements(module(identity=DEPLOY[deploy]), "deploy", type) == [
        {"Action": ["ecs:ListTasks"], "Resource": ["*"],
         "Condition": {"ArnEquals": {"ecs:cluster": arn("ecs", "cluster/${var.cluster_name}")}}},
        {"Action": ["ecs:DescribeTasks"], "Resource": [arn("ecs", "task/${var.cluster_name}/*")]},
        {"Action": ["ecs:DescribeServices"],
         "Resource": [arn("ecs", "service/${var.cluster_name}/${var.service_name}")]},
        {"Action": ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
         "Resource": ["${var.target_group_arn}"]},
        {"Action": ["elasticloadbalancing:DescribeTargetHealth", "elasticloadbalancing:DescribeTargetGroups"],
         "Resource": ["*"]},
    ]  # fmt: skip


def test_the_users_policy_is_within_the_quota_of_the_longest_names() -> None:
    """IAM allows a user 2,048 characters of inline policy; a load balancer's name keeps the deployment's at 28."""
    name, region = "x" * 28, "ap-southeast-1"
    target_group = f"arn:aws-us-gov:elasticloadbalancing:{region}:123456789012:targetgroup/{'x' * 32}/{'0' * 16}"
    longest = {
        "partition": "aws-us-gov", "region": region, "account_id": "123456789012", "target_group_arn": target_group,
        "cluster_name": f"{name}-cluster", "service_name": f"{name}-svc",
    }  # fmt: skip
    text = module()["resource"]["aws_iam_user_policy"]["deploy"]["policy"]
    assert len(re.sub(r"\$\{var\.(\w+)\}", lambda match: longest[match[1]], text)) <= 2048


def test_only_the_named_principals_assume_the_deploy_role() -> None:
    document = module(identity=DEPLOY["role"])
    (trust,) = parsed(document["resource"]["aws_iam_role"]["deploy"]["assume_role_policy"])["Statement"]
    assert trust["Principal"] == {"AWS": ["${var.deploy_role_principals}"]}
    assert document["output"]["deploy_user_credentials_arn"]["value"] == "${aws_iam_role.deploy.arn}"
    assert document["output"]["deploy_user_credentials_command"]["value"].startswith("aws sts assume-role --region ")


@pytest.mark.parametrize("encrypted", [True, False])
def test_cloudformation_makes_the_key_and_puts_it_into_the_secret(encrypted: bool) -> None:
    stack = module(encryption={"customer_managed_key": encrypted})["resource"]["aws_cloudformation_stack"]
    body = stack["deploy_user_credentials"]
    template = json.loads(body["template_body"])
    assert "KmsKeyId" not in template["Parameters"] or encrypted
    assert set(template["Parameters"]) == set(body["parameters"])
    key, secret = template["Resources"]["AccessKey"], template["Resources"]["Credentials"]
    assert key["Properties"] == {"UserName": {"Ref": "UserName"}, "Serial": {"Ref": "Serial"}}
    assert ("KmsKeyId" in secret["Properties"]) is encrypted
    assert {each[policy] for each in (key, secret) for policy in ("DeletionPolicy", "UpdateReplacePolicy")} == {
        "Delete"
    }
    assert template["Outputs"] == {"SecretArn": {"Value": {"Ref": "Credentials"}}}


def test_terraform_leaves_cloudformations_own_references_alone() -> None:
    stack = module()["resource"]["aws_cloudformation_stack"]["deploy_user_credentials"]
    written = stack["template_body"].replace("$${", "${")
    secret = json.loads(written)["Resources"]["Credentials"]["Properties"]["SecretString"]["Fn::Sub"]
    assert json.loads(secret) == {"AccessKeyId": "${AccessKey}", "SecretAccessKey": "${AccessKey.SecretAccessKey}"}
    assert not re.search(r"(?<!\$)\$\{", stack["template_body"])


@pytest.mark.parametrize("encrypted", [True, False])
def test_the_template_is_one_that_cfn_lint_accepts(encrypted: bool) -> None:
    lint = pytest.importorskip("cfnlint.api")
    stack = module(encryption={"customer_managed_key": encrypted})["resource"]["aws_cloudformation_stack"]
    template = stack["deploy_user_credentials"]["template_body"].replace("$${", "${")
    assert [str(match) for match in lint.lint(template, regions=["eu-west-1"])] == []


@pytest.mark.parametrize("sections", SHAPES)
def test_the_access_key_is_in_no_resource_that_terraform_reads(sections: dict[str, Any]) -> None:
    document = module(**sections)
    assert "aws_iam_access_key" not in document["resource"]
    assert not [type for type in document["resource"] if type.startswith("aws_secretsmanager_")]


def test_no_one_uses_a_role_before_its_policy_is_there() -> None:
    shown = module(database={"monitoring_interval": 60})["output"]
    for label in ("task", "task_execution", "snapshot_script", "database_monitoring"):
        assert shown[f"{label}_role_arn"]["depends_on"] == [f"aws_iam_role_policy.{label}"]
    assert shown["deploy_user_credentials_arn"]["depends_on"] == ["aws_iam_user_policy.deploy"]


def test_what_there_is_not_is_null() -> None:
    shown = module(**FEW, identity=DEPLOY["none"])["output"]
    assert {name for name, output in shown.items() if output["value"] == "${null}"} == {
        "snapshot_script_role_arn", "database_monitoring_role_arn",
        "deploy_user_credentials_arn", "deploy_user_credentials_command",
    }  # fmt: skip


def test_the_secrets_are_the_databases_and_the_agents_each_once() -> None:
    licence, mail = (
        f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:{name}-AbCdEf" for name in ("licence", "mail")
    )
    secrets = {"MAIL": {"secret_arn": mail}, "USER": {"secret_arn": licence, "key": "user"},
               "KEY": {"secret_arn": licence, "key": "key"}}  # fmt: skip
    inputs = plan(deployment(agent={"secrets": secrets})).inputs
    assert inputs["secret_arns"] == [outputs.DATABASE_SECRET_ARN, licence, mail]


@pytest.mark.parametrize(
    ("image", "repository"),
    [
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/cap/agent:1.0.0", ("eu-west-1", "cap/agent")),
        ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/agent@sha256:" + "0" * 64, ("cn-north-1", "agent")),
        ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/agent", ("us-gov-west-1", "agent")),
        ("123456789012.dkr-ecr.eu-west-1.on.aws/cap/agent:1", ("eu-west-1", "cap/agent")),
        ("public.ecr.aws/acme/agent:1", None),
        ("ghcr.io/acme/agent:1", None),
        ("registry.local:5000/123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent:1", None),
    ],
)
def test_an_ecr_image_is_told_by_its_registry(image: str, repository: tuple[str, str] | None) -> None:
    expected = EcrRepository("123456789012", *repository) if repository else None
    assert ecr_repository(image) == expected


def test_the_repository_is_where_the_image_is_not_where_the_tasks_run() -> None:
    image = "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:1.0.0"
    assert plan(deployment(agent={"image": image})).inputs["image_repository_arn"] == Text(
        ("arn:", root.PARTITION, ":ecr:us-east-1:709825985650:repository/tomorrowx/cap-agent")
    )


@pytest.mark.slow
def test_terraform_accepts_every_shape(terraform: Terraform, tmp_path: Path) -> None:
    plans = [plan(deployment(**sections)) for sections in SHAPES]
    write_root(tmp_path, [(build(construct, planned), planned) for planned in plans])
    command = terraform.at(tmp_path)
    command.init().require()
    command.validate().require()
