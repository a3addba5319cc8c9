"""What the identity room refuses."""

from typing import Any

import pytest

from capgen.components.identity.rules import RULES
from capgen.diagnostics import Severity
from capgen.model.rule import Problem
from tests.components.models import deployment

PRINCIPAL = "arn:aws:iam::123456789012:role/cap-console"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:licence-AbCdEf"


def found(rule: str, **sections: Any) -> list[Problem]:
    check = next(each.check for each in RULES if each.id == f"identity-{rule}")
    return list(check(deployment(**sections)))


def trusted(*principals: str) -> dict[str, Any]:
    return {"deploy_user": "role", "deploy_role_principals": list(principals)}


def secret(arn: str) -> dict[str, Any]:
    return {"secrets": {"LICENCE": {"secret_arn": arn}}}


def test_the_defaults_break_no_rule() -> None:
    assert not [problem for rule in RULES for problem in rule.check(deployment())]


def test_a_deploy_role_needs_someone_to_assume_it() -> None:
    (problem,) = found("deploy-role-principals", identity=trusted())
    assert problem.path == ("identity", "deploy_user")
    assert not found("deploy-role-principals", identity=trusted(PRINCIPAL))


@pytest.mark.parametrize("deploy_user", ["key", "none"])
def test_principals_without_a_deploy_role_are_refused(deploy_user: str) -> None:
    identity = {**trusted(PRINCIPAL), "deploy_user": deploy_user}
    (problem,) = found("deploy-role-principals", identity=identity)
    assert problem.path == ("identity", "deploy_role_principals")
    assert deploy_user in problem.message


@pytest.mark.parametrize(
    "principal",
    [
        PRINCIPAL,
        "arn:aws:iam::123456789012:root",
        "arn:aws:iam::123456789012:user/console",
        "arn:aws:iam::123456789012:role/path/console",
        "arn:aws:sts::123456789012:assumed-role/console/session",
        "arn:aws:sts::123456789012:federated-user/console",
    ],
)
def test_roles_users_sessions_and_accounts_can_assume_it(principal: str) -> None:
    assert not found("trustworthy-principals", identity=trusted(principal))


@pytest.mark.parametrize(
    ("principal", "complaint"),
    [
        ("arn:aws:iam::123456789012:role/*", "wildcard"),
        ("arn:aws:iam::123456789012:user/con?ole", "wildcard"),
        ("arn:aws:iam::123456789012:group/operators", "nothing that can assume a role"),
        ("arn:aws:iam::123456789012:instance-profile/console", "nothing that can assume a role"),
        ("arn:aws:sts::123456789012:role/console", "nothing that can assume a role"),
    ],
)
def test_other_principals_are_refused(principal: str, complaint: str) -> None:
    (problem,) = found("trustworthy-principals", identity=trusted(PRINCIPAL, principal))
    assert problem.path == ("identity", "deploy_role_principals", 1)
    assert complaint in problem.message


@pytest.mark.parametrize(
    ("boundary", "account_id", "refused"),
    [
        ("arn:aws:iam::123456789012:policy/boundary", "123456789012", False),
        ("arn:aws:iam::aws:policy/PowerUserAccess", "123456789012", False),
        ("arn:aws:iam::123456789012:policy/boundary", None, False),
        ("arn:aws:iam::210987654321:policy/boundary", "123456789012", True),
    ],
)
def test_a_boundary_belongs_to_the_account(boundary: str, account_id: str | None, refused: bool) -> None:
    account = {"account_id": account_id} if account_id else {}
    assert bool(found("permissions-boundary", identity={"permissions_boundary": boundary}, **account)) is refused


@pytest.mark.parametrize(
    ("arn", "refused"), [(SECRET, False), (SECRET.removesuffix("-AbCdEf"), True), (SECRET + "-", True)]
)
def test_a_secret_is_named_by_its_full_arn(arn: str, refused: bool) -> None:
    problems = found("full-secret-arn", agent=secret(arn))
    assert [problem.path for problem in problems] == [("agent", "secrets", "LICENCE", "secret_arn")] * refused


def test_a_secret_of_another_region_is_doubtful() -> None:
    assert not found("secret-in-region", agent=secret(SECRET))
    (problem,) = found("secret-in-region", agent=secret(SECRET), region="eu-west-2")
    assert problem.severity is Severity.WARNING
    assert problem.hint is not None
    assert "regions.eu-west-2" in problem.hint


def test_a_secret_of_another_partition_cannot_be_replicated() -> None:
    assert not found("secret-in-region", agent=secret(SECRET), region="cn-north-1")
