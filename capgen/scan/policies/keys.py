"""Keys: a name leads to the key that the reader expects."""

from capgen.evaluate import reference
from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, is_unknown


def _names_a_key_of_ours(subject: Subject) -> bool | None:
    target = subject.body.get("target_key_id")
    found = reference(target)
    if found is None:
        return None if is_unknown(target) else False
    return found[0].startswith(("aws_kms_key.", "aws_kms_replica_key.", "data.aws_kms_key."))


POLICIES = (
    Policy(
        id="CAPGEN_31",
        title="Ensure a key's alias names a key of this configuration",
        severity=FindingSeverity.LOW,
        rationale="People and policies go by the alias. One that names a key by its id leads to whatever key that is, "
        "in a state, with a policy and for a lifetime that this configuration does not decide.",
        link="https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
        fix="Refer to the key's resource in target_key_id.",
        spec="encryption",
        types=("aws_kms_alias",),
        arguments=("target_key_id",),
        holds=_names_a_key_of_ours,
    ),
)
