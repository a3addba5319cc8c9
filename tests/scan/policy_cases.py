"""What a policy must say of single blocks: the policy, the type of the block, its body, and the verdict."""

import json
from collections.abc import Mapping
from typing import Any

INGRESS, EGRESS = "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"
GROUP, RULE, TASK, ROLE = "aws_security_group", "aws_security_group_rule", "aws_ecs_task_definition", "aws_iam_role"
DATABASE, SECRET, VERSION = "aws_db_instance", "aws_secretsmanager_secret", "aws_secretsmanager_secret_version"
GRANT, KEY, BUCKET, SYSTEM = "aws_iam_role_policy", "aws_kms_key", "aws_s3_bucket", "aws_efs_file_system"
POINT, SERVICE = "aws_efs_access_point", "aws_ecs_service"
ENDPOINT, SECRETS_ENDPOINT = "aws_vpc_endpoint", "com.amazonaws.eu-west-1.secretsmanager"
RECORD, FLOWS = "aws_route53_record", "aws_flow_log"
COPIES, FILES = "aws_s3_bucket_replication_configuration", "aws_efs_replication_configuration"
ATTACHMENT, FUNCTION = "aws_iam_role_policy_attachment", "aws_lambda_function"
EXCLUSIVE = "aws_iam_role_policy_attachments_exclusive"
WORLD, ACCOUNT = "0.0.0.0/0", "${data.aws_caller_identity.current.account_id}"
EVERYONE, OTHER = {"AWS": "*"}, {"AWS": "arn:aws:iam::210987654321:root"}
OWN = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}

Case = tuple[str, str, Mapping[str, Any], bool | None]


def opened(first: Any, last: Any, cidr: str = WORLD, protocol: Any = "tcp") -> dict[str, Any]:
    family = "cidr_ipv6" if ":" in cidr else "cidr_ipv4"
    return {family: cidr, "from_port": first, "to_port": last, "ip_protocol": protocol}


def inside(direction: str, first: int, last: int, protocol: str = "tcp", cidr: str = WORLD) -> dict[str, Any]:
    return {direction: [{"cidr_blocks": [cidr], "from_port": first, "to_port": last, "protocol": protocol}]}


def legacy(type: str, port: int, protocol: str = "tcp", cidr: str = WORLD) -> dict[str, Any]:
    return {"type": type, "cidr_blocks": [cidr], "from_port": port, "to_port": port, "protocol": protocol}


def task(*containers: Any, **arguments: Any) -> dict[str, Any]:
    return {"container_definitions": json.dumps(list(containers)), **arguments}


def container(**members: Any) -> dict[str, Any]:
    return {"name": "agent", "image": "agent:1.0.0", "logConfiguration": {"logDriver": "awslogs"}, **members}


def linux(**parameters: Any) -> dict[str, Any]:
    return task(container(linuxParameters=parameters))


def document(*statements: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any = "${aws_s3_bucket.this.arn}", **members: Any) -> dict[str, Any]:
    return {"policy": document({"Effect": "Allow", "Action": action, "Resource": resource, **members})}


def trust(principal: Any, **condition: Any) -> dict[str, Any]:
    members = {"Condition": condition} if condition else {}
    return {
        "assume_role_policy": document(
            {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"} | members
        )
    }


def lets_in(principal: Any, action: str = "kms:Decrypt", **condition: Any) -> dict[str, Any]:
    members = {"Condition": condition} if condition else {}
    return {
        "policy": document({"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"} | members)
    }


def deny(action: Any, resource: Any, condition: Any, principal: Any = "*") -> dict[str, Any]:
    return {"Effect": "Deny", "Principal": principal, "Action": action, "Resource": resource, "Condition": condition}


def volume(**settings: Any) -> dict[str, Any]:
    configuration = {"file_system_id": "fs-1", "transit_encryption": "ENABLED", **settings}
    return task(container(), volume=[{"name": "files", "efs_volume_configuration": [configuration]}])


def stack(**members: Any) -> dict[str, Any]:
    return {"name": "s", "template_body": json.dumps({"Resources": {}} | members)}


def parameters(**values: str) -> dict[str, Any]:
    return {"family": "postgres17", "parameter": [{"name": name, "value": value} for name, value in values.items()]}


def inline(action: Any, resource: Any = "*") -> dict[str, Any]:
    """Return a role with a policy inside it."""
    return {"inline_policy": [{"name": "x", **allow(action, resource)}]}


def chosen(**members: Any) -> dict[str, Any]:
    """Return a record that Route 53 chooses among others."""
    return {"type": "A", "set_identifier": "a", "weighted_routing_policy": [{"weight": 1}], **members}


def copied(bucket: str, **destination: str) -> dict[str, Any]:
    """Return the replication of a bucket."""
    return {"rule": [{"id": "x", "status": "Enabled", "destination": [{"bucket": bucket, **destination}]}]}


def with_key(*statuses: str) -> dict[str, Any]:
    """Return a replication whose copies a key encrypts, and which objects that a key encrypts it takes along."""
    (rule,) = copied("${aws_s3_bucket.copies.arn}")["rule"]
    encrypted = {"encryption_configuration": [{"replica_kms_key_id": "${aws_kms_key.copies.arn}"}]}
    chosen = [{"sse_kms_encrypted_objects": [{"status": status}]} for status in statuses]
    destination = [{**rule["destination"][0], **encrypted}]
    return {"rule": [{**rule, "destination": destination, "source_selection_criteria": chosen}]}


def signed_in(**condition: Any) -> dict[str, Any]:
    """Return a role that trusts whom GitHub has signed in."""
    return trust({"Federated": f"arn:aws:iam::1:oidc-provider/{GITHUB}"}, **condition)


def holding(*arns: str) -> dict[str, Any]:
    return {"managed_policy_arns": list(arns)}


GITHUB, OF_AWS = "token.actions.githubusercontent.com", "arn:aws:iam::aws:policy/"
STACK, LIFECYCLE = "aws_cloudformation_stack", "aws_s3_bucket_lifecycle_configuration"
PARAMETERS = "aws_db_parameter_group"
PLAIN = {"Bool": {"aws:SecureTransport": "false"}}
ENTRANCE = {"StringNotEquals": {"elasticfilesystem:AccessPointArn": "${aws_efs_access_point.this.arn}"}}
MOUNTED = {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}
MOUNT, ROOT = "elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess"
GUARD = [deny([MOUNT], "*", PLAIN), deny([MOUNT], "*", ENTRANCE), deny([ROOT], "*", MOUNTED)]
IAM = [{"access_point_id": "${aws_efs_access_point.this.id}", "iam": "ENABLED"}]
ON_BEHALF = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}

CASES: list[Case] = [
    # 1, literal secrets
    ("CAPGEN_1", DATABASE, {"password": "hunter2hunter2"}, False),
    ("CAPGEN_1", DATABASE, {"password": "$${not_an_expression}"}, False),
    ("CAPGEN_1", DATABASE, {"password_wo": "hunter2hunter2"}, False),
    ("CAPGEN_1", DATABASE, {"password_wo": "${ephemeral.aws_secretsmanager_secret_version.x.secret_string}"}, True),
    (
        "CAPGEN_1",
        VERSION,
        {"secret_string": '{"username":"${aws_x.y.z}","password":"hunter2"}'},
        False,
    ),
    ("CAPGEN_1", VERSION, {"secret_string_wo": '{"username":"admin","password":"${ephemeral.x.y.z}"}'}, True),
    ("CAPGEN_1", VERSION, {"secret_string": '{"a":"b"}'}, False),
    ("CAPGEN_1", "aws_iam_access_key", {"user": "deploy"}, False),
    # 2, only the web
    ("CAPGEN_2", INGRESS, opened(443, 443), True),
    ("CAPGEN_2", INGRESS, opened(5432, 5432), False),
    ("CAPGEN_2", INGRESS, opened(5432, 5432, "::/0"), False),
    ("CAPGEN_2", INGRESS, opened(80, 443), False),
    ("CAPGEN_2", INGRESS, opened(8080, 8080, "0.0.0.0/1"), False),
    ("CAPGEN_2", INGRESS, opened(8080, 8080, "2000::/3"), False),
    ("CAPGEN_2", INGRESS, opened(8080, 8080, "10.0.0.0/8"), True),
    ("CAPGEN_2", INGRESS, opened(8080, 8080, "fc00::/7"), True),
    ("CAPGEN_2", INGRESS, opened(8080, 8080, "${data.aws_vpc.this.cidr_block}"), None),
    ("CAPGEN_2", INGRESS, {"cidr_ipv4": WORLD, "ip_protocol": "-1"}, False),
    ("CAPGEN_2", INGRESS, opened("${data.x.y.port}", 443), None),
    ("CAPGEN_2", GROUP, inside("ingress", 8080, 8080), False),
    ("CAPGEN_2", GROUP, inside("egress", 8080, 8080), True),
    ("CAPGEN_2", RULE, legacy("ingress", 8080), False),
    ("CAPGEN_2", RULE, legacy("egress", 8080), True),
    # 3 and 4, a protocol
    ("CAPGEN_3", INGRESS, opened(1, 2, "10.0.0.0/8"), True),
    ("CAPGEN_3", INGRESS, {"cidr_ipv4": "10.0.0.0/8", "ip_protocol": "-1"}, False),
    ("CAPGEN_3", INGRESS, {"cidr_ipv4": "10.0.0.0/8", "ip_protocol": -1}, False),
    ("CAPGEN_3", INGRESS, {"cidr_ipv4": "10.0.0.0/8", "ip_protocol": "all"}, False),
    ("CAPGEN_3", INGRESS, {"cidr_ipv4": "10.0.0.0/8", "ip_protocol": "${data.x.y.z}"}, None),
    ("CAPGEN_3", GROUP, inside("ingress", 0, 0, "-1", "10.0.0.0/8"), False),
    ("CAPGEN_4", EGRESS, opened(443, 443), True),
    ("CAPGEN_4", EGRESS, {"cidr_ipv4": WORLD, "ip_protocol": "-1"}, False),
    ("CAPGEN_4", GROUP, inside("egress", 0, 0, "-1"), False),
    ("CAPGEN_4", RULE, legacy("egress", 0, "-1"), False),
    # 5, 6, 7, 10 and 22, containers
    ("CAPGEN_5", TASK, task(container(privileged=False)), True),
    ("CAPGEN_5", TASK, task(container(), container(privileged=True)), False),
    ("CAPGEN_5", TASK, {"container_definitions": "${data.x.y.json}"}, None),
    ("CAPGEN_6", TASK, task(container(environment=[{"name": "DB_PASSWORD", "value": "hunter2hunter2"}])), False),
    ("CAPGEN_6", TASK, task(container(environment=[{"name": "DB_PASSWORD", "value": "${aws_x.y.z}"}])), True),
    ("CAPGEN_6", TASK, task(container(environment=[{"name": "TOKEN_URL", "value": "https://example.com"}])), True),
    ("CAPGEN_6", TASK, task(container(environment="${data.x.y.z}")), None),
    ("CAPGEN_7", TASK, task(container(image="registry.example.com:5000/cap:latest")), False),
    ("CAPGEN_7", TASK, task(container(image="registry.example.com:5000/cap")), False),
    ("CAPGEN_7", TASK, task(container(image="${data.x.y.z}/cap:latest")), False),
    ("CAPGEN_7", TASK, task(container(image="${aws_ecr_repository.x.repository_url}:1.0.0")), True),
    ("CAPGEN_7", TASK, task(container(image="${aws_ecr_repository.x.repository_url}")), None),
    ("CAPGEN_7", TASK, task(container(image="cap@sha256:0123")), True),
    ("CAPGEN_10", TASK, linux(capabilities={"add": ["SYS_PTRACE"]}), True),
    ("CAPGEN_10", TASK, linux(capabilities={"add": ["SYS_PTRACE", "NET_ADMIN"]}), False),
    ("CAPGEN_10", TASK, linux(devices=[{"hostPath": "/dev/mem"}]), False),
    ("CAPGEN_10", TASK, task(container(), pid_mode="host"), False),
    ("CAPGEN_10", TASK, task(container(), pid_mode="task"), True),
    ("CAPGEN_10", TASK, task(container(), ipc_mode="host"), False),
    ("CAPGEN_10", TASK, task(container(), network_mode="host"), False),
    ("CAPGEN_10", TASK, task(container(), network_mode="${data.x.y.z}"), None),
    ("CAPGEN_10", TASK, task(container(), volume=[{"name": "x", "host_path": "/"}]), False),
    ("CAPGEN_10", TASK, task(container(), volume=[{"name": "x"}]), True),
    ("CAPGEN_22", TASK, task(container()), True),
    ("CAPGEN_22", TASK, task(container(logConfiguration=None)), False),
    # 8 and 9, ports that are nobody's business
    ("CAPGEN_8", INGRESS, opened(5432, 5432), False),
    ("CAPGEN_8", INGRESS, opened(5000, 6000), False),
    ("CAPGEN_8", INGRESS, opened(443, 443), True),
    ("CAPGEN_8", INGRESS, opened(5432, 5432, "10.0.0.0/16"), True),
    ("CAPGEN_8", INGRESS, opened(5432, 5432, protocol="udp"), True),
    ("CAPGEN_8", INGRESS, {"cidr_ipv4": WORLD, "ip_protocol": "-1"}, False),
    ("CAPGEN_8", INGRESS, opened("${data.x.y.port}", "${data.x.y.port}"), None),
    ("CAPGEN_8", GROUP, inside("ingress", 3306, 3306), False),
    ("CAPGEN_9", INGRESS, opened(20001, 20001), False),
    ("CAPGEN_9", INGRESS, opened(22, 22, "::/0"), False),
    ("CAPGEN_9", INGRESS, opened(20001, 20001, "10.0.0.5/32"), True),
    ("CAPGEN_9", RULE, legacy("ingress", 3389), False),
    # 11 and 12, wildcards
    ("CAPGEN_11", GRANT, allow(["s3:GetObject"]), True),
    ("CAPGEN_11", GRANT, allow(["s3:Get*"]), False),
    ("CAPGEN_11", GRANT, allow("s3:GetObjec?"), False),
    ("CAPGEN_11", GRANT, {"policy": document(deny("*", "*", PLAIN))}, True),
    ("CAPGEN_11", GRANT, {"policy": document({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})}, False),
    ("CAPGEN_11", GRANT, {"policy": "${data.aws_iam_policy_document.x.json}"}, None),
    ("CAPGEN_11", GRANT, allow("${data.x.y.z}"), None),
    ("CAPGEN_11", KEY, lets_in(OWN, "kms:*"), True),
    ("CAPGEN_11", KEY, lets_in(OTHER, "kms:*"), False),
    ("CAPGEN_11", KEY, lets_in({"Service": "logs.amazonaws.com"}, "kms:ReEncrypt*"), True),
    ("CAPGEN_11", KEY, lets_in({"Service": "logs.amazonaws.com"}, "kms:*"), False),
    (
        "CAPGEN_11",
        ATTACHMENT,
        {"policy_arn": "arn:aws:iam::aws:policy/AmazonS3FullAccess"},
        False,
    ),
    (
        "CAPGEN_11",
        ATTACHMENT,
        {"policy_arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"},
        True,
    ),
    ("CAPGEN_11", ATTACHMENT, {"policy_arn": "${aws_iam_policy.x.arn}"}, True),
    ("CAPGEN_11", ATTACHMENT, {"policy_arn": "${data.x.y.z}"}, None),
    ("CAPGEN_12", GRANT, allow("s3:GetObject", "${aws_s3_bucket.this.arn}/*"), True),
    ("CAPGEN_12", GRANT, allow("s3:GetObject", "arn:aws:s3:::acme-gold/*"), True),
    ("CAPGEN_12", GRANT, allow("s3:GetObject", "arn:aws:s3:::*"), False),
    ("CAPGEN_12", GRANT, allow("s3:GetObject", "*"), False),
    ("CAPGEN_12", GRANT, allow("ecr:GetAuthorizationToken", "*"), True),
    ("CAPGEN_12", GRANT, allow(["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], "*"), False),
    ("CAPGEN_12", GRANT, allow("ecs:ListTasks", "*"), False),
    ("CAPGEN_12", GRANT, allow("ecs:ListTasks", "*", Condition={"ArnEquals": {"ecs:cluster": "x"}}), True),
    ("CAPGEN_12", GRANT, allow("ecs:DescribeTasks", "arn:aws:ecs:eu-west-1:1:task/cluster/*"), True),
    ("CAPGEN_12", GRANT, allow("ecs:DescribeTasks", "arn:aws:ecs:eu-west-1:1:task/*"), False),
    (
        "CAPGEN_12",
        GRANT,
        allow("logs:PutLogEvents", "arn:${data.x.y.z}:logs:*:*:log-group:*:log-stream:*"),
        False,
    ),
    ("CAPGEN_12", GRANT, allow("logs:PutLogEvents", "arn:aws:logs:eu-west-1:1:log-group:/ecs/cap:*"), True),
    ("CAPGEN_12", GRANT, allow("sqs:SendMessage", "arn:aws:sqs:*"), False),
    (
        "CAPGEN_12",
        GRANT,
        {"policy": document({"Effect": "Allow", "Action": "s3:Get", "NotResource": "x"})},
        False,
    ),
    ("CAPGEN_12", GRANT, allow("s3:GetObject", "${one(data.x.y.z)}"), None),
    # 14, trust
    ("CAPGEN_14", ROLE, trust({"Service": "lambda.amazonaws.com"}), True),
    ("CAPGEN_14", ROLE, trust({"Service": "ecs-tasks.amazonaws.com"}), False),
    ("CAPGEN_14", ROLE, trust({"Service": "ecs-tasks.amazonaws.com"}, **ON_BEHALF), True),
    ("CAPGEN_14", ROLE, trust("*"), False),
    ("CAPGEN_14", ROLE, trust(EVERYONE, StringEquals={"aws:PrincipalOrgID": "o-1"}), True),
    ("CAPGEN_14", ROLE, trust(EVERYONE, DateLessThan={"aws:CurrentTime": "2030-01-01T00:00:00Z"}), False),
    ("CAPGEN_14", ROLE, trust(OTHER), False),
    ("CAPGEN_14", ROLE, trust({"AWS": "210987654321"}), False),
    ("CAPGEN_14", ROLE, trust(OTHER, StringEquals={"sts:ExternalId": "x"}), True),
    ("CAPGEN_14", ROLE, trust({"AWS": "arn:aws:iam::210987654321:role/console"}), True),
    ("CAPGEN_14", ROLE, trust(OWN), True),
    ("CAPGEN_14", ROLE, trust({"Federated": "arn:aws:iam::1:oidc-provider/x"}), False),
    ("CAPGEN_14", ROLE, trust({"AWS": "${data.x.y.z}"}), None),
    # 16 and 17, mounts
    ("CAPGEN_16", TASK, volume(authorization_config=IAM), True),
    ("CAPGEN_16", TASK, volume(authorization_config=[{"iam": "ENABLED"}]), False),
    ("CAPGEN_16", TASK, volume(authorization_config=[{**IAM[0], "iam": "DISABLED"}]), False),
    ("CAPGEN_16", TASK, volume(authorization_config=[{**IAM[0], "iam": "${data.x.y.z}"}]), None),
    ("CAPGEN_16", TASK, volume(authorization_config=IAM, transit_encryption="DISABLED"), False),
    ("CAPGEN_16", TASK, volume(), False),
    ("CAPGEN_16", TASK, task(container()), True),
    ("CAPGEN_17", POINT, {"posix_user": [{"uid": 1000, "gid": 1000}]}, True),
    ("CAPGEN_17", POINT, {"posix_user": [{"uid": 0, "gid": 1000}]}, False),
    ("CAPGEN_17", POINT, {"posix_user": [{"uid": "${data.x.y.z}", "gid": 1000}]}, None),
    ("CAPGEN_17", POINT, {"file_system_id": "fs-1"}, False),
    # 18, the file system's own policy
    ("CAPGEN_18", "aws_efs_file_system_policy", {"policy": document(*GUARD)}, True),
    ("CAPGEN_18", "aws_efs_file_system_policy", {"policy": document(*GUARD[1:])}, False),
    ("CAPGEN_18", "aws_efs_file_system_policy", {"policy": document(GUARD[0], GUARD[2])}, False),
    ("CAPGEN_18", "aws_efs_file_system_policy", {"policy": document(*GUARD[:2])}, False),
    ("CAPGEN_18", "aws_efs_file_system_policy", {"policy": "${data.x.y.json}"}, None),
    # 19, resource policies
    ("CAPGEN_19", KEY, lets_in(OWN), True),
    ("CAPGEN_19", KEY, lets_in(EVERYONE), False),
    ("CAPGEN_19", KEY, lets_in(OTHER), False),
    ("CAPGEN_19", KEY, lets_in(EVERYONE, StringEquals={"kms:CallerAccount": ACCOUNT}), True),
    ("CAPGEN_19", KEY, lets_in({"Service": "logs.amazonaws.com"}), False),
    ("CAPGEN_19", KEY, lets_in({"Service": "logs.amazonaws.com"}, ArnLike={"aws:SourceArn": "x"}), True),
    ("CAPGEN_19", KEY, {"description": "AWS's own policy"}, True),
    ("CAPGEN_19", "aws_secretsmanager_secret_policy", lets_in("*", "secretsmanager:GetSecretValue"), False),
    ("CAPGEN_19", "aws_s3_bucket_policy", lets_in({"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}), True),
    # 20, 21, 26 and 27, data that is kept
    ("CAPGEN_20", SYSTEM, {"lifecycle": {"prevent_destroy": True}}, True),
    ("CAPGEN_20", SYSTEM, {"lifecycle": {"prevent_destroy": False}}, False),
    ("CAPGEN_20", DATABASE, {"engine": "postgres"}, False),
    ("CAPGEN_21", DATABASE, {"skip_final_snapshot": True}, False),
    ("CAPGEN_21", DATABASE, {"skip_final_snapshot": "${data.x.y.z}"}, None),
    ("CAPGEN_21", DATABASE, {"skip_final_snapshot": True, "replicate_source_db": "arn:aws:rds:x:1:db:y"}, True),
    ("CAPGEN_21", DATABASE, {"skip_final_snapshot": True, "replicate_source_db": ""}, False),
    ("CAPGEN_21", BUCKET, {"bucket": "x"}, True),
    ("CAPGEN_21", BUCKET, {"bucket": "y", "force_destroy": True}, False),
    ("CAPGEN_21", SECRET, {"name": "x"}, True),
    ("CAPGEN_21", SECRET, {"name": "x", "recovery_window_in_days": 0}, False),
    ("CAPGEN_26", DATABASE, {"kms_key_id": "${aws_kms_key.x.arn}"}, True),
    ("CAPGEN_26", DATABASE, {"storage_encrypted": True}, False),
    ("CAPGEN_26", DATABASE, {"snapshot_identifier": "cap"}, None),
    ("CAPGEN_27", DATABASE, {"backup_retention_period": 7}, True),
    ("CAPGEN_27", DATABASE, {"backup_retention_period": 6}, False),
    ("CAPGEN_27", DATABASE, {"engine": "mysql"}, False),
    ("CAPGEN_27", DATABASE, {"backup_retention_period": "${data.x.y.z}"}, None),
    # 23 and 28, rollouts
    ("CAPGEN_23", SERVICE, {"deployment_circuit_breaker": [{"enable": True, "rollback": True}]}, True),
    ("CAPGEN_23", SERVICE, {"deployment_circuit_breaker": [{"enable": True, "rollback": False}]}, False),
    ("CAPGEN_23", SERVICE, {"name": "without"}, False),
    ("CAPGEN_23", SERVICE, {"deployment_controller": [{"type": "CODE_DEPLOY"}]}, None),
    ("CAPGEN_28", SERVICE, {"wait_for_steady_state": True}, True),
    ("CAPGEN_28", SERVICE, {"wait_for_steady_state": False}, False),
    ("CAPGEN_28", SERVICE, {"wait_for_steady_state": "${data.x.y.z}"}, None),
    # 1, what a function is called with
    ("CAPGEN_1", "aws_lambda_invocation", {"input": '{"bucket":"b","password":"hunter2hunter2"}'}, False),
    ("CAPGEN_1", "aws_lambda_invocation", {"input": '{"bucket":"b","sha256":"0a1b"}'}, True),
    # 29, stacks
    ("CAPGEN_29", STACK, stack(), True),
    ("CAPGEN_29", STACK, stack(Outputs={"Arn": {"Value": {"Ref": "Secret"}}}), True),
    ("CAPGEN_29", STACK, stack(Outputs={"Key": {"Value": {"Fn::GetAtt": ["Key", "SecretAccessKey"]}}}), False),
    ("CAPGEN_29", STACK, stack(Outputs={"Key": {"Value": {"Fn::Sub": "x${Key.SecretAccessKey}"}}}), None),
    ("CAPGEN_29", STACK, stack(Resources={"Secret": {"Type": "AWS::SecretsManager::Secret"}}), False),
    ("CAPGEN_29", STACK, {"template_body": "Resources: {}"}, None),
    ("CAPGEN_29", STACK, {"template_url": "https://example.com/x"}, None),
    # 30, lifecycle rules
    ("CAPGEN_30", LIFECYCLE, {"bucket": "b", "rule": [{"id": "a", "status": "Enabled"}]}, True),
    ("CAPGEN_30", LIFECYCLE, {"rule": [{"id": "a", "status": "Enabled"}, {"id": "b", "status": "Disabled"}]}, False),
    ("CAPGEN_30", LIFECYCLE, {"rule": [{"id": "a", "status": "${data.x.y.status}"}]}, None),
    # 31, aliases
    ("CAPGEN_31", "aws_kms_alias", {"target_key_id": "${aws_kms_key.this.key_id}"}, True),
    ("CAPGEN_31", "aws_kms_alias", {"target_key_id": "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"}, False),
    ("CAPGEN_31", "aws_kms_alias", {"target_key_id": "${aws_lb.this.id}"}, False),
    # 32, subnet groups
    ("CAPGEN_32", "aws_db_subnet_group", {"subnet_ids": ["subnet-1", "subnet-2"]}, True),
    ("CAPGEN_32", "aws_db_subnet_group", {"subnet_ids": ["subnet-1", "subnet-1"]}, False),
    ("CAPGEN_32", "aws_db_subnet_group", {"subnet_ids": ["${data.x.y.id}"]}, None),
    ("CAPGEN_32", "aws_db_subnet_group", {"subnet_ids": "${data.x.y.ids}"}, None),
    # 33, statements
    ("CAPGEN_33", PARAMETERS, parameters(log_statement="ddl"), True),
    ("CAPGEN_33", PARAMETERS, parameters(log_statement="none"), False),
    ("CAPGEN_33", PARAMETERS, parameters(**{"rds.force_ssl": "1"}), False),
    ("CAPGEN_33", PARAMETERS, parameters(log_statement="${data.x.y.z}"), None),
    ("CAPGEN_33", PARAMETERS, parameters() | {"family": "mysql8.0"}, True),
    # 1, what a function knows, and what Terraform makes up
    ("CAPGEN_1", FUNCTION, {"environment": [{"variables": {"DB_PASSWORD": "hunter2hunter2"}}]}, False),
    ("CAPGEN_1", FUNCTION, {"environment": [{"variables": {"TOKEN_URL": "https://example.com"}}]}, True),
    ("CAPGEN_1", FUNCTION, {"role": "${aws_iam_role.x.arn}"}, True),
    ("CAPGEN_1", "random_password", {"length": 20}, False),
    ("CAPGEN_1", "aws_elasticache_replication_group", {"auth_token": "hunter2hunter2"}, False),
    # 2 and 9, other forms of rules
    ("CAPGEN_2", "aws_default_security_group", inside("ingress", 8080, 8080), False),
    ("CAPGEN_2", INGRESS, opened(8080, 8080, "64.0.0.0/2"), False),
    ("CAPGEN_9", INGRESS, opened(-1, -1), False),
    ("CAPGEN_9", INGRESS, opened(20001, 20001, protocol=6), False),
    ("CAPGEN_9", INGRESS, opened(20001, 20001, protocol="TCP"), False),
    # 11, 12 and 13, policies inside roles, and those that are attached in other ways
    ("CAPGEN_11", ROLE, inline("s3:*"), False),
    ("CAPGEN_11", ROLE, inline("s3:GetObject"), True),
    ("CAPGEN_11", ROLE, {"inline_policy": [{"name": "x", "policy": "${data.x.y.json}"}]}, None),
    ("CAPGEN_11", ROLE, holding(f"{OF_AWS}AdministratorAccess"), False),
    ("CAPGEN_11", ROLE, holding(f"{OF_AWS}job-function/PowerUserAccess"), False),
    ("CAPGEN_11", "aws_iam_policy_attachment", {"policy_arn": f"{OF_AWS}PowerUserAccess"}, False),
    ("CAPGEN_11", EXCLUSIVE, {"policy_arns": [f"{OF_AWS}PowerUserAccess"]}, False),
    ("CAPGEN_11", GRANT, {"policy": '{"statement":{"effect":"allow","action":"s3:*","resource":"*"}}'}, False),
    ("CAPGEN_11", GRANT, allow("S3:*"), False),
    ("CAPGEN_11", GRANT, allow("s3:*Object"), False),
    ("CAPGEN_12", ROLE, inline("secretsmanager:GetSecretValue"), False),
    ("CAPGEN_12", ROLE, inline("s3:GetObject", "arn:aws:s3:::acme-gold/*"), True),
    ("CAPGEN_12", GRANT, allow("s3:GetObject", "arn:aws:s3:::?*/*"), False),
    ("CAPGEN_12", GRANT, allow("sts:AssumeRole", "arn:aws:iam::*:role/Admin"), False),
    ("CAPGEN_12", GRANT, allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/Admin"), True),
    # 14, conditions that everyone meets
    ("CAPGEN_14", ROLE, trust(EVERYONE, StringLike={"aws:PrincipalArn": "*"}), False),
    ("CAPGEN_14", ROLE, trust(EVERYONE, ArnLike={"aws:PrincipalArn": "arn:aws:iam::*:role/*"}), False),
    ("CAPGEN_14", ROLE, trust(EVERYONE, StringLike={"aws:PrincipalOrgID": "o-*"}), False),
    ("CAPGEN_14", ROLE, trust(EVERYONE, Null={"aws:PrincipalArn": "false"}), False),
    ("CAPGEN_14", ROLE, trust(EVERYONE, StringNotEquals={"aws:PrincipalAccount": ACCOUNT}), False),
    ("CAPGEN_14", ROLE, trust(EVERYONE, StringEqualsIfExists={"sts:ExternalId": "x"}), False),
    ("CAPGEN_14", ROLE, trust(EVERYONE, **{"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-1"}}), False),
    ("CAPGEN_14", ROLE, trust(EVERYONE, **{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-1/r/*"}}), True),
    ("CAPGEN_14", ROLE, trust(EVERYONE, StringLike={"aws:PrincipalOrgID": ["o-1", "*"]}), False),
    ("CAPGEN_14", ROLE, trust({"Service": "ecs-tasks.amazonaws.com"}, StringLike={"aws:SourceAccount": "*"}), False),
    ("CAPGEN_14", ROLE, signed_in(StringEquals={f"{GITHUB}:aud": "sts.amazonaws.com"}), False),
    ("CAPGEN_14", ROLE, signed_in(StringLike={f"{GITHUB}:sub": "repo:*"}), False),
    ("CAPGEN_14", ROLE, signed_in(StringLike={f"{GITHUB}:sub": "repo:acme/cap:*"}), True),
    ("CAPGEN_14", ROLE, trust({"Federated": "arn:aws:iam::1:saml-provider/x"}, StringEquals={"SAML:aud": "y"}), True),
    ("CAPGEN_14", ROLE, {"assume_role_policy": document({"Effect": "Allow", "NotPrincipal": OTHER})}, False),
    # 19, more ways to let somebody in
    ("CAPGEN_19", KEY, lets_in(EVERYONE, ArnLike={"aws:SourceArn": "*"}), False),
    ("CAPGEN_19", KEY, lets_in({"Federated": "cognito-identity.amazonaws.com"}), False),
    ("CAPGEN_19", KEY, lets_in({"Service": "logs.amazonaws.com"}, StringLike={"aws:SourceAccount": "*"}), False),
    ("CAPGEN_19", "aws_kms_grant", {"grantee_principal": "arn:aws:iam::210987654321:root"}, False),
    ("CAPGEN_19", "aws_kms_grant", {"grantee_principal": "${aws_iam_role.x.arn}"}, True),
    ("CAPGEN_19", "aws_kms_grant", {"grantee_principal": "${data.x.y.arn}"}, None),
    ("CAPGEN_19", "aws_ecr_repository_policy", lets_in("*", "ecr:PutImage"), False),
    ("CAPGEN_19", "aws_efs_file_system_policy", lets_in(EVERYONE, "elasticfilesystem:ClientMount"), False),
    ("CAPGEN_19", "aws_s3_access_point", lets_in(EVERYONE, "s3:GetObject"), False),
    ("CAPGEN_19", "aws_sns_topic", {"name": "x"}, True),
    # 34, permissions from elsewhere
    ("CAPGEN_34", ROLE, {"name": "x"}, True),
    ("CAPGEN_34", ROLE, holding(f"{OF_AWS}ReadOnlyAccess"), False),
    ("CAPGEN_34", ROLE, holding("${aws_iam_policy.x.arn}"), True),
    ("CAPGEN_34", ROLE, holding("${data.aws_iam_policy.x.arn}"), False),
    ("CAPGEN_34", ATTACHMENT, {"policy_arn": "arn:${data.x.y.z}:iam::aws:policy/SecretsManagerReadWrite"}, False),
    ("CAPGEN_34", ATTACHMENT, {"policy_arn": "${data.x.y.z}"}, None),
    ("CAPGEN_34", TASK, task(container(), task_role_arn="arn:aws:iam::1:role/Administrator"), False),
    ("CAPGEN_34", TASK, task(container(), task_role_arn="${aws_iam_role.task.arn}"), True),
    ("CAPGEN_34", TASK, task(container()), True),
    ("CAPGEN_34", FUNCTION, {"role": "arn:aws:iam::1:role/Administrator"}, False),
    ("CAPGEN_34", "aws_iam_user_group_membership", {"user": "deploy", "groups": ["admins"]}, False),
    # 35, who may raise permissions
    ("CAPGEN_35", GRANT, allow("s3:GetObject"), True),
    ("CAPGEN_35", GRANT, allow("iam:PutRolePolicy", "${aws_iam_role.task.arn}"), False),
    ("CAPGEN_35", GRANT, allow("IAM:attach*", "${aws_iam_role.task.arn}"), False),
    ("CAPGEN_35", GRANT, {"policy": document({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"})}, False),
    ("CAPGEN_35", GRANT, allow("${data.x.y.z}"), None),
    ("CAPGEN_35", GRANT, {"policy": "${data.aws_iam_policy_document.x.json}"}, None),
    ("CAPGEN_35", ROLE, inline("lambda:UpdateFunctionCode", "${aws_lambda_function.x.arn}"), False),
    # 36, what a template makes
    ("CAPGEN_36", STACK, stack(Resources={"Key": {"Type": "AWS::IAM::AccessKey"}}), True),
    ("CAPGEN_36", STACK, stack(Resources={"Role": {"Type": "AWS::IAM::Role"}}), False),
    ("CAPGEN_36", STACK, stack(Resources={"Rule": {"Type": "AWS::EC2::SecurityGroupIngress"}}), False),
    ("CAPGEN_36", STACK, stack(Resources=["Rule"]), False),
    ("CAPGEN_36", STACK, stack(Transform="AWS::Serverless-2016-10-31"), False),
    ("CAPGEN_36", STACK, {"template_body": "Resources: {}"}, False),
    ("CAPGEN_36", STACK, {"template_url": "https://example.com/x"}, False),
    ("CAPGEN_36", STACK, {"template_body": "${data.x.y.body}"}, None),
    # 37, endpoints
    ("CAPGEN_37", ENDPOINT, {"service_name": SECRETS_ENDPOINT}, False),
    ("CAPGEN_37", ENDPOINT, {"service_name": SECRETS_ENDPOINT, **lets_in(EVERYONE, "*")}, False),
    (
        "CAPGEN_37",
        ENDPOINT,
        {"service_name": SECRETS_ENDPOINT, **lets_in(EVERYONE, "*", StringEquals={"aws:PrincipalAccount": ACCOUNT})},
        True,
    ),
    (
        "CAPGEN_37",
        ENDPOINT,
        {"service_name": SECRETS_ENDPOINT, **lets_in(EVERYONE, "*", StringLike={"aws:PrincipalAccount": "*"})},
        False,
    ),
    ("CAPGEN_37", ENDPOINT, {"service_name": SECRETS_ENDPOINT, **lets_in(OTHER, "*")}, False),
    ("CAPGEN_37", ENDPOINT, {"service_name": SECRETS_ENDPOINT, "policy": "${data.x.y.json}"}, None),
    ("CAPGEN_37", ENDPOINT, {"service_name": "com.amazonaws.eu-west-1.ssmmessages"}, True),
    ("CAPGEN_37", ENDPOINT, {"service_name": "${data.x.y.name}"}, None),
    # 38 and 39, records and their health
    ("CAPGEN_38", RECORD, {"type": "A", "alias": [{"name": "${aws_lb.this.dns_name}"}]}, True),
    ("CAPGEN_38", RECORD, {"type": "A", "alias": [{"name": "a.eu-west-1.elb.amazonaws.com"}]}, False),
    ("CAPGEN_38", RECORD, {"type": "A", "alias": [{"name": "${data.aws_lb.that.dns_name}"}]}, None),
    ("CAPGEN_38", RECORD, {"type": "A", "records": ["${aws_eip.this.public_ip}"]}, True),
    ("CAPGEN_38", RECORD, {"type": "AAAA", "records": ["${aws_instance.this.ipv6}", "2001:db8::1"]}, False),
    ("CAPGEN_38", RECORD, {"type": "CNAME", "records": ["www.example.org"]}, False),
    ("CAPGEN_38", RECORD, {"type": "A"}, False),
    ("CAPGEN_38", RECORD, {"type": "TXT", "records": ["v=spf1 -all"]}, True),
    ("CAPGEN_38", RECORD, {"type": "${data.x.y.type}", "records": ["203.0.113.9"]}, None),
    ("CAPGEN_39", RECORD, {"type": "A", "alias": [{"name": "x"}]}, True),
    ("CAPGEN_39", RECORD, chosen(alias=[{"name": "x", "evaluate_target_health": True}]), True),
    ("CAPGEN_39", RECORD, chosen(alias=[{"name": "x", "evaluate_target_health": False}]), False),
    ("CAPGEN_39", RECORD, chosen(alias=[{"name": "x", "evaluate_target_health": "${data.x.y.z}"}]), None),
    ("CAPGEN_39", RECORD, chosen(records=["203.0.113.9"]), False),
    ("CAPGEN_39", RECORD, chosen(records=["203.0.113.9"], health_check_id="${aws_route53_health_check.this.id}"), True),
    # 42, replication
    ("CAPGEN_42", COPIES, copied("${aws_s3_bucket.copies.arn}"), True),
    ("CAPGEN_42", COPIES, copied("arn:aws:s3:::elsewhere"), False),
    ("CAPGEN_42", COPIES, copied("${data.aws_s3_bucket.that.arn}"), None),
    ("CAPGEN_42", COPIES, copied("${aws_sns_topic.that.arn}"), False),
    ("CAPGEN_42", COPIES, copied("${aws_s3_bucket.copies.arn}", account="210987654321"), False),
    ("CAPGEN_42", COPIES, copied("${aws_s3_bucket.copies.arn}", account="${data.x.y.id}"), None),
    ("CAPGEN_42", COPIES, {"rule": [{**copied("${aws_s3_bucket.b.arn}")["rule"][0], "status": "Disabled"}]}, False),
    ("CAPGEN_42", COPIES, with_key(), False),
    ("CAPGEN_42", COPIES, with_key("Enabled"), True),
    ("CAPGEN_42", COPIES, with_key("Disabled"), False),
    ("CAPGEN_42", COPIES, with_key("${data.x.y.status}"), None),
    ("CAPGEN_42", FILES, {"destination": [{"file_system_id": "${aws_efs_file_system.copy.id}"}]}, True),
    ("CAPGEN_42", FILES, {"destination": [{"file_system_id": "fs-0a1b2c3d4e5f60718"}]}, False),
    ("CAPGEN_42", FILES, {"destination": [{"region": "eu-central-1"}]}, False),
    ("CAPGEN_42", FILES, {"destination": [{"file_system_id": "${data.x.y.id}"}]}, None),
    # 43, flow logs
    ("CAPGEN_43", FLOWS, {"traffic_type": "ALL", "log_destination": "${aws_cloudwatch_log_group.f.arn}"}, True),
    ("CAPGEN_43", FLOWS, {"traffic_type": "REJECT", "log_destination": "${aws_cloudwatch_log_group.f.arn}"}, False),
    ("CAPGEN_43", FLOWS, {"traffic_type": "ALL", "log_destination": "arn:aws:s3:::elsewhere"}, False),
    ("CAPGEN_43", FLOWS, {"traffic_type": "ALL", "log_destination": "${data.x.y.arn}"}, None),
    ("CAPGEN_43", FLOWS, {"traffic_type": "${data.x.y.type}", "log_destination": "${aws_s3_bucket.f.arn}"}, None),
    # 44, what is said of subnets that stand elsewhere
    ("CAPGEN_44", "aws_db_subnet_group", {"subnet_ids": ["subnet-3", "${data.x.y.id}"]}, None),
    ("CAPGEN_44", "aws_efs_mount_target", {"subnet_id": "subnet-3"}, None),
    ("CAPGEN_44", SERVICE, {"network_configuration": [{"subnets": ["subnet-3"]}]}, None),
    ("CAPGEN_44", SERVICE, {"network_configuration": [{"subnets": ["subnet-3"], "assign_public_ip": True}]}, True),
]
