"""Values are compared as Terraform and AWS read them, and a difference has a path that a person can follow."""

import json
from typing import Any

import pytest

from capgen.compare.leaf import leaves
from capgen.compare.masking import SENSITIVE, masked

TLS = {"Sid": "Tls", "Effect": "Deny", "Action": "s3:*", "Resource": ["a", "b"]}


def told(old: Any, new: Any) -> list[tuple[str, Any, Any]]:
    return [(leaf.path, leaf.old, leaf.new) for leaf in leaves("x", old, new)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (1, "1"),
        (True, "true"),
        (1.0, 1),
        ({"a": 1, "b": None}, {"a": 1}),
        ([{"name": "a", "value": 1}, {"name": "b"}], [{"name": "b"}, {"name": "a", "value": "1"}]),
        ({"Statement": [TLS]}, {"Statement": [{**TLS, "Action": ["s3:*"], "Resource": ["b", "a"]}]}),
    ],
)
def test_what_is_the_same(old: Any, new: Any) -> None:
    assert told(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (1, 2, [("x", 1, 2)]),
        (None, "a", [("x", None, "a")]),
        (["a", "b"], ["b", "a"], [("x", ["a", "b"], ["b", "a"])]),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, [("x.a.b", 1, 2)]),
        ([{"name": "a", "v": 1}], [{"name": "a", "v": 2}], [("x[a].v", 1, 2)]),
        ([{"name": "a"}], [{"name": "b"}], [("x[a]", {"name": "a"}, None), ("x[b]", None, {"name": "b"})]),
        ([{"v": 1}, {"v": 2}], [{"v": 2}, {"v": 3}], [("x[0].v", 1, 3)]),
        ({"Statement": [TLS]}, {"Statement": [TLS | {"Effect": "No"}]}, [("x.Statement[Tls].Effect", "Deny", "No")]),
    ],
)  # fmt: skip
def test_where_values_differ(old: Any, new: Any, expected: list[tuple[str, Any, Any]]) -> None:
    assert told(old, new) == expected


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("container_definitions[agent].environment[DB_PASSWORD].value", "hunter2"),
        ("parameters.ApiKey", "0a1b2c3d"),
        ("user_data", "export X=AKIAIOSFODNN7EXAMPLE"),
        ("container_definitions[agent].command", ["--password=hunter2"]),
        ("environment[URL].value", "postgres://a:hunter2@db/x"),
    ],
)
def test_what_may_be_a_secret_is_not_shown(path: str, value: Any) -> None:
    shown = json.dumps(masked(path, value))
    assert SENSITIVE in shown
    assert "hunter2" not in shown


def test_a_secret_inside_an_object_that_is_new_is_not_shown() -> None:
    assert masked("environment", {"name": "DB_PASSWORD", "value": "hunter2"})["value"] == SENSITIVE


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("secrets[DB_PASSWORD].valueFrom", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a:password::"),
        ("policy.Statement[ReadSecrets].Action", ["secretsmanager:GetSecretValue"]),
        ("kms_key_id", "${module.encryption.aws_kms_key.this.arn}"),
        ("storage_encrypted", False),
    ],
)
def test_what_only_speaks_of_secrets_is_shown(path: str, value: Any) -> None:
    assert masked(path, value) == value
