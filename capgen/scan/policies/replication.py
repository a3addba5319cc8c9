"""Replication: data is copied to where this configuration keeps it, and nowhere else."""

from collections.abc import Iterator

from capgen.evaluate import reference
from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Body, Policy, Subject, all_hold, is_unknown, nested


def _copies_to_ours(subject: Subject) -> bool | None:
    if subject.type == "aws_efs_replication_configuration":
        return all_hold(
            _is_ours(block.get("file_system_id"), "aws_efs_file_system.")
            for block in nested(subject.body, "destination") or [{}]
        )
    return all_hold(_of_rules(subject))


def _of_rules(subject: Subject) -> Iterator[bool | None]:
    for rule in nested(subject.body, "rule"):
        yield _is_enabled(rule)
        if nested(rule, "destination", "encryption_configuration"):
            chosen = nested(rule, "source_selection_criteria", "sse_kms_encrypted_objects")
            yield all_hold(map(_is_enabled, chosen or [{}]))
    for block in nested(subject.body, "rule", "destination"):
        yield _is_ours(block.get("bucket"), "aws_s3_bucket.")
        account = block.get("account")
        yield not account or (None if is_unknown(account) else False)


def _is_enabled(block: Body) -> bool | None:
    status = block.get("status")
    return None if is_unknown(status) else status == "Enabled"


def _is_ours(destination: object, type: str) -> bool | None:
    found = reference(destination)
    if found is not None and not found[0].startswith("data."):
        return found[0].startswith(type)
    return None if is_unknown(destination) else False


POLICIES = (
    Policy(
        id="CAPGEN_42",
        title="Ensure data is replicated to what this configuration makes",
        severity=FindingSeverity.HIGH,
        rationale="A replication carries every snapshot and every file away as it is written, key material included. "
        "Only a bucket and a file system of this configuration are known to be encrypted, private and kept; a rule "
        "that is disabled copies nothing, one that leaves out what a key encrypts copies nothing of it, and nobody "
        "notices before the copies are needed.",
        link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-walkthrough-2.html",
        fix="Refer to the standby's bucket and file system in the destination, and enable the rules.",
        spec="disaster_recovery",
        types=("aws_s3_bucket_replication_configuration", "aws_efs_replication_configuration"),
        arguments=("rule", "destination"),
        holds=_copies_to_ours,
    ),
)
