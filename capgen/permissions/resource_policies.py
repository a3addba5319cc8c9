"""Read the policies of resources, which say who may use them, from whatever account."""

from collections.abc import Mapping
from typing import Any

from capgen.evaluate import Block
from capgen.permissions.ledger import Ledger
from capgen.region_facts import dns_suffixes

#: Resources that hold their own policy: the kind of holder.
_KINDS = {
    "aws_dynamodb_table": "table",
    "aws_ecr_repository": "repository",
    "aws_efs_file_system": "file_system",
    "aws_kms_key": "key",
    "aws_lambda_function": "function",
    "aws_s3_bucket": "bucket",
    "aws_secretsmanager_secret": "secret",
    "aws_sns_topic": "topic",
    "aws_sqs_queue": "queue",
    "aws_vpc_endpoint": "endpoint",
}

#: Resources that are the policy of another: the argument that names it, and its type.
_POLICIES = {
    "aws_dynamodb_resource_policy": ("resource_arn", "aws_dynamodb_table"),
    "aws_ecr_repository_policy": ("repository", "aws_ecr_repository"),
    "aws_efs_file_system_policy": ("file_system_id", "aws_efs_file_system"),
    "aws_kms_key_policy": ("key_id", "aws_kms_key"),
    "aws_s3_bucket_policy": ("bucket", "aws_s3_bucket"),
    "aws_secretsmanager_secret_policy": ("secret_arn", "aws_secretsmanager_secret"),
    "aws_sns_topic_policy": ("arn", "aws_sns_topic"),
    "aws_sqs_queue_policy": ("queue_url", "aws_sqs_queue"),
    "aws_vpc_endpoint_policy": ("vpc_endpoint_id", "aws_vpc_endpoint"),
}

#: Where any other resource may have a policy.
_ARGUMENTS = ("access_policies", "access_policy", "policy", "policy_document", "resource_policy")


def read_resource_policies(ledger: Ledger) -> None:
    """Add every resource with a policy of its own. Call it after the identities, whose policies are not read again."""
    for block in ledger.blocks():
        if block.type in _POLICIES:
            argument, type = _POLICIES[block.type]
            entry = ledger.entry_of(block.body.get(argument), type, _KINDS[type], block)
            ledger.read(entry, _policy(block), block)
        elif block.type == "aws_lambda_permission":
            function = block.body.get("function_name")
            entry = ledger.entry_of(function, "aws_lambda_function", "function", block)
            ledger.read(entry, {"Statement": _lambda_permission(block.body)}, block)
        elif not block.type.startswith("aws_iam_") and _is_policy(_policy(block)):
            kind = _KINDS.get(block.type, block.type.removeprefix("aws_"))
            ledger.read(ledger.entry(block, kind), _policy(block), block)
    _default_key_policies(ledger)
    for block in ledger.blocks("aws_kms_grant"):
        entry = ledger.entry_of(block.body.get("key_id"), "aws_kms_key", "key", block)
        ledger.read(entry, {"Statement": _key_grant(block.body)}, block)


def _policy(block: Block) -> object:
    return next((block.body[argument] for argument in _ARGUMENTS if argument in block.body), None)


def _is_policy(value: object) -> bool:
    """Say whether a value is, or may turn out to be, a policy of IAM. A lifecycle policy of ECR is none."""
    return value is not None and (not isinstance(value, str) or "Statement" in value or value.startswith("${"))


def _default_key_policies(ledger: Ledger) -> None:
    """Say of a key without a policy what AWS gives it.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    for block in ledger.blocks("aws_kms_key"):
        if block.address not in ledger.entries:
            entry = ledger.entry(block, "key")
            entry.opaque.append(
                "It has no policy here: AWS adds its default, which leaves it to the account's IAM policies."
            )


def _lambda_permission(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the statement that a permission adds to the function's policy.

    https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
    """
    principal, function = body.get("principal"), str(body.get("function_name")).replace(".function_name}", ".arn}")
    service = isinstance(principal, str) and principal.endswith(tuple(f".{suffix}" for suffix in dns_suffixes()))
    tests = {
        "ArnLike": {"aws:SourceArn": body.get("source_arn")},
        "StringEquals": {
            "aws:SourceAccount": body.get("source_account"),
            "aws:PrincipalOrgID": body.get("principal_org_id"),
            "lambda:EventSourceToken": body.get("event_source_token"),
            "lambda:FunctionUrlAuthType": body.get("function_url_auth_type"),
        },
    }
    given = {operator: {key: value for key, value in keys.items() if value is not None}
             for operator, keys in tests.items()}  # fmt: skip
    statement = {
        "Sid": body.get("statement_id"),
        "Effect": "Allow",
        "Principal": "*" if principal == "*" else {"Service" if service else "AWS": principal},
        "Action": body.get("action"),
        "Resource": f"{function}:{body['qualifier']}" if "qualifier" in body else function,
        "Condition": {operator: keys for operator, keys in given.items() if keys},
    }
    return {element: value for element, value in statement.items() if value}


def _key_grant(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a grant as a statement: it lets somebody use a key whatever the policies say.

    https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
    """
    operations = body.get("operations")
    named = operations if isinstance(operations, list) else [operations]
    constraints = body.get("constraints") or []
    return {
        "Effect": "Allow",
        "Principal": {"AWS": body.get("grantee_principal")},
        "Action": [f"kms:{operation}" for operation in named],
        "Resource": "*",
        **({"Condition": {"StringEquals": {"kms:EncryptionContext": constraints}}} if constraints else {}),
    }
