"""The shared file system: who mounts it, as whom, over what, and whether it can be had back."""

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Body, Policy, Subject, all_hold, is_unknown, nested
from capgen.scan.policies.statements import Statement, statements

_MOUNT, _ROOT = "elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess"


def _mounts_with_identity(subject: Subject) -> bool | None:
    return all_hold(_is_authorised(each) for each in nested(subject.body, "volume", "efs_volume_configuration"))


def _is_authorised(volume: Body) -> bool | None:
    checks = nested(volume, "authorization_config")
    encrypted, iam = volume.get("transit_encryption"), [check.get("iam") for check in checks]
    entrances = [check.get("access_point_id") for check in checks]
    if not iam or not all(entrances):
        return False
    return all_hold(None if is_unknown(value) else value == "ENABLED" for value in (encrypted, *iam))


def _is_nobody_special(subject: Subject) -> bool | None:
    users = nested(subject.body, "posix_user")
    ids = [user.get(name) for user in users for name in ("uid", "gid")]
    return bool(ids) and all_hold(None if is_unknown(each) else str(each) not in ("0", "None") for each in ids)


def _is_guarded(subject: Subject) -> bool | None:
    if subject.type == "aws_efs_file_system":
        return _has_its(subject, "aws_efs_file_system_policy")
    found = statements(subject.body.get("policy"))
    if found is None:
        return None
    denials = [each for each in found if not each.allows and each.is_for_everyone]
    wanted = (_refuses_plain_text, _asks_for_entrance, _refuses_root)
    return all(any(refusal(each) for each in denials) for refusal in wanted)


def _refuses_plain_text(statement: Statement) -> bool:
    return statement.covers_action(_MOUNT) and _turns_on(statement, "aws:securetransport", "false")


def _asks_for_entrance(statement: Statement) -> bool:
    return statement.covers_action(_MOUNT) and _turns_on(statement, "elasticfilesystem:accesspointarn")


def _refuses_root(statement: Statement) -> bool:
    free = not statement.conditions or _turns_on(statement, "elasticfilesystem:accessedviamounttarget", "true")
    return statement.covers_action(_ROOT) and free


def _turns_on(statement: Statement, key: str, value: str | None = None) -> bool:
    """Say whether a statement turns on one key alone."""
    return len(statement.conditions) == 1 and all(
        found == key and (value is None or values == (value,)) for _, found, values in statement.conditions
    )


def _is_backed_up(subject: Subject) -> bool | None:
    if subject.type == "aws_efs_file_system":
        return _has_its(subject, "aws_efs_backup_policy")
    states = [block.get("status") for block in nested(subject.body, "backup_policy")]
    return all_hold(None if is_unknown(state) else state == "ENABLED" for state in states or [None])


def _has_its(system: Subject, type: str) -> bool | None:
    """Ask for a resource of a type that names the file system. What it says is judged where it stands."""
    found = list(system.others(type))
    if any(system.is_meant_by(each.body.get("file_system_id"), each) for each in found):
        return True
    ids = (str(each.body.get("file_system_id")) for each in found)
    return None if any(is_unknown(id) and not id.startswith("${aws_efs_file_system.") for id in ids) else False


POLICIES = (
    Policy(
        id="CAPGEN_16",
        title="Ensure tasks mount file systems encrypted, with IAM and through an access point",
        severity=FindingSeverity.HIGH,
        rationale="Without them, whoever reaches port 2049 from a task's network mounts the whole file system and "
        "reads every agent's keys. IAM asks who it is, the access point shows one directory, and TLS keeps it unread.",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-best-practices.html",
        fix="Enable transit encryption and IAM in the volume, and name an access point.",
        spec="storage.access_point",
        types=("aws_ecs_task_definition",),
        arguments=("volume",),
        holds=_mounts_with_identity,
    ),
    Policy(
        id="CAPGEN_17",
        title="Ensure access points make nobody root",
        severity=FindingSeverity.HIGH,
        rationale="An access point that does not set a user, or sets user 0, lets a container's root be root on the "
        "file system. It can then change what belongs to others and leave programs behind that run as root.",
        link="https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html",
        fix="Set storage.access_point.uid and gid to an ordinary user's.",
        spec="storage.access_point.uid",
        types=("aws_efs_access_point",),
        arguments=("posix_user",),
        holds=_is_nobody_special,
    ),
    Policy(
        id="CAPGEN_18",
        title="Ensure file systems refuse mounts without TLS, without an access point, or as root",
        severity=FindingSeverity.HIGH,
        rationale="A file system without a policy is open to every client that reaches its mount target, without a "
        "name and without encryption. What a task's volume asks for binds that task alone: only the file system's "
        "own policy binds everyone.",
        link="https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html",
        fix="Give the file system a policy that denies the three to everyone, as capgen's storage module does.",
        spec="storage",
        types=("aws_efs_file_system", "aws_efs_file_system_policy"),
        arguments=("policy",),
        holds=_is_guarded,
    ),
    Policy(
        id="CAPGEN_25",
        title="Ensure file systems are backed up",
        severity=FindingSeverity.MEDIUM,
        rationale="The file system holds what tasks share and nothing else can make anew. Without backups, one wrong "
        "command in one task is the end of it, since EFS has no snapshots of its own.",
        link="https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html",
        fix="Set storage.backup to true.",
        spec="storage.backup",
        types=("aws_efs_file_system", "aws_efs_backup_policy"),
        arguments=("backup_policy",),
        holds=_is_backed_up,
    ),
)
