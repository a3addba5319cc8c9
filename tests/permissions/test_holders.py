"""Every way in which a policy comes to a holder, and what is said of what cannot be read."""

import json
from typing import Any

import pytest

from capgen.permissions import Holder
from tests.permissions.root import allow, holders_of, policy

READ = "May read any object (any resource)."
WRITE = "May write any object (any resource)."
READS = policy(allow("s3:GetObject", "*"))
WRITES = policy(allow("s3:PutObject", "*"))
ROLE = {"this": {"name": "task", "assume_role_policy": policy()}}


def said(holder: Holder) -> list[tuple[str, str]]:
    return [(statement.policy, statement.words) for statement in holder.statements]


def test_inline_policies_of_a_role_are_read_from_blocks_and_resources() -> None:
    role = ROLE["this"] | {"inline_policy": [{"name": "a", "policy": READS}]}
    held = holders_of(
        {
            "aws_iam_role": {"this": role},
            "aws_iam_role_policy": {"b": {"role": "${aws_iam_role.this.id}", "policy": WRITES}},
        }
    )
    assert list(held) == ["aws_iam_role.this"]
    assert said(held["aws_iam_role.this"]) == [("aws_iam_role.this", READ), ("aws_iam_role_policy.b", WRITE)]


@pytest.mark.parametrize(
    "attached",
    [
        {"aws_iam_role_policy_attachment": {"a": {"role": "task", "policy_arn": "${aws_iam_policy.reads.arn}"}}},
        {"aws_iam_policy_attachment": {
            "a": {"roles": ["${aws_iam_role.this.name}"], "policy_arn": "${aws_iam_policy.reads.arn}"}}},
        {"aws_iam_role": {"this": ROLE["this"] | {"managed_policy_arns": ["${aws_iam_policy.reads.arn}"]}}},
    ],
)  # fmt: skip
def test_a_policy_of_the_root_is_read_where_it_is_attached(attached: dict[str, Any]) -> None:
    held = holders_of(
        {"aws_iam_role": ROLE, "aws_iam_policy": {"reads": {"name": "reads", "policy": READS}}} | attached
    )
    assert list(held) == ["aws_iam_role.this"]
    assert said(held["aws_iam_role.this"]) == [("aws_iam_policy.reads", READ)]
    assert held["aws_iam_role.this"].opaque == ()


def test_a_policy_that_nobody_holds_is_told_by_itself() -> None:
    held = holders_of({"aws_iam_policy": {"reads": {"name": "reads", "policy": READS}}})
    assert [(one.kind, one.name, said(one)) for one in held.values()] == [
        ("policy", "reads", [("aws_iam_policy.reads", READ)])
    ]


@pytest.mark.parametrize(
    ("arn", "owner"),
    [
        ("arn:aws:iam::aws:policy/AdministratorAccess", "AWS's managed policy"),
        ("arn:aws:iam::123456789012:policy/other", "The managed policy"),
    ],
)
def test_a_policy_outside_of_the_root_is_named(arn: str, owner: str) -> None:
    attachment = {"role": "${aws_iam_role.this.name}", "policy_arn": arn}
    held = holders_of({"aws_iam_role": ROLE, "aws_iam_role_policy_attachment": {"a": attachment}})
    assert held["aws_iam_role.this"].opaque == (
        f"{owner} {arn} is attached by aws_iam_role_policy_attachment.a: what it allows is not written here.",
    )


def test_a_user_may_do_what_its_groups_may() -> None:
    held = holders_of(
        {
            "aws_iam_user": {"eve": {"name": "eve"}},
            "aws_iam_group": {"ops": {"name": "ops"}},
            "aws_iam_group_policy": {"ops": {"group": "ops", "policy": READS}},
            "aws_iam_user_policy": {"eve": {"user": "eve", "policy": WRITES}},
            "aws_iam_group_membership": {"ops": {"group": "ops", "users": ["${aws_iam_user.eve.name}"]}},
            "aws_iam_user_group_membership": {"eve": {"user": "eve", "groups": ["ops", "auditors"]}},
        }
    )
    assert said(held["aws_iam_user.eve"]) == [("aws_iam_group_policy.ops", READ), ("aws_iam_user_policy.eve", WRITE)]
    assert held["aws_iam_user.eve"].opaque == (
        "It is a member of the group auditors, and what that may do is not written here.",
    )
    assert said(held["aws_iam_group.ops"]) == [("aws_iam_group_policy.ops", READ)]


def test_a_role_outside_of_the_root_is_a_holder_too() -> None:
    held = holders_of(
        {"aws_iam_policy_attachment": {"a": {"roles": ["x", "y"], "policy_arn": "arn:aws:iam::aws:policy/P"}}}
    )
    assert {address: (one.kind, one.name, len(one.opaque)) for address, one in held.items()} == {
        "aws_iam_policy_attachment.a for role x": ("role", "x", 2),
        "aws_iam_policy_attachment.a for role y": ("role", "y", 2),
    }


def test_trust_and_boundary_stand_apart() -> None:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = {
        "name_prefix": "task-",
        "assume_role_policy": policy(trust),
        "permissions_boundary": "${aws_iam_policy.b.arn}",
    }
    held = holders_of({"aws_iam_role": {"this": role}, "aws_iam_policy": {"b": {"name": "b", "policy": READS}}})
    assert held["aws_iam_role.this"].name == "task-*"
    assert held["aws_iam_role.this"].boundary == "aws_iam_policy.b"
    assert held["aws_iam_role.this"].statements == ()
    (told,) = held["aws_iam_role.this"].trust
    assert told.words == "Lambda functions (lambda.amazonaws.com) may assume the role."
    assert told.to_json()["statement"] == trust


@pytest.mark.parametrize(
    ("policy_type", "argument", "type", "kind"),
    [
        ("aws_kms_key_policy", "key_id", "aws_kms_key", "key"),
        ("aws_s3_bucket_policy", "bucket", "aws_s3_bucket", "bucket"),
        ("aws_efs_file_system_policy", "file_system_id", "aws_efs_file_system", "file_system"),
        ("aws_secretsmanager_secret_policy", "secret_arn", "aws_secretsmanager_secret", "secret"),
        ("aws_sns_topic_policy", "arn", "aws_sns_topic", "topic"),
        ("aws_sqs_queue_policy", "queue_url", "aws_sqs_queue", "queue"),
        ("aws_ecr_repository_policy", "repository", "aws_ecr_repository", "repository"),
    ],
)
def test_a_policy_of_a_resource_belongs_to_it(policy_type: str, argument: str, type: str, kind: str) -> None:
    body = {argument: f"${{{type}.x.id}}", "policy": policy(allow("*", "*", Principal="*"))}
    (holder,) = holders_of({type: {"x": {}}, policy_type: {"x": body}}).values()
    assert (holder.address, holder.kind, len(holder.statements)) == (f"{type}.x", kind, 1)


def test_a_resource_of_an_unknown_type_with_a_policy_is_a_holder() -> None:
    held = holders_of(
        {
            "aws_backup_vault_policy": {"x": {"backup_vault_name": "v", "policy": READS}},
            "aws_ecr_lifecycle_policy": {"x": {"repository": "r", "policy": json.dumps({"rules": []})}},
        }
    )
    assert [(one.kind, len(one.statements)) for one in held.values()] == [("backup_vault_policy", 1)]


def test_who_may_invoke_a_function_is_a_statement() -> None:
    permission = {"function_name": "${aws_lambda_function.f.function_name}", "action": "lambda:InvokeFunction",
                  "principal": "s3.amazonaws.com", "source_account": "1234"}  # fmt: skip
    held = holders_of(
        {
            "aws_lambda_function": {"f": {"function_name": "publish"}},
            "aws_lambda_permission": {"s3": permission, "url": {
                "function_name": "publish", "action": "lambda:InvokeFunctionUrl", "principal": "*",
                "function_url_auth_type": "NONE"}},
        }
    )  # fmt: skip
    assert held["aws_lambda_function.f"].name == "publish"
    assert [words for _, words in said(held["aws_lambda_function.f"])] == [
        "S3 (s3.amazonaws.com) may invoke the function (aws_lambda_function.f), but only on behalf of account 1234.",
        "Anybody may invoke by its URL publish, but only at a URL whose authentication is NONE.",
    ]


def test_a_grant_of_a_key_is_a_statement() -> None:
    grant = {"key_id": "${aws_kms_key.k.key_id}", "grantee_principal": "arn:aws:iam::999999999999:role/backup",
             "operations": ["Decrypt", "DescribeKey"]}  # fmt: skip
    held = holders_of({"aws_kms_key": {"k": {}}, "aws_kms_grant": {"g": grant}})
    (statement,) = held["aws_kms_key.k"].statements
    assert (statement.policy, statement.actions) == ("aws_kms_grant.g", ("kms:Decrypt", "kms:DescribeKey"))
    assert statement.principals == ("AWS arn:aws:iam::999999999999:role/backup",)
    assert statement.words == (
        "The role backup in account 999999999999 may decrypt data with this key and read its settings."
    )
    assert held["aws_kms_key.k"].opaque, "its default policy is told as well"


def test_a_key_without_a_policy_is_told() -> None:
    held = holders_of(
        {
            "aws_kms_key": {"k": {}},
            "aws_kms_alias": {"k": {"name": "alias/k", "target_key_id": "${aws_kms_key.k.key_id}"}},
        }
    )
    assert held["aws_kms_key.k"].name == "alias/k"
    assert held["aws_kms_key.k"].opaque == (
        "It has no policy here: AWS adds its default, which leaves it to the account's IAM policies.",
    )


def test_who_holds_credentials_of_a_user_is_told() -> None:
    template = {
        "Resources": {
            "Key": {"Type": "AWS::IAM::AccessKey", "Properties": {"UserName": {"Ref": "Name"}}},
            "Kept": {"Type": "AWS::SecretsManager::Secret",
                     "Properties": {"Name": "kept", "SecretString": {"Fn::GetAtt": ["Key", "SecretAccessKey"]}}},
            "Other": {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "other", "SecretString": "x"}},
            "Role": {"Type": "AWS::IAM::Role", "Properties": {"Policies": []}},
        }
    }  # fmt: skip
    stack = {"parameters": {"Name": "${aws_iam_user.eve.name}"}, "template_body": json.dumps(template), "name": "keys"}
    held = holders_of(
        {
            "aws_iam_user": {"eve": {"name": "eve"}},
            "aws_iam_access_key": {"eve": {"user": "eve"}},
            "aws_cloudformation_stack": {
                "keys": stack,
                "far": {"name": "far", "template_url": "https://example.com/t"},
            },
        }
    )
    key = "Whoever has its access key acts as it"
    kept = "and keeps it in the secret kept, so whoever may read that has it"
    assert held["aws_iam_user.eve"].opaque == (
        f"{key}: aws_cloudformation_stack.keys makes one, {kept}.",
        f"{key}: aws_iam_access_key.eve makes one, which the state may hold.",
    )
    assert held["aws_cloudformation_stack.keys"].opaque == (
        "It makes Role (AWS::IAM::Role), whose policy is not read.",
    )
    assert held["aws_cloudformation_stack.far"].opaque == ("What its template creates and grants is not known.",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("${aws_ssm_parameter.p.value}", "The policy of X is known only to AWS: ${aws_ssm_parameter.p.value}"),
        ("{", "The policy of X is not a policy that can be read: {"),
        ("[]", "The policy of X is not a policy that can be read: []"),
        ('{"Statement": "all"}', 'The policy of X is not a policy that can be read: {"Statement": "all"}'),
        (None, "The policy of X is not known before it is applied."),
        (policy(allow("*", "*", Surprise=1)), "Statement 1 of X has the element Surprise, which is not read: 1."),
        (policy({"Action": "*", "Resource": "*"}), "Statement 1 of X neither allows nor denies: its effect is null."),
        (policy({"Effect": "Allow", "Resource": "*"}), "Statement 1 of X names no action."),
        (policy(allow("*", "*", NotAction="*")), "Statement 1 of X has both Action and NotAction, which AWS refuses."),
        ('{"Statement": ["${aws_ssm_parameter.p.id}"]}', "Statement 1 of X is not known: ${aws_ssm_parameter.p.id}"),
        ('{"Statement": [], "Statement": []}',
         'The policy of X is not a policy that can be read: {"Statement": [], "Statement": []}'),
        ("[" * 100_000, f"The policy of X is not a policy that can be read: {'[' * 100_000}"),
    ],
    ids=range(12),
)  # fmt: skip
def test_what_cannot_be_read_is_told(text: str | None, sentence: str) -> None:
    body = {"role": "task"} | ({} if text is None else {"policy": text})
    held = holders_of(
        {"aws_iam_role": ROLE, "aws_iam_role_policy": {"x": body}, "aws_ssm_parameter": {"p": {"name": "p"}}}
    )
    assert held["aws_iam_role.this"].opaque == (sentence.replace("X", "aws_iam_role_policy.x"),)


def test_one_statement_may_stand_alone_and_its_strings_too() -> None:
    statement = allow("s3:GetObject", "*", Principal="*")
    held = holders_of({"aws_s3_bucket": {"b": {"policy": json.dumps({"Statement": statement})}}})
    assert held["aws_s3_bucket.b"].statements[0].to_json() == {
        "effect": "Allow", "actions": ["s3:GetObject"], "resources": ["*"], "principals": ["*"], "conditions": [],
        "negated": [], "sid": "", "words": "Anybody may read any object (any resource).", "policy": "aws_s3_bucket.b",
        "statement": statement,
    }  # fmt: skip


def test_an_instance_is_shown_by_its_key() -> None:
    text = policy(
        allow("s3:GetObject", "${aws_s3_bucket.b['gold'].arn}/*"),
        allow("s3:GetObject", "arn:aws:s3:::${aws_s3_bucket.b['logs'].id}/*"),
    ).replace("'", '"')
    held = holders_of(
        {
            "aws_s3_bucket": {"b": {"for_each": {"gold": 1, "logs": 2}, "bucket": "${each.key}"}},
            "aws_iam_role": ROLE,
            "aws_iam_role_policy": {"x": {"role": "task", "policy": text}},
        }
    )
    assert [statement.resources for statement in held["aws_iam_role.this"].statements] == [
        ('aws_s3_bucket.b["gold"]/*',),
        ('arn:aws:s3:::${aws_s3_bucket.b["logs"].id}/*',),
    ]


def test_an_encoded_policy_is_read() -> None:
    statement = '{Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.b.arn}/*"}'
    held = holders_of(
        {
            "aws_s3_bucket": {"b": {"bucket": "b"}},
            "aws_iam_role": ROLE,
            "aws_iam_role_policy": {"x": {"role": "task", "policy": f"${{jsonencode({{Statement = [{statement}]}})}}"}},
        }
    )
    (told,) = held["aws_iam_role.this"].statements
    assert told.words == "May read any object in the bucket (aws_s3_bucket.b/*)."
