"""Who a role trusts, and who a key, a secret or a bucket lets in: nobody from outside without a condition."""

from capgen.findings import FindingSeverity
from capgen.scan.policies.narrowing import narrows
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
_OTHERS = ("aws_cloudwatch_log_resource_policy", "aws_ecr_repository_policy", "aws_efs_file_system_policy",
           "aws_kms_grant", "aws_s3_access_point", "aws_s3control_access_point_policy", "aws_sns_topic",
           "aws_sns_topic_policy", "aws_sqs_queue", "aws_sqs_queue_policy")  # fmt: skip
_UNCONDITIONAL = Statement(allows=True, actions=(), resources=())


def _trust_is_narrow(subject: Subject) -> bool | None:
    found = statements(subject.body.get("assume_role_policy"))
    if found is None:
        return None
    if any(each.allows and each.not_principals for each in found):
        return False
    return all_hold(_trusts(each, kind, name) for each in found if each.allows for kind, name in each.principals)


def _trusts(statement: Statement, kind: str, name: str) -> bool | None:
    if kind == "Federated":
        return _is_of_ours(statement, name)
    if kind == "Service":
        return not name.startswith(_DEPUTIES) or _is_narrow(statement)
    return _lets_in(statement, name)


def _is_of_ours(statement: Statement, provider: str) -> bool | None:
    """Ask whom a provider of identities must have signed in. An audience alone is everyone who uses the provider.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_secure-by-default.html
    """
    if ":saml-provider/" in provider or provider == "cognito-identity.amazonaws.com":
        return bool(statement.conditions)
    return narrows(statement, lambda key: not key.endswith((":aud", ":amr"))) or _turns_on_unknown(statement)


def _is_for_its_own(subject: Subject) -> bool | None:
    if subject.type == "aws_kms_grant":
        return _lets_in(_UNCONDITIONAL, str(subject.body.get("grantee_principal")))
    document = subject.body.get("policy", subject.body.get("policy_document"))
    found = statements(document)
    if found is None:
        return None if document else True
    allowing = [each for each in found if each.allows]
    if any(each.not_principals for each in allowing):
        return False
    return all_hold(_admits(subject, each, kind, name) for each in allowing for kind, name in each.principals)


def _admits(subject: Subject, statement: Statement, kind: str, name: str) -> bool | None:
    if kind == "Service":
        return subject.type not in _KEYS or narrows(statement, lambda _: True) or _turns_on_unknown(statement)
    if kind in ("Federated", "CanonicalUser"):
        return _is_narrow(statement) or _turns_on_unknown(statement)
    return _lets_in(statement, name)


def _lets_in(statement: Statement, name: str) -> bool | None:
    """Judge a principal of AWS. One that is named in full was chosen; everyone, or a whole account, was not."""
    if name != "*" and not other_account(name):
        return None if is_unknown(name) and not own_account(name) and not name.startswith("${aws_") else True
    return _is_narrow(statement) or _turns_on_unknown(statement)


def _is_narrow(statement: Statement) -> bool:
    return narrows(statement, _NARROWING)


def _turns_on_unknown(statement: Statement) -> bool | None:
    """Return None for a condition that may narrow, since only AWS knows its key; False for any other."""
    return None if any(is_unknown(key) for key in statement.condition_keys()) else False


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
        title="Ensure the policies of resources let in nobody from outside",
        severity=FindingSeverity.CRITICAL,
        rationale="A resource's own policy can let in accounts that no IAM policy of ours speaks of. Everyone, a whole "
        "other account, or a service on anyone's behalf can then read the secret or use the key, and no review of "
        "roles would show it. A condition that everyone meets keeps out nobody.",
        link="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
        fix="Name the principals that need it in the resource's policy, or add a condition on the account.",
        spec="encryption",
        types=(*_KEYS, *_OTHERS, "aws_s3_bucket_policy", "aws_secretsmanager_secret",
               "aws_secretsmanager_secret_policy"),
        arguments=("policy", "policy_document", "grantee_principal"),
        holds=_is_for_its_own,
        specs={"aws_s3_bucket_policy": "snapshots", "aws_secretsmanager_secret": "database",
               "aws_secretsmanager_secret_policy": "database"},
    ),
)  # fmt: skip
