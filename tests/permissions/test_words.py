"""Statements in words: each kind of resource, principal, condition and inversion once."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.permissions.root import allow, holders_of, policy

STATEMENTS = yaml.safe_load((Path(__file__).parent / "statements.yaml").read_text(encoding="utf-8"))
DATA: dict[str, Any] = {"aws_caller_identity": {"current": {}}, "aws_partition": {"current": {}}}
ROOT: dict[str, Any] = {
    "aws_iam_role": {"task": {"name": "task", "assume_role_policy": policy()}},
    "aws_s3_bucket": {"gold": {"bucket": "gold"}},
}


@pytest.mark.parametrize("told", STATEMENTS["role"], ids=lambda told: told["words"])
def test_a_statement_of_a_role(told: dict[str, Any]) -> None:
    body = {"role": "task", "policy": policy(told["statement"])}
    held = holders_of(ROOT | {"aws_iam_role_policy": {"task": body}}, DATA)
    assert [statement.words for statement in held["aws_iam_role.task"].statements] == [told["words"]]


@pytest.mark.parametrize("told", STATEMENTS["bucket"], ids=lambda told: told["words"])
def test_a_statement_of_a_bucket(told: dict[str, Any]) -> None:
    body = {"bucket": "gold", "policy": policy(told["statement"])}
    held = holders_of(ROOT | {"aws_s3_bucket_policy": {"gold": body}}, DATA)
    assert [statement.words for statement in held["aws_s3_bucket.gold"].statements] == [told["words"]]


def test_any_resource_in_the_policy_of_a_key_is_the_key() -> None:
    text = policy(
        allow(
            ["kms:Decrypt", "kms:CreateGrant"],
            "*",
            Principal={"AWS": "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"},
        )
    )
    held = holders_of({"aws_kms_key": {"this": {"policy": text}}}, DATA)
    assert held["aws_kms_key.this"].statements[0].words == (
        "This account (its root user, and whoever its IAM policies allow) may decrypt data with this key"
        " and pass on its use."
    )


def test_the_policy_of_an_endpoint_is_told_as_one() -> None:
    endpoint = {"policy": policy(allow("*", "*", Principal="*")), "service_name": "s3"}
    held = holders_of({"aws_vpc_endpoint": {"s3": endpoint}})
    words = "Anybody may do anything with any resource, but only through this endpoint."
    assert held["aws_vpc_endpoint.s3"].statements[0].words == words


@pytest.mark.parametrize(
    ("region", "service"),
    [
        ("eu-west-1", "through S3 of eu-west-1 (s3.eu-west-1.amazonaws.com)"),
        ("cn-north-1", "through S3 of cn-north-1 (s3.cn-north-1.amazonaws.com.cn)"),
    ],
)
def test_the_domain_of_aws_is_that_of_the_region(region: str, service: str) -> None:
    via = f"s3.{region}.${{data.aws_partition.current.dns_suffix}}"
    statement = allow("kms:Decrypt", "*", Condition={"StringEquals": {"kms:ViaService": via}})
    resources = {
        "aws_iam_user": {"a": {"name": "a"}},
        "aws_iam_user_policy": {"a": {"user": "a", "policy": policy(statement)}},
    }
    (told,) = holders_of(resources, DATA)["aws_iam_user.a"].statements
    assert told.words == f"May decrypt data with any key (any resource), but only {service}."
