"""Edits of the compiled example, and what each of them must be told as."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.trees.edit import edit_json

MAIN = "eu-west-1/main.tf.json"
DATABASE = "module.database.aws_db_instance.this"
FILES = "module.storage.aws_efs_file_system.this"
KEY = "module.encryption.aws_kms_key.this"
SECRET = "module.secrets.aws_secretsmanager_secret.this"
SNAPSHOTS = "module.snapshots.aws_s3_bucket.this"
SECURITY = "module.security.aws_vpc_security_group"
RULE = "aws_vpc_security_group_ingress_rule"
READS = '\\"Action\\":[\\"s3:GetObject\\"]'
TASK_ROLE = "module.identity.aws_iam_role.task"
TASK = "module.service.aws_ecs_task_definition.this"
SERVICE = "module.service.aws_ecs_service.this"

Change = Callable[[Path], None]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change of the tree and its consequences.

    `actions` are those of some resources by address, and of all of them if `alone`. `forced` are the arguments that
    force a replacement, as `address path`. `exposure` and `permissions` are lines; `dangerous` is exit code 3.
    """

    change: Change
    actions: Mapping[str, str] = field(default_factory=dict)
    alone: bool = True
    forced: tuple[str, ...] = ()
    exposure: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    dangerous: bool = False


def value(path: str, to: Any, file: str = MAIN) -> Change:
    """Set a value."""
    return lambda tree: edit_json(tree / file, path, to)


def argument(module: str, path: str, to: Any) -> Change:
    """Set an argument of a resource in a module."""
    return value(f"resource/{path}", to, f"modules/{module}/main.tf.json")


def gone(module: str, type: str, label: str = "this") -> Change:
    """Take a resource out of a module, without care for what refers to it."""

    def change(tree: Path) -> None:
        file = tree / "modules" / module / "main.tf.json"
        document = json.loads(file.read_text(encoding="utf-8"))
        del document["resource"][type][label]
        file.write_text(json.dumps(document), encoding="utf-8")

    return change


def text(file: str, old: str, new: str) -> Change:
    """Replace text that stands once in a file."""

    def change(tree: Path) -> None:
        content = (tree / file).read_text(encoding="utf-8")
        assert content.count(old) == 1, (file, old, content.count(old))
        (tree / file).write_text(content.replace(old, new), encoding="utf-8")

    return change


def content(file: str, to: bytes) -> Change:
    """Give a file other content."""

    def change(tree: Path) -> None:
        (tree / file).write_bytes(to)

    return change


def both(*changes: Change) -> Change:
    """Make several changes."""

    def change(tree: Path) -> None:
        for each in changes:
            each(tree)

    return change


ANYONE = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:root"}, "Action": "sts:AssumeRole"}
    ],
}
IDENTITY = "modules/identity/main.tf.json"

EDITS: Mapping[str, Edit] = {
    "the database is no longer encrypted": Edit(
        change=argument("database", "aws_db_instance/this/storage_encrypted", to=False),
        actions={DATABASE: "replace", TASK: "replace", SERVICE: "update"},
        forced=(f"{DATABASE} storage_encrypted", f"{TASK} container_definitions[agent].environment[DB_JDBC_URL].value"),
        dangerous=True,
    ),
    "the database has another master user": Edit(
        change=value("module/database/username", "owner"),
        actions={DATABASE: "replace", TASK: "replace", SERVICE: "update"},
        forced=(f"{DATABASE} username", f"{TASK} container_definitions[agent].environment[DB_JDBC_URL].value"),
        dangerous=True,
    ),
    "the database is renamed in place": Edit(
        change=argument("database", "aws_db_instance/this/identifier", to="other"), actions={DATABASE: "update"}
    ),
    "the database is taken out": Edit(
        change=gone("database", "aws_db_instance"), actions={DATABASE: "destroy"}, alone=False, dangerous=True
    ),
    "the database is no longer protected": Edit(
        change=argument("database", "aws_db_instance/this/lifecycle/prevent_destroy", to=False),
        actions={DATABASE: "update"},
    ),
    "the snapshot that the database came from is not looked at": Edit(
        change=value("module/database/snapshot_identifier", "cap-2026-01-31")
    ),
    "the database grows": Edit(change=value("module/database/allocated_storage", 100), actions={DATABASE: "update"}),
    "a setting of the database is changed": Edit(
        change=value("module/database/parameters/log_statement", "all"),
        actions={"module.database.aws_db_parameter_group.this": "update"},
    ),
    "a number is written as text": Edit(change=value("module/database/allocated_storage", "50")),
    "the file system has another mode": Edit(
        change=value("module/storage/performance_mode", "maxIO"),
        actions={FILES: "replace", "module.storage.aws_efs_access_point.this": "replace",
                 'module.storage.aws_efs_mount_target.this["subnet-0a1b2c3d4e5f60718"]': "replace",
                 "module.storage.aws_efs_file_system_policy.this": "replace",
                 "module.storage.aws_efs_backup_policy.this": "replace", TASK: "replace"},
        alone=False,
        forced=(f"{FILES} performance_mode", "module.storage.aws_efs_access_point.this file_system_id",
                f"{TASK} volume[files].efs_volume_configuration.file_system_id"),
        dangerous=True,
    ),
    "the file system is encrypted with the key of AWS": Edit(
        change=value("module/storage/kms_key_arn", "${null}"), actions={FILES: "update"}
    ),
    "the file system is encrypted with another key": Edit(
        change=value("module/storage/kms_key_arn", "arn:aws:kms:eu-west-1:123456789012:key/other"),
        actions={FILES: "replace"}, alone=False, forced=(f"{FILES} kms_key_id",), dangerous=True,
    ),
    "the throughput of the file system is changed": Edit(
        change=value("module/storage/throughput_mode", "bursting"), actions={FILES: "update"}
    ),
    "the directory of the files moves": Edit(
        change=value("module/storage/directory", "/other"),
        actions={"module.storage.aws_efs_access_point.this": "replace", TASK: "replace"}, alone=False,
        forced=("module.storage.aws_efs_access_point.this root_directory.path",),
    ),
    "a subnet has no mount target": Edit(
        change=value("module/storage/subnet_ids", ["subnet-0a1b2c3d4e5f60718"]),
        actions={'module.storage.aws_efs_mount_target.this["subnet-0f1e2d3c4b5a69788"]': "destroy"},
    ),
    "the bucket has another name": Edit(
        change=value("module/snapshots/bucket_prefix", "other-"), actions={SNAPSHOTS: "replace"}, alone=False,
        forced=(f"{SNAPSHOTS} bucket", "module.snapshots.aws_s3_bucket_policy.this bucket"), dangerous=True,
    ),
    "the bucket is taken out": Edit(
        change=gone("snapshots", "aws_s3_bucket"), actions={SNAPSHOTS: "destroy"}, alone=False, dangerous=True
    ),
    "the bucket is emptied with the deployment": Edit(
        change=value("module/snapshots/force_destroy", to=True), actions={SNAPSHOTS: "update"}
    ),
    "the key has several regions": Edit(
        change=argument("encryption", "aws_kms_key/this/multi_region", to=True),
        actions={KEY: "replace", DATABASE: "replace", FILES: "replace",
                 "module.logs.aws_cloudwatch_log_group.this": "update"},
        alone=False, forced=(f"{KEY} multi_region", f"{DATABASE} kms_key_id", f"{FILES} kms_key_id"), dangerous=True,
    ),
    "the key waits for a shorter time": Edit(
        change=value("module/encryption/deletion_window_in_days", 7), actions={KEY: "update"}
    ),
    "the key is taken out": Edit(
        change=gone("encryption", "aws_kms_key"), actions={KEY: "destroy"}, alone=False, dangerous=True
    ),
    "the secret has another name": Edit(
        change=value("module/secrets/secret_name", "other"),
        actions={SECRET: "replace", "module.secrets.aws_secretsmanager_secret_version.this": "replace"}, alone=False,
        forced=(f"{SECRET} name", "module.secrets.aws_secretsmanager_secret_version.this secret_id"), dangerous=True,
    ),
    "the secret can be restored for a shorter time": Edit(
        change=value("module/secrets/recovery_window_in_days", 7), actions={SECRET: "update"}
    ),
    "a log group has another name": Edit(
        change=value("module/logs/log_group_name", "/ecs/other"),
        actions={"module.logs.aws_cloudwatch_log_group.this": "replace", TASK: "replace"}, alone=False,
        forced=("module.logs.aws_cloudwatch_log_group.this name",
                f"{TASK} container_definitions[agent].logConfiguration.options.awslogs-group"),
    ),
    "the service runs another image": Edit(
        change=value("module/service/image", "agent:2"), actions={TASK: "replace", SERVICE: "update"},
        forced=(f"{TASK} container_definitions[agent].image",),
    ),
    "the service runs more tasks": Edit(change=value("module/service/desired_count", 2), actions={SERVICE: "update"}),
    "the load balancer becomes internal": Edit(
        change=value("module/load_balancer/internal", to=True),
        actions={"module.load_balancer.aws_lb.this": "replace", "module.load_balancer.aws_lb_listener.http": "replace"},
        forced=("module.load_balancer.aws_lb.this internal",
                "module.load_balancer.aws_lb_listener.http load_balancer_arn"),
        exposure=("closed 0.0.0.0/0 load_balancer 80 internet",),
    ),
    "another network": Edit(
        change=value("module/network/vpc_id", "vpc-0b1b2c3d4e5f60718"),
        actions={"module.security.aws_security_group.task": "replace",
                 "module.load_balancer.aws_lb_target_group.web": "replace", f"{SECURITY}_ingress_rule.web": "replace",
                 DATABASE: "update", SERVICE: "update"},
        alone=False,
        forced=("module.security.aws_security_group.task vpc_id", f"{SECURITY}_ingress_rule.web security_group_id"),
    ),
    "the database is opened to the world": Edit(
        change=value("module/security/database_cidrs", ["0.0.0.0/0"]),
        actions={f'{SECURITY}_ingress_rule.database_direct["0.0.0.0/0"]': "create"},
        exposure=("WORLD opened 0.0.0.0/0 database 5432",), dangerous=True,
    ),
    "the database is opened to a range": Edit(
        change=value("module/security/database_cidrs", ["10.0.9.0/24"]),
        actions={f'{SECURITY}_ingress_rule.database_direct["10.0.9.0/24"]': "create"},
        exposure=("opened 10.0.9.0/24 database 5432",),
    ),
    "the range of the Console is widened to the world": Edit(
        change=value("module/security/management_cidrs", ["0.0.0.0/0"]),
        actions={f'{SECURITY}_ingress_rule.management["0.0.0.0/0"]': "create",
                 f'{SECURITY}_ingress_rule.management["10.0.0.5/32"]': "destroy"},
        exposure=("WORLD opened 0.0.0.0/0 task 20001 internet", "closed 10.0.0.5/32 task 20001"), dangerous=True,
    ),
    "the range of the Console moves": Edit(
        change=value("module/security/management_cidrs", ["10.0.0.6/32"]),
        actions={f'{SECURITY}_ingress_rule.management["10.0.0.6/32"]': "create",
                 f'{SECURITY}_ingress_rule.management["10.0.0.5/32"]': "destroy"},
        exposure=("opened 10.0.0.6/32 task 20001", "closed 10.0.0.5/32 task 20001"),
    ),
    "the web is closed": Edit(
        change=value("module/security/web_cidrs", []),
        actions={f'{SECURITY}_ingress_rule.web_http["0.0.0.0/0"]': "destroy"},
        exposure=("closed 0.0.0.0/0 load_balancer 80 internet",),
    ),
    "a rule lets a range in where it let a group in": Edit(
        change=both(argument("security", f"{RULE}/database/referenced_security_group_id", to=None),
                    argument("security", f"{RULE}/database/cidr_ipv4", to="10.0.0.0/24")),
        actions={f"{SECURITY}_ingress_rule.database": "replace"}, alone=False,
        forced=(f"{SECURITY}_ingress_rule.database cidr_ipv4",
                f"{SECURITY}_ingress_rule.database referenced_security_group_id"),
        exposure=("opened 10.0.0.0/24 database 5432",),
    ),
    "the tasks may write where they could read": Edit(
        change=text(IDENTITY, READS, '\\"Action\\":[\\"s3:GetObject\\",\\"s3:PutObject\\"]'),
        actions={"module.identity.aws_iam_role_policy.task": "update"},
        permissions=(f"gained {TASK_ROLE} s3:PutObject",),
    ),
    "the tasks may no longer read": Edit(
        change=text(IDENTITY, READS, '\\"Action\\":[\\"s3:ListBucket\\"]'),
        actions={"module.identity.aws_iam_role_policy.task": "update"},
        permissions=(f"gained {TASK_ROLE} s3:ListBucket", f"lost {TASK_ROLE} s3:GetObject"),
    ),
    "anyone of another account may become the task": Edit(
        change=argument("identity", "aws_iam_role/task/assume_role_policy", json.dumps(ANYONE)),
        actions={TASK_ROLE: "update"},
        permissions=(f"gained {TASK_ROLE} sts:AssumeRole", f"lost {TASK_ROLE} sts:AssumeRole"),
    ),
    "a role is renamed": Edit(
        change=value("module/identity/task_role_name", "other"),
        actions={TASK_ROLE: "replace", "module.identity.aws_iam_role_policy.task": "replace", TASK: "replace",
                 SERVICE: "update"},
        alone=False,
        forced=(f"{TASK_ROLE} name", "module.identity.aws_iam_role_policy.task role", f"{TASK} task_role_arn"),
    ),
    "everything has another tag": Edit(
        change=value("provider/aws/0/default_tags", [{"tags": {"owner": "a"}}], "eu-west-1/providers.tf.json"),
        actions={DATABASE: "update", SNAPSHOTS: "update", KEY: "update", TASK: "update"}, alone=False,
    ),
    "Terraform works in another region": Edit(
        change=value("provider/aws/0/region", "eu-central-1", "eu-west-1/providers.tf.json"),
        actions={"provider.aws": "replace"}, forced=("provider.aws region",), dangerous=True,
    ),
    "Terraform works for a certain account": Edit(
        change=value("provider/aws/0/allowed_account_ids", ["123456789012"], "eu-west-1/providers.tf.json"),
        actions={"provider.aws": "update"},
    ),
    "the script is another": Edit(
        change=content("modules/snapshots/lambda/publish.zip", b"other"),
        actions={"module.snapshots.aws_lambda_function.publisher": "update",
                 "module.snapshots.aws_lambda_invocation.publisher": "replace"},
        forced=("module.snapshots.aws_lambda_invocation.publisher triggers.function",),
    ),
    "a policy lists its actions in another order": Edit(
        change=text(IDENTITY, '[\\"ecr:BatchCheckLayerAvailability\\",\\"ecr:GetDownloadUrlForLayer\\"',
                    '[\\"ecr:GetDownloadUrlForLayer\\",\\"ecr:BatchCheckLayerAvailability\\"'),
    ),
    "a list that is a set has another order": Edit(
        change=value("module/network/subnet_ids", ["subnet-0f1e2d3c4b5a69788", "subnet-0a1b2c3d4e5f60718"])
    ),
    "an argument says what the provider would": Edit(
        change=argument("load_balancer", "aws_lb/this/enable_http2", to=True)
    ),
}  # fmt: skip
"""By what is done."""
