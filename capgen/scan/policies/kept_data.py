"""What holds data outlives a mistake: it is not destroyed by accident, and what was deleted can be had back."""

from collections.abc import Mapping

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, is_unknown, nested, switch

#: What to set where a deletion would be final, and the value that it must not have.
_FINAL: Mapping[str, str] = {
    "aws_db_instance": "skip_final_snapshot",
    "aws_rds_cluster": "skip_final_snapshot",
    "aws_s3_bucket": "force_destroy",
}
_SHORTEST_WINDOW = 7
_SHORTEST_RETENTION = 7


def _is_protected(subject: Subject) -> bool | None:
    return any(switch(block.get("prevent_destroy")) for block in nested(subject.body, "lifecycle"))


def _can_be_had_back(subject: Subject) -> bool | None:
    if subject.type == "aws_db_instance" and subject.body.get("replicate_source_db"):
        return True  # AWS takes no last snapshot of a copy: its source has the data
    if subject.type in _FINAL:
        final = switch(subject.body.get(_FINAL[subject.type]))
        return None if final is None else not final
    return _at_least(subject, "recovery_window_in_days", _SHORTEST_WINDOW, default=30)


def _keeps_backups(subject: Subject) -> bool | None:
    return _at_least(subject, "backup_retention_period", _SHORTEST_RETENTION, default=0)


def _at_least(subject: Subject, argument: str, least: int, *, default: int) -> bool | None:
    days = str(subject.body.get(argument, default))
    return None if is_unknown(days) or not days.isdecimal() else int(days) >= least


def _has_a_key_of_ours(subject: Subject) -> bool | None:
    replica = subject.body.get("replicate_source_db") or subject.body.get("snapshot_identifier")
    return bool(subject.body.get("kms_key_id")) or (None if replica else False)


POLICIES = (
    Policy(
        id="CAPGEN_20",
        title="Ensure Terraform refuses to destroy databases and file systems",
        severity=FindingSeverity.HIGH,
        rationale="Terraform replaces a resource when an argument changes that AWS cannot change in place, and a plan "
        "of a hundred lines hides it well. With prevent_destroy such a plan fails, and the data stays.",
        link="https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy",
        fix="Set deletion_protection to true in database and in storage.",
        spec="storage.deletion_protection",
        types=("aws_db_instance", "aws_efs_file_system"),
        arguments=("lifecycle",),
        holds=_is_protected,
        specs={"aws_db_instance": "database.deletion_protection"},
    ),
    Policy(
        id="CAPGEN_21",
        title="Ensure what is deleted can be had back",
        severity=FindingSeverity.MEDIUM,
        rationale="Whoever deletes the wrong thing finds out minutes later. A final snapshot, a bucket that must be "
        "empty first and a secret's recovery window are what is left then.",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
        fix="Set database.skip_final_snapshot and snapshots.force_destroy to false, and database.deletion_protection "
        "to true.",
        spec="database.skip_final_snapshot",
        types=(*_FINAL, "aws_secretsmanager_secret"),
        arguments=(*_FINAL.values(), "recovery_window_in_days"),
        holds=_can_be_had_back,
        specs={"aws_s3_bucket": "snapshots.force_destroy", "aws_secretsmanager_secret": "database.deletion_protection"},
    ),
    Policy(
        id="CAPGEN_26",
        title="Ensure the database is encrypted with a key of the account's own",
        severity=FindingSeverity.LOW,
        rationale="AWS's own key for RDS can be used by everyone in the account who may use RDS, and its policy cannot "
        "be changed. With a key of one's own, its policy decides, and switching it off closes the data at once.",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html",
        fix="Set encryption.customer_managed_key to true, or name a key in encryption.kms_key_arn.",
        spec="encryption",
        types=("aws_db_instance",),
        arguments=("kms_key_id", "storage_encrypted"),
        holds=_has_a_key_of_ours,
    ),
    Policy(
        id="CAPGEN_27",
        title="Ensure database backups are kept for a week",
        severity=FindingSeverity.MEDIUM,
        rationale="Damage is often found after a weekend: rows that were deleted on a Friday, an attacker who waited. "
        "RDS can only go back as far as its backups.",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html",
        fix="Set database.backup_retention_period to 7 or more.",
        spec="database.backup_retention_period",
        types=("aws_db_instance",),
        arguments=("backup_retention_period",),
        holds=_keeps_backups,
    ),
)
