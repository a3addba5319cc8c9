"""What a holder may do, taken apart: nothing is lost between the JSON of a policy and the atoms."""

import json
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from capgen.permissions import Holder, Statement, atoms
from capgen.permissions.document import read_document
from capgen.permissions.words import sentence
from tests.permissions.root import allow, holders_of, policy

_ACTIONS = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:*",
    "*",
    "kms:Decrypt",
    "new-service:DoIt",
    "s3:Get*",
    "logs:PutLogEvents",
]
_RESOURCES = ["*", "arn:aws:s3:::gold/*", "arn:aws:s3:::gold", "arn:aws:kms:eu-west-1:123456789012:key/a", "odd"]
_PRINCIPALS = ["*", "123456789012", "arn:aws:iam::123456789012:role/a"]


def _one_or_more(values: list[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from(values) | st.lists(st.sampled_from(values), min_size=1, max_size=3)


_CONDITIONS = st.dictionaries(
    st.sampled_from(
        ["StringEquals", "StringNotLike", "Bool", "Null", "ForAnyValue:StringLikeIfExists", "NumericLessThan"]
    ),
    st.dictionaries(
        st.sampled_from(["aws:SourceArn", "aws:SecureTransport", "s3:prefix", "made:up"]),
        st.sampled_from(["a", "*", True, 7]) | st.lists(st.sampled_from(["a", "b*", "true"]), max_size=3),
        min_size=1,
    ),
)
_STATEMENTS = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Deny"]),
        "Action": _one_or_more(_ACTIONS),
        "Resource": _one_or_more(_RESOURCES),
        "Principal": st.just("*") | st.fixed_dictionaries({"AWS": _one_or_more(_PRINCIPALS)}),
    },
    optional={"Sid": st.text(), "Condition": _CONDITIONS},
)


def _told(*statements: dict[str, Any]) -> Holder:
    document = read_document(policy(*statements), "aws_s3_bucket_policy.x", {})
    assert not document.opaque
    return Holder(address="aws_s3_bucket.x", kind="bucket", name="x", statements=document.statements)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _names(principal: Any) -> list[str]:
    return ["*"] if principal == "*" else ["*" if name == "*" else f"AWS {name}" for name in _listed(principal["AWS"])]


@settings(max_examples=40, deadline=None)
@given(st.lists(_STATEMENTS, max_size=3))
def test_no_atom_is_lost_or_made_up(statements: list[dict[str, Any]]) -> None:
    expected = {
        (
            raw["Effect"],
            action,
            resource,
            principal,
            len([key for keys in raw.get("Condition", {}).values() for key in keys]),
        )
        for raw in statements
        for action, resource, principal in product(
            _listed(raw["Action"]), _listed(raw["Resource"]), _names(raw["Principal"])
        )
    }
    found = atoms(_told(*statements))
    assert {(a.effect, a.action, a.resource, a.principal, len(a.conditions)) for a in found} == expected
    assert all(atom.words.endswith(".") for atom in found)


@settings(max_examples=40, deadline=None)
@given(_STATEMENTS)
def test_conditions_hold_every_operator_key_and_value(raw: dict[str, Any]) -> None:
    (statement,) = _told(raw).statements
    for operator, keys in raw.get("Condition", {}).items():
        for key, values in keys.items():
            told = [
                text for text in statement.conditions if text.startswith(f"{key} ") and text.endswith(f" ({operator})")
            ]
            assert len(told) == 1
            shown = [value if isinstance(value, str) else json.dumps(value) for value in _listed(values)]
            presence = {"true": "absent", "false": "present"} if operator == "Null" else {}
            assert all(presence.get(value, value) in told[0] for value in shown)


@settings(max_examples=40, deadline=None)
@given(_STATEMENTS, st.randoms())
def test_the_order_in_a_statement_says_nothing(raw: dict[str, Any], random: Any) -> None:
    shuffled = {
        key: random.sample(value, len(value)) if isinstance(value, list) else value for key, value in raw.items()
    }
    (statement,), (other,) = _told(raw).statements, _told(dict(reversed(shuffled.items()))).statements
    assert (statement.actions, statement.resources, statement.conditions) == (
        other.actions, other.resources, other.conditions)  # fmt: skip
    assert _sentence(statement) == _sentence(other)


@settings(max_examples=40, deadline=None)
@given(_STATEMENTS)
def test_words_leave_out_no_action_that_the_table_does_not_have(raw: dict[str, Any]) -> None:
    words = _sentence(*_told(raw).statements)
    actions, resources = _listed(raw["Action"]), _listed(raw["Resource"])
    if "*" in actions:
        assert "do anything with" in words
    else:
        assert all(action in words for action in actions if action in ("s3:*", "s3:Get*", "new-service:DoIt"))
    if "*" in resources:
        assert "any resource" in words
    else:
        assert all(resource in words for resource in resources if resource == "odd")


def _sentence(statement: Statement) -> str:
    return sentence(statement, kind="bucket", part="policy")


def test_what_is_inverted_stays_together() -> None:
    (atom,) = atoms(
        _told(
            {
                "Effect": "Allow",
                "NotPrincipal": {"AWS": ["1", "2"]},
                "NotAction": ["s3:A", "s3:B"],
                "NotResource": ["x", "y"],
            }
        )
    )
    assert (atom.action, atom.resource, atom.principal) == (
        "anything but s3:A, s3:B", "anything but x, y", "anything but AWS 1, AWS 2")  # fmt: skip


def test_an_atom_names_its_action() -> None:
    (first, second) = atoms(_told(allow(["s3:GetObject", "s3:Get*"], "*", Principal="*")))
    assert first.words == "Anybody may take any S3 action that starts with Get (s3:Get*) on any resource."
    assert second.words == "Anybody may read any object (any resource) by s3:GetObject."


def test_two_policies_that_say_the_same_are_one_atom() -> None:
    assert len(atoms(_told(allow("s3:GetObject", "*", Sid="A"), allow(["s3:GetObject"], ["*"], Sid="B")))) == 1


def test_a_boundary_denies_and_a_managed_policy_may_allow_anything() -> None:
    role = {"name": "r", "assume_role_policy": policy(), "permissions_boundary": "arn:aws:iam::123456789012:policy/b",
            "managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}  # fmt: skip
    managed, boundary = atoms(holders_of({"aws_iam_role": {"r": role}})["aws_iam_role.r"])
    assert (managed.effect, boundary.effect) == ("Allow", "Deny")
    assert "AdministratorAccess" in managed.action
    assert boundary.words == (
        "May do nothing that the permissions boundary arn:aws:iam::123456789012:policy/b does not allow."
    )
