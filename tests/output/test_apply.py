"""The guide's example, applied by the real Terraform to the emulator: what the issue of this tool is."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from capgen.gate import Verdict
from tests.emulator.drift import unexplained
from tests.emulator.emulator import ACCOUNT, Emulator
from tests.gate.fresh import judged, reviewed_root
from tests.output.deployed import Deployed
from tests.output.example import example_spec
from tests.reach.independent import account
from tests.reach.judged import flows_of
from tests.terraform.harness import Terraform

NAME = "cap-production"


@pytest.fixture(scope="module")
def deployed(terraform: Terraform, emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    return Deployed.create(example_spec(), tmp_path_factory.mktemp("apply"), terraform, emulator)


@pytest.fixture(scope="module")
def applied(deployed: Deployed) -> Deployed:
    return deployed.apply_first()


@pytest.fixture(scope="module")
def outputs(applied: Deployed) -> dict[str, Any]:
    return applied.terraform.output()


def test_the_ten_outputs_are_the_guides(applied: Deployed, outputs: dict[str, Any]) -> None:
    balancer = applied.emulator.client("elbv2", applied.region).describe_load_balancers(Names=[f"{NAME}-alb"])
    dns_name = balancer["LoadBalancers"][0]["DNSName"]
    database = applied.emulator.client("rds", applied.region).describe_db_instances(DBInstanceIdentifier=f"{NAME}-db")
    host = database["DBInstances"][0]["Endpoint"]["Address"]
    secret = applied.emulator.client("secretsmanager", applied.region).describe_secret(
        SecretId=f"{NAME}/deploy-user-credentials"
    )
    outputs = dict(outputs)
    bucket = outputs.pop("snapshot_bucket_name")
    assert bucket.startswith(f"{NAME}-snapshots-")
    assert len(bucket) == len(f"{NAME}-snapshots-") + 8
    command = outputs.pop("deploy_user_credentials_command")
    assert command.startswith("aws secretsmanager get-secret-value ")
    assert outputs == {
        "agent_web_url": f"http://{dns_name}",
        "agent_management_endpoint": dns_name,
        "rds_endpoint": f"{host}:5432",
        "rds_jdbc_url": f"jdbc:postgresql://{host}:5432/aispark",
        "ecs_cluster_name": f"{NAME}-cluster",
        "ecs_service_name": f"{NAME}-svc",
        "log_group_name": f"/ecs/{NAME}",
        "deploy_user_credentials_arn": secret["ARN"],
    }


def test_the_service_runs_the_agent_behind_the_load_balancer(applied: Deployed) -> None:
    ecs = applied.emulator.client("ecs", applied.region)
    service = ecs.describe_services(cluster=f"{NAME}-cluster", services=[f"{NAME}-svc"])["services"][0]
    assert service["launchType"] == "FARGATE"
    assert service["loadBalancers"][0]["containerPort"] == 8080
    task = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    (container,) = task["containerDefinitions"]
    assert {port["containerPort"] for port in container["portMappings"]} == {8080, 20001}
    names = {variable["name"] for variable in container["environment"]}
    assert {"CAP_AGENT_NAME", "DB_JDBC_URL", "DB_USERNAME"} <= names
    assert "S3_GOLD_MASTER" not in names
    assert [secret["name"] for secret in container["secrets"]] == ["DB_PASSWORD"]


def test_only_the_allowed_ranges_reach_each_tier(applied: Deployed) -> None:
    ec2 = applied.emulator.client("ec2", applied.region)
    groups = {group["GroupId"]: group["GroupName"] for group in ec2.describe_security_groups()["SecurityGroups"]}
    rules = ec2.describe_security_group_rules()["SecurityGroupRules"]
    ours = {
        (groups[rule["GroupId"]], rule.get("CidrIpv4"), rule["FromPort"])
        for rule in rules
        if groups.get(rule["GroupId"], "").startswith(NAME) and not rule["IsEgress"] and rule.get("CidrIpv4")
    }
    assert ours == {(f"{NAME}-alb", "0.0.0.0/0", 80), (f"{NAME}-task", "10.0.0.5/32", 20001)}


def test_who_reaches_whom_is_what_the_accounts_own_rules_say(applied: Deployed) -> None:
    told = account(applied.emulator, applied.region, NAME).flows()
    assert flows_of(applied.root) == told
    assert len(told) == 6


def test_data_is_encrypted_private_and_backed_up(applied: Deployed) -> None:
    database = applied.emulator.client("rds", applied.region).describe_db_instances(DBInstanceIdentifier=f"{NAME}-db")
    instance = database["DBInstances"][0]
    assert (instance["StorageEncrypted"], instance["MultiAZ"], instance["PubliclyAccessible"]) == (True, True, False)
    assert (instance["DeletionProtection"], instance["BackupRetentionPeriod"]) == (True, 30)
    (system,) = applied.emulator.client("efs", applied.region).describe_file_systems()["FileSystems"]
    assert system["Encrypted"]
    s3 = applied.emulator.client("s3", applied.region)
    for bucket in [found["Name"] for found in s3.list_buckets()["Buckets"]]:
        assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
        assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
        assert "aws:SecureTransport" in s3.get_bucket_policy(Bucket=bucket)["Policy"]


def test_iam_has_the_guides_principals_and_no_wildcard_action(applied: Deployed) -> None:
    iam = applied.emulator.client("iam", applied.region)
    roles = {role["RoleName"] for role in iam.list_roles()["Roles"] if role["RoleName"].startswith(NAME)}
    prefix = f"{NAME}-{applied.region}"
    assert roles == {
        f"{prefix}-task-execution",
        f"{prefix}-task",
        f"{prefix}-snapshot-script",
        f"{prefix}-db-monitoring",
    }
    assert [user["UserName"] for user in iam.list_users()["Users"]] == [f"{prefix}-deploy"]
    assert len(iam.list_access_keys(UserName=f"{prefix}-deploy")["AccessKeyMetadata"]) == 1
    for role in roles:
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
            assert not [
                action for statement in document["Statement"] for action in statement["Action"] if "*" in action
            ]


def secrets_of(applied: Deployed) -> Iterator[str]:
    client = applied.emulator.client("secretsmanager", applied.region)
    yield json.loads(client.get_secret_value(SecretId=f"{NAME}/database")["SecretString"])["password"]
    yield json.loads(client.get_secret_value(SecretId=f"{NAME}/deploy-user-credentials")["SecretString"])[
        "SecretAccessKey"
    ]


def test_no_secret_is_in_state_plan_or_output(applied: Deployed, outputs: dict[str, Any]) -> None:
    plan = json.dumps(applied.terraform.show_json(applied.root / "first.tfplan"))
    for secret in secrets_of(applied):
        assert len(secret) >= 32
        for place in (applied.kept(), plan, json.dumps(outputs)):
            assert secret not in place


def test_a_second_plan_changes_nothing(applied: Deployed) -> None:
    plan = applied.root / "second.tfplan"
    applied.terraform.plan(f"-out={plan}").require(0, 2)
    assert unexplained(applied.terraform.show_json(plan)) == []
    assert applied.emulator.unanswered() == []


def test_the_review_of_a_plan_finds_what_the_scan_of_its_tree_finds(applied: Deployed) -> None:
    scanned = reviewed_root(applied.root)
    assert len(scanned) > 10
    for name, dangerous in (("first", True), ("second", False)):
        for tree in (applied.root, None):
            review = judged(applied.terraform, applied.root / f"{name}.tfplan", tree)
            assert review.readable, review.all_diagnostics
            (region,) = review.assessment.regions
            assert {(each.check, each.address) for each in (*region.findings, *region.waived)} == scanned
            assert bool(review.dangers) is dangerous  # the load balancer lets the world in, once
            assert {each.argument for each in review.unjudged} <= {"lifecycle"}


def test_a_plan_that_changes_nothing_may_be_applied(applied: Deployed) -> None:
    review = judged(applied.terraform, applied.root / "second.tfplan", applied.root)
    assert review.verdict is Verdict.PASSED, (review.all_diagnostics, review.assessment.findings)
    assert review.region.equal
    assert not review.drift, review.drift.to_json()


GUIDE_COMMANDS = {
    "find the tasks": f"ecs list-tasks --cluster {NAME}-cluster --output text --query taskArns[0]",
    "scale": f"ecs update-service --cluster {NAME}-cluster --service {NAME}-svc --desired-count 2",
    "roll out": f"ecs update-service --cluster {NAME}-cluster --service {NAME}-svc --force-new-deployment",
    "scale back": f"ecs update-service --cluster {NAME}-cluster --service {NAME}-svc --desired-count 1",
    "read the logs": f"logs describe-log-streams --log-group-name /ecs/{NAME}",
    "list the snapshots": "s3api list-object-versions --bucket {snapshot_bucket_name}",
    "deploy credentials": "{deploy_user_credentials_command}",
}


@pytest.mark.parametrize("purpose", GUIDE_COMMANDS)
def test_the_guides_commands_work(applied: Deployed, outputs: dict[str, Any], purpose: str) -> None:
    if shutil.which("aws") is None:
        pytest.skip("the AWS CLI is not installed")
    command = GUIDE_COMMANDS[purpose].format(**outputs).removeprefix("aws ").split()
    environment = {**os.environ, **applied.terraform.environment(), "AWS_DEFAULT_REGION": applied.region}
    ran = subprocess.run(
        ["aws", "--endpoint-url", applied.emulator.url, *command],
        check=False, capture_output=True, text=True, env=environment,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    if purpose == "deploy credentials":
        assert set(json.loads(ran.stdout)) == {"AccessKeyId", "SecretAccessKey"}


def test_a_rollout_that_ecs_rolled_back_fails_the_apply(applied: Deployed) -> None:
    applied.edit("cap-agent:1.0.0", "cap-agent:1.0.1")
    applied.emulator.roll_back(f"{NAME}-svc")
    failed = applied.terraform.apply().require(1)
    assert "rolled" in failed.output
    applied.terraform.apply().require()
    ecs = applied.emulator.client("ecs", applied.region)
    service = ecs.describe_services(cluster=f"{NAME}-cluster", services=[f"{NAME}-svc"])["services"][0]
    task = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    assert task["containerDefinitions"][0]["image"].endswith("cap-agent:1.0.1")


def test_raising_the_version_rotates_the_password_and_leaves_no_trace(applied: Deployed) -> None:
    before, _ = secrets_of(applied)
    applied.edit("    version: 1", "    version: 2")
    applied.terraform.apply().require()
    after, _ = secrets_of(applied)
    assert after != before
    assert before not in applied.kept()
    assert after not in applied.kept()


def test_what_holds_data_is_protected_until_the_spec_says_otherwise(applied: Deployed) -> None:
    refused = applied.terraform.destroy().require(1)
    assert "prevent_destroy" in refused.output
    applied.edit(
        "database:\n  db_name",
        "storage: {deletion_protection: false}\nsnapshots: {force_destroy: true}\n"
        "database:\n  deletion_protection: false\n  skip_final_snapshot: true\n  db_name",
    )
    applied.edit("load_balancer:\n  health", "load_balancer:\n  deletion_protection: false\n  health")
    applied.terraform.apply().require()
    applied.terraform.destroy().require()
    assert applied.terraform.show_json().get("values") is None
    assert applied.emulator.unanswered() == []


def test_the_emulators_account_is_not_in_the_output(deployed: Deployed) -> None:
    for file in deployed.root.rglob("*.tf.json"):
        if file.name != "emulator_override.tf.json":
            assert ACCOUNT not in file.read_text(encoding="utf-8").replace("arn:aws:acm", "")
