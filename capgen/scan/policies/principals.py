"""Who a role trusts, and who a key, a secret or a bucket lets in: nobody from outside without a condition."""

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, all_hold, is_unknown
from capgen.scan.policies.statements import Statement, other_account, own_account, statements

#: Keys that say on whose behalf, or from which account or organisation, a request may come.
_NARROWING = frozenset({"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths",
                        "aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourcevpc", "aws:sourcevpce",
                        "kms:calleraccount", "sts:externalid", "aws:sourceorgpaths"})  # fmt: skip

#: Services that act for whoever asks them and say for whom: AWS asks for a condition in their trust.
#: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
_DEPUTIES = ("ecs-tasks.amazonaws.com", "monitoring.rds.amazonaws.com", "backup.amazonaws.com",
             "scheduler.amazonaws.com", "states.amazonaws.com")  # fmt: skip

_KEYS = ("aws_kms_key", "aws_kms_key_policy")


def _trust_is_narrow(subject: Subject) -> bool | None:
    found = statements(subject.body.get("assume_role_policy"))
    if found is None:
        return None
    return all_hold(_trusts(each, kind, name) for each in found if each.allows for kind, name in each.principals)


def _trusts(statement: Statement, kind: str, name: str) -> bool | None:
    if kind == "Federated":
        return bool(statement.conditions)
    if kind == "Service":
        return not name.startswith(_DEPUTIES) or bool(statement.condition_keys() & _NARROWING)
    return _lets_in(statement, name)


def _is_for_its_own(subject: Subject) -> bool | None:
    document = subject.body.get("policy")
    found = statements(document)
    if found is None:
        return None if document else True
    allowing = [each for each in found if each.allows]
    if any(each.not_principals for each in allowing):
        return False
    return all_hold(
        bool(each.conditions) if kind == "Service" and subject.type in _KEYS else
        kind == "Service" or _lets_in(each, name)
        for each in allowing for kind, name in each.principals
    )  # fmt: skip


def _lets_in(statement: Statement, name: str) -> bool | None:
    """Judge a principal of AWS. One that is named in full was chosen; everyone, or a whole account, was not."""
    if name != "*" and not other_account(name):
        return None if is_unknown(name) and not own_account(name) and not name.startswith("${aws_") else True
    return bool(statement.condition_keys() & _NARROWING) or (None if _turns_on_unknown(statement) else False)


def _turns_on_unknown(statement: Statement) -> bool:
    return any(is_unknown(key) for key in statement.condition_keys())


POLICIES = (
    Policy(
        id="CAPGEN_14",
        title="Ensure only named principals can assume a role",
        severity=FindingSeverity.HIGH,
        rationale="A trust policy that is open to everyone, to a whole other account or to a service on anyone's "
        "behalf lets strangers act with the role's permissions. A service can be made to do so by another customer of "
        "AWS, which is known as the confused deputy.",
        link="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
        fix="Name the principals, and give services a condition on aws:SourceAccount or aws:SourceArn.",
        spec="identity.deploy_role_principals",
        types=("aws_iam_role",),
        arguments=("assume_role_policy",),
        holds=_trust_is_narrow,
    ),
    Policy(
        id="CAPGEN_19",
        title="Ensure keys, secrets and buckets let in nobody from outside",
        severity=FindingSeverity.CRITICAL,
        rationale="A resource's own policy can let in accounts that no IAM policy of ours speaks of. Everyone, a whole "
        "other account, or a service on anyone's behalf can then read the secret or use the key, and no review of "
        "roles would show it.",
        link="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
        fix="Name the principals that need it in the resource's policy, or add a condition on the account.",
        spec="encryption",
        types=(*_KEYS, "aws_s3_bucket_policy", "aws_secretsmanager_secret", "aws_secretsmanager_secret_policy"),
        arguments=("policy",),
        holds=_is_for_its_own,
        specs={"aws_s3_bucket_policy": "snapshots", "aws_secretsmanager_secret": "database",
               "aws_secretsmanager_secret_policy": "database"},
    ),
)  # fmt: skip
