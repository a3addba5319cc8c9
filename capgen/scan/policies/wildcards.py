"""Permissions beyond what anyone has listed. `schemas/policy/wildcards.json` holds the exceptions, with reasons."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from capgen.findings import FindingSeverity
from capgen.resources import table
from capgen.scan.policies.attachments import ATTACHMENTS, attached
from capgen.scan.policies.policy import Policy, Subject, all_hold, is_unknown
from capgen.scan.policies.statements import IDENTITY_POLICIES, Statement, documents, own_account, statements

_RESOURCE_POLICIES = ("aws_kms_key", "aws_kms_key_policy", "aws_s3_bucket_policy", "aws_secretsmanager_secret_policy",
                      "aws_efs_file_system_policy")  # fmt: skip
_MANAGED = re.compile(r".*:aws:policy/(?:.*/)?\w*(?:FullAccess|Administrator|AdministratorAccess|PowerUserAccess)")

#: `*`, `secret:*`, `log-group:*:log-stream:*`: every resource of a service, or every one of a type.
_EVERY = re.compile(r"(?:[\w-]+[:/])?[*?]*\*[*?]*(?:[:/](?:[\w-]+[:/])?[*?]*\*[*?]*)*")
#: What stands before a slash or a colon in ARNs of these services is a name and no type.
_WITHOUT_TYPES = frozenset({"s3", "sns", "sqs", "execute-api"})
_ARN_PARTS = 6


def _listed_actions(subject: Subject) -> bool | None:
    written = _every_grant(subject, lambda grant: _lists_its_actions(grant, subject.type))
    return all_hold([written, *map(_lists_no_more, attached(subject))])


def _lists_no_more(arn: str) -> bool | None:
    return False if _MANAGED.fullmatch(arn) else None if _is_named_elsewhere(arn) else True


def _lists_its_actions(grant: Statement, type: str) -> bool | None:
    wild = [action for action in grant.actions if "*" in action or "?" in action]
    if grant.not_actions or not all(_is_excepted_action(action, grant, type) for action in wild):
        return False
    return None if any(map(is_unknown, grant.actions)) else True


def _is_excepted_action(action: str, grant: Statement, type: str) -> bool:
    return any(
        action == known["action"]
        and type in known["types"]
        and grant.principals
        and all(_is_whom(known["principal"], kind, name) for kind, name in grant.principals)
        for known in _exceptions("actions")
    )


def _is_whom(expected: str, kind: str, name: str) -> bool:
    return kind == "Service" if expected == "service" else kind == "AWS" and own_account(name)


def _named_resources(subject: Subject) -> bool | None:
    return _every_grant(subject, _names_its_resources)


def _names_its_resources(grant: Statement) -> bool | None:
    if grant.not_resources:
        return False
    if any(map(_is_every_resource, grant.resources)):
        return all(_is_excepted_resource(action, grant) for action in grant.actions)
    return None if any(map(_is_named_elsewhere, grant.resources)) else True


def _is_excepted_resource(action: str, grant: Statement) -> bool:
    return any(
        action == known["action"] and known.get("condition", "").lower() in {"", *grant.condition_keys()}
        for known in _exceptions("resources")
    )


def _is_every_resource(resource: str) -> bool:
    if set(resource) <= {"*", "?"}:
        return True
    parts = re.sub(r"\$\{[^}]*\}", "x", resource).split(":", _ARN_PARTS - 1)
    if parts[0] != "arn" or len(parts) < _ARN_PARTS:
        return parts[0] == "arn" and parts[-1].startswith(("*", "?"))
    if parts[2] in _WITHOUT_TYPES:
        return parts[5].startswith(("*", "?"))
    if parts[2] == "iam" and re.search(r"[*?]", parts[4]):
        return True
    return "*" in parts[2] or _EVERY.fullmatch(parts[5]) is not None


def _every_grant(subject: Subject, holds: Callable[[Statement], bool | None]) -> bool | None:
    """Ask of every statement that allows."""
    read = [statements(each) for each in documents(subject.type, subject.body)]
    verdicts = [holds(each) for found in read if found is not None for each in found if each.allows]
    return all_hold([*verdicts, *(None for found in read if found is None)])


def _is_named_elsewhere(arn: str) -> bool:
    """Say whether only AWS knows an ARN. A reference to one resource is known well enough."""
    return arn.startswith("${") and not arn.startswith(("${aws_", "${data.aws_"))


def _exceptions(of: str) -> Iterable[dict[str, Any]]:
    found: list[dict[str, Any]] = table("policy/wildcards.json")[of]
    return found


POLICIES = (
    Policy(
        id="CAPGEN_11",
        title="Ensure policies list their actions without wildcards",
        severity=FindingSeverity.HIGH,
        rationale="A wildcard grants actions that nobody has read, also those that AWS adds later. What was meant to "
        "read can then delete, or hand on its own permissions. The exceptions are listed with their reasons.",
        link="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        fix="Name each action that the principal needs.",
        spec="identity",
        types=(*IDENTITY_POLICIES, *_RESOURCE_POLICIES, *ATTACHMENTS),
        arguments=("policy", "policy_arn", "policy_arns", "managed_policy_arns", "inline_policy"),
        holds=_listed_actions,
    ),
    Policy(
        id="CAPGEN_12",
        title="Ensure policies name their resources",
        severity=FindingSeverity.HIGH,
        rationale="A permission on every resource of a service reaches into every other application of the account. A "
        "break-in here is then a break-in there. The actions that AWS cannot limit are listed with their reasons.",
        link="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
        fix="Name the ARNs that the principal needs.",
        spec="identity",
        types=IDENTITY_POLICIES,
        arguments=("policy", "inline_policy"),
        holds=_named_resources,
    ),
)
