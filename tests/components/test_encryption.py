"""Whose key encrypts, and who may use it."""

import json
from typing import Any

import pytest

from capgen.components.encryption.construct import construct
from capgen.components.encryption.plan import plan
from capgen.components.encryption.rules import RULES
from tests.components.building import build, problems
from tests.components.models import deployment

KEY = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
SHAPES: dict[str, dict[str, Any]] = {
    "created": {},
    "existing": {"kms_key_arn": KEY},
    "aws": {"customer_managed_key": False},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_outputs_a_key(shape: str) -> None:
    planned = plan(deployment(encryption=SHAPES[shape]))
    document = {"variable": {}, **build(construct, planned)}
    assert problems(document, planned) == []
    assert planned.shape.key == shape  # type: ignore[attr-defined]  # the plan knows shapes as objects
    expected = {"created": "${aws_kms_key.this.arn}", "existing": "${var.key_arn}", "aws": "${null}"}
    assert document["output"]["key_arn"]["value"] == expected[shape]


def test_the_account_decides_and_cloudwatch_logs_uses_the_key_for_our_groups_only() -> None:
    planned = plan(deployment())
    key = build(construct, planned)["resource"]["aws_kms_key"]["this"]
    assert key["enable_key_rotation"] is True
    account, logs = json.loads(key["policy"].replace("${jsonencode(var.log_group_arns)}", '"LOG GROUPS"'))["Statement"]
    assert account["Principal"] == {"AWS": "arn:${var.partition}:iam::${var.account_id}:root"}
    assert logs["Principal"] == {"Service": "logs.${var.region}.${var.dns_suffix}"}
    assert logs["Condition"] == {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "LOG GROUPS"}}
    groups = planned.inputs["log_group_arns"]
    assert isinstance(groups, list)
    assert len(groups) == 3


@pytest.mark.parametrize(
    ("encryption", "rules"),
    [
        ({}, []),
        ({"kms_key_arn": KEY}, []),
        ({"kms_key_arn": KEY.replace("eu-west-1", "us-east-1")}, ["encryption-key-in-region"]),
        ({"kms_key_arn": KEY, "customer_managed_key": False}, ["encryption-key-only-when-customer-managed"]),
    ],
)
def test_rules(encryption: dict[str, Any], rules: list[str]) -> None:
    model = deployment(encryption=encryption)
    assert [rule.id for rule in RULES if list(rule.check(model))] == rules
