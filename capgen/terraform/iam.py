"""IAM policy documents, in the shape that AWS prints them and checkov reads them."""

from collections.abc import Mapping, Sequence

from capgen.terraform.expression import Argument, Expr
from capgen.terraform.json_template import json_template

Statement = Mapping[str, Argument]
Conditions = Mapping[str, Mapping[str, Argument]]


def allow(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str | Expr] | Expr,
    conditions: Conditions | None = None,
) -> Statement:
    """Allow `actions` on `resources` (ARNs, or one expression that is a list of ARNs) under `conditions`."""
    return {"Sid": sid, "Effect": "Allow", "Action": _texts(actions), "Resource": _texts(resources),
            "Condition": conditions}  # fmt: skip


def allow_principal(
    sid: str,
    principal: Mapping[str, Argument],
    actions: Sequence[str],
    resources: Sequence[str | Expr] | Expr | None = None,
    conditions: Conditions | None = None,
) -> Statement:
    """Allow a principal (`{"Service": "..."}`, `{"AWS": "..."}`): a statement of a resource or trust policy."""
    return {"Sid": sid, "Effect": "Allow", "Principal": principal, "Action": _texts(actions),
            "Resource": None if resources is None else _texts(resources), "Condition": conditions}  # fmt: skip


def deny_everyone(
    sid: str, actions: Sequence[str], resources: Sequence[str | Expr], conditions: Conditions
) -> Statement:
    """Deny every principal under `conditions`, as a bucket policy does for requests without TLS."""
    return {"Sid": sid, "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": _texts(actions),
            "Resource": _texts(resources), "Condition": conditions}  # fmt: skip


def policy(*statements: Statement) -> str:
    """Write a policy document of version 2012-10-17 as JSON text with Terraform expressions inside.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    """
    return json_template({"Version": "2012-10-17", "Statement": list(statements)})


def _texts(values: Sequence[str | Expr] | Expr) -> Argument:
    """Return a list as strings with expressions inside; a single expression stays the list that it evaluates to."""
    if isinstance(values, Expr):
        return values
    return [str(value) for value in values]
