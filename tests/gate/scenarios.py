"""What the plans in plans/ are of: changes to the applied example, and to what runs, that a reviewer meets."""

import json
from collections.abc import Callable

from tests.gate.running import REGION, Running


def nothing(_running: Running) -> None:
    """Plan again what was applied."""


def tags(running: Running) -> None:
    """Add a tag to everything."""
    running.edit("provider/aws/0/default_tags", [{"tags": {"cost-centre": "1234"}}], f"{REGION}/providers.tf.json")


def database_kept(running: Running) -> None:
    """Change what AWS cannot change in place, in a database that Terraform may not destroy: the plan stops."""
    running.edit("module/database/username", "owner")


def database_replaced(running: Running) -> None:
    """Change it in one that Terraform may destroy."""
    database_kept(running)
    running.edit("resource/aws_db_instance/this/lifecycle/prevent_destroy", value=False,
                 file="modules/database/main.tf.json")  # fmt: skip


def bucket_destroyed(running: Running) -> None:
    """Take the access logs away, and the bucket that holds them."""
    running.drop("modules/logs/main.tf.json", "aws_s3_bucket")
    running.drop("modules/snapshots/main.tf.json", "aws_s3_bucket_logging")
    running.edit("resource/aws_lb/this/access_logs", [], "modules/load_balancer/main.tf.json")
    running.edit("output/access_log_bucket", {"value": ""}, "modules/logs/outputs.tf.json")


def group_opened(running: Running) -> None:
    """Let the whole Internet connect to the database, and one range less to the tasks."""
    running.edit("module/security/database_cidrs", ["0.0.0.0/0"])
    running.edit("module/security/management_cidrs", ["10.0.0.6/32"])


def role_widened(running: Running) -> None:
    """Let the tasks write where they could read."""
    file = running.tree / "modules" / "identity" / "main.tf.json"
    text = file.read_text(encoding="utf-8")
    assert text.count('\\"s3:GetObject\\"') == 1
    file.write_text(text.replace('\\"s3:GetObject\\"', '\\"s3:GetObject\\",\\"s3:PutObject\\"'), encoding="utf-8")


def moved(running: Running) -> None:
    """Call the module of the file system by another name."""
    for file in running.root.glob("*.tf.json"):
        text = file.read_text(encoding="utf-8").replace("module.storage.", "module.files.")
        file.write_text(text.replace('"storage": {', '"files": {'), encoding="utf-8")
    move = {"moved": [{"from": "module.storage", "to": "module.files"}]}
    (running.root / "moved.tf.json").write_text(json.dumps(move), encoding="utf-8")


def forgotten(running: Running) -> None:
    """Let go of the file system without destroying it."""
    system = running.client("efs").describe_file_systems()["FileSystems"][0]
    point = running.client("efs").describe_access_points()["AccessPoints"][0]
    known = {"file_system_id": system["FileSystemId"], "file_system_arn": system["FileSystemArn"],
             "access_point_id": point["AccessPointId"], "access_point_arn": point["AccessPointArn"]}  # fmt: skip
    main = running.root / "main.tf.json"
    text = main.read_text(encoding="utf-8")
    for output, value in known.items():
        text = text.replace(f"${{module.storage.{output}}}", value)
    document = json.loads(text)
    document["module"].pop("storage")
    main.write_text(json.dumps(document), encoding="utf-8")
    removed = {"removed": [{"from": "module.storage", "lifecycle": [{"destroy": False}]}]}
    (running.root / "removed.tf.json").write_text(json.dumps(removed), encoding="utf-8")


def mixed(running: Running) -> None:
    """Import, a resource of no cloud, a data source that waits, an output that is secret, and a failed check."""
    running.client("logs").create_log_group(logGroupName="/elsewhere")
    document = {
        "import": [{"to": "aws_cloudwatch_log_group.elsewhere", "id": "/elsewhere"}],
        "resource": {
            "aws_cloudwatch_log_group": {"elsewhere": {"name": "/elsewhere", "retention_in_days": 30}},
            "terraform_data": {"note": {"input": "@everyone | `see` <b>this</b>"}},
            "aws_secretsmanager_secret": {"extra": {"name": "extra"}},
            "aws_ssm_parameter": {"hidden": {"name": "/hidden", "type": "SecureString", "value": "hidden text"}},
        },
        "data": {"aws_secretsmanager_secret": {"extra": {"arn": "${aws_secretsmanager_secret.extra.arn}"}}},
        "output": {"hidden": {"value": "hidden text", "sensitive": True}},
        "check": {
            "owner": {
                "assert": [{"condition": "${terraform_data.note.input == null}", "error_message": "No owner is named."}]
            }
        },
    }
    (running.root / "extra.tf.json").write_text(json.dumps(document), encoding="utf-8")


def drift(running: Running) -> None:
    """Change by hand: rules, a role, the database, a tag; and delete a log group."""
    ec2, iam = running.client("ec2"), running.client("iam")
    opened = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2.authorize_security_group_ingress(GroupId=running.group("cap-production-db"), IpPermissions=[opened])
    group = running.group("cap-production-task")
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]
    management = next(rule for rule in rules if rule["FromPort"] == 20001)
    changed = {"IpProtocol": "tcp", "FromPort": 20001, "ToPort": 20001, "CidrIpv4": "10.0.0.0/8"}
    ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[
        {"SecurityGroupRuleId": management["SecurityGroupRuleId"], "SecurityGroupRule": changed}])  # fmt: skip
    statement = {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}
    iam.put_role_policy(RoleName=f"cap-production-{REGION}-task", PolicyName="by-hand",
                        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))  # fmt: skip
    running.client("rds").modify_db_instance(DBInstanceIdentifier="cap-production-db", BackupRetentionPeriod=1)
    running.client("logs").delete_log_group(logGroupName="/ecs/cap-production")


SCENARIOS: dict[str, Callable[[Running], None]] = {
    "nothing": nothing,
    "tags": tags,
    "database_kept": database_kept,
    "database_replaced": database_replaced,
    "bucket_destroyed": bucket_destroyed,
    "group_opened": group_opened,
    "role_widened": role_widened,
    "moved": moved,
    "forgotten": forgotten,
    "mixed": mixed,
    "drift": drift,
}
"""What is planned of the example once it is applied, in this order: the last one changes what runs."""
