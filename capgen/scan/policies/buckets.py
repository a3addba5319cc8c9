"""Buckets: what is written to them and read from them crosses the network encrypted."""

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, all_hold, is_unknown, nested
from capgen.scan.policies.statements import Statement, statements


def _is_tls_only(subject: Subject) -> bool | None:
    if subject.type == "aws_s3_bucket":
        return _has_a_policy(subject)
    found = statements(subject.body.get("policy"))
    return None if found is None else any(map(_refuses_plain_text, found))


def _has_a_policy(bucket: Subject) -> bool | None:
    """Ask for a policy of the bucket's own. What it says is judged where it stands."""
    policies = list(bucket.others("aws_s3_bucket_policy"))
    if any(bucket.is_meant_by(each.body.get("bucket"), each) or _names(each, bucket) for each in policies):
        return True
    return None if any(_is_open(each.body.get("bucket")) for each in policies) else False


def _names(policy: Subject, bucket: Subject) -> bool:
    name = bucket.body.get("bucket")
    return name is not None and policy.body.get("bucket") == name


def _is_open(value: object) -> bool:
    return is_unknown(value) and not str(value).startswith("${aws_s3_bucket.")


def _refuses_plain_text(statement: Statement) -> bool:
    """Ask for a refusal of everything to everyone that turns on the transport alone."""
    return (
        not statement.allows
        and statement.is_for_everyone
        and statement.covers_action("s3:PutObject")
        and statement.covers_action("s3:GetObject")
        and any(resource.endswith("*") for resource in statement.resources)
        and [(operator.lower(), key, values) for operator, key, values in statement.conditions]
        in ([("bool", "aws:securetransport", ("false",))], [("boolifexists", "aws:securetransport", ("false",))])
    )


def _rules_are_on(subject: Subject) -> bool | None:
    return all_hold(None if is_unknown(rule.get("status")) else rule.get("status") == "Enabled"
                    for rule in nested(subject.body, "rule"))  # fmt: skip


POLICIES = (
    Policy(
        id="CAPGEN_15",
        title="Ensure buckets refuse requests without TLS",
        severity=FindingSeverity.MEDIUM,
        rationale="S3 answers plain HTTP unless a bucket's policy refuses it. A snapshot holds configuration and key "
        "material, and a client that is misconfigured once sends it readable through the network.",
        link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
        fix="Give every bucket a policy that denies s3:* to everyone where aws:SecureTransport is false.",
        spec="snapshots",
        types=("aws_s3_bucket", "aws_s3_bucket_policy"),
        arguments=("policy",),
        holds=_is_tls_only,
    ),
    Policy(
        id="CAPGEN_30",
        title="Ensure the lifecycle rules of a bucket are switched on",
        severity=FindingSeverity.LOW,
        rationale="A rule that is disabled stands in the configuration and does nothing: logs with personal data are "
        "kept for ever, and old versions cost money month by month. checkov only asks whether there is a rule.",
        link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
        fix="Set the status of each rule to Enabled, or remove the rule.",
        spec="logs.retention_in_days",
        types=("aws_s3_bucket_lifecycle_configuration",),
        arguments=("rule",),
        holds=_rules_are_on,
    ),
)
