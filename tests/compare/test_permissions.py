"""What is gained and lost, action by action."""

from collections.abc import Sequence
from typing import Any

from capgen.compare import permission_changes
from tests.permissions.root import allow, holders_of, policy


def role(*statements: dict[str, Any], service: str = "ecs-tasks.amazonaws.com") -> dict[str, Any]:
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    held = {"role": "${aws_iam_role.task.id}", "name": "task", "policy": policy(*statements)}
    return {
        "aws_iam_role": {"task": {"name": "task", "assume_role_policy": policy(trust)}},
        "aws_iam_role_policy": {"task": held} if statements else {},
    }


def told(old: dict[str, Any], new: dict[str, Any]) -> Sequence[str]:
    changes = permission_changes(tuple(holders_of(old).values()), tuple(holders_of(new).values()))
    return [f"{'gained' if each.gained else 'lost'} {each.part} {each.effect} {each.action} {each.resource}".strip()
            for each in changes]  # fmt: skip


def test_a_statement_that_is_split_and_renamed_is_no_change() -> None:
    whole = role(allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::a/*"], Sid="Both"))
    split = role(allow("s3:PutObject", "arn:aws:s3:::a/*"), allow("s3:GetObject", "arn:aws:s3:::a/*"))
    assert told(whole, split) == []


def test_each_action_on_each_resource_is_told_of_its_own() -> None:
    old = role(allow("s3:GetObject", "arn:aws:s3:::a/*"))
    new = role(allow(["s3:GetObject", "s3:DeleteObject"], ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]))
    assert told(old, new) == [
        "gained policy Allow s3:DeleteObject arn:aws:s3:::a/*",
        "gained policy Allow s3:DeleteObject arn:aws:s3:::b/*",
        "gained policy Allow s3:GetObject arn:aws:s3:::b/*",
    ]


def test_what_lets_a_holder_do_more_comes_first_and_a_lost_denial_is_that() -> None:
    deny = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}
    changes = told(role(deny, allow("s3:GetObject", "*")), role(allow("s3:PutObject", "*")))
    assert changes == [
        "lost policy Deny s3:* *",
        "gained policy Allow s3:PutObject *",
        "lost policy Allow s3:GetObject *",
    ]


def test_another_condition_is_lost_and_gained() -> None:
    old = role(allow("s3:GetObject", "*", Condition={"Bool": {"aws:SecureTransport": "true"}}))
    assert told(old, role(allow("s3:GetObject", "*"))) == [
        "gained policy Allow s3:GetObject *",
        "lost policy Allow s3:GetObject *",
    ]


def test_who_may_become_the_role_is_trust() -> None:
    changes = told(role(), role(service="lambda.amazonaws.com"))
    assert [change.split()[:4] for change in changes] == [
        ["gained", "trust", "Allow", "sts:AssumeRole"],
        ["lost", "trust", "Allow", "sts:AssumeRole"],
    ]


def test_a_role_that_goes_loses_everything() -> None:
    changes = told(role(allow("s3:GetObject", "*")), {})
    assert changes == ["lost policy Allow s3:GetObject *", "lost trust Allow sts:AssumeRole"]
