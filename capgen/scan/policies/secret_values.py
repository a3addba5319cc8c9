"""Secrets that are written down: whoever reads the configuration, the plan or the state has them."""

import json
from collections.abc import Mapping

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, is_unknown, nested
from capgen.validate.secret_names import is_literal, names_a_secret

_LITERALS = ("auth_token", "master_password", "password", "secret_binary", "secret_string", "value")
#: The same arguments as what is written and not kept in the state.
_WRITE_ONLY = tuple(f"{name}_wo" for name in _LITERALS if name != "secret_binary")


def _no_literal(subject: Subject) -> bool:
    if subject.type == "aws_iam_access_key":
        return bool(subject.body.get("pgp_key"))
    if subject.type == "random_password":
        return False
    if subject.type == "aws_lambda_function":
        settings = nested(subject.body, "environment")
        return not any(_names_a_literal(_members(each.get("variables"))) for each in settings)
    if subject.type == "aws_lambda_invocation":
        return not _names_a_literal(_members(subject.body.get("input")))
    return not any(_is_literal(subject.body.get(name)) for name in (*_LITERALS, *_WRITE_ONLY))


def _is_literal(value: object) -> bool:
    """Say whether a value is written out, or is JSON in which a secret is."""
    members = _members(value)
    return _names_a_literal(members) or (bool(value) and not any(map(is_unknown, (value, *members.values()))))


def _names_a_literal(members: Mapping[str, object]) -> bool:
    return any(names_a_secret(name) and is_literal(member, name) for name, member in members.items())


def _members(value: object) -> Mapping[str, object]:
    """Return what stands in a JSON object, which checkov's parser hands over as text or as an object."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return {}
    return value if isinstance(value, Mapping) else {}


POLICIES = (
    Policy(
        id="CAPGEN_1",
        title="Ensure no secret is written into the configuration and the state",
        severity=FindingSeverity.CRITICAL,
        rationale="A password that stands in Terraform is in the repository, in every plan and in the state. Whoever "
        "reads one of them can sign in to the database, and a commit can never be taken back.",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
        fix="Let Secrets Manager make the password: leave it out of the Terraform and the spec.",
        spec="database.password",
        types=("aws_db_instance", "aws_docdb_cluster", "aws_elasticache_replication_group", "aws_iam_access_key",
               "aws_lambda_function", "aws_lambda_invocation", "aws_rds_cluster", "aws_redshift_cluster",
               "aws_secretsmanager_secret_version", "aws_ssm_parameter", "random_password"),
        arguments=(*_LITERALS, *_WRITE_ONLY, "environment", "input"),
        holds=_no_literal,
    ),
)  # fmt: skip
