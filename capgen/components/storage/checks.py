"""What the storage module's own test holds it to."""

from capgen.components.storage.plan import Shape
from capgen.terraform.checks import Answers, Check, Checks, Refusal

_STATEMENTS = "jsondecode(aws_efs_file_system_policy.this.policy).Statement"
_SUBNETS = ("subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788")
_ZONES = ("eu-west-1a", "eu-west-1b")
_ENTRANCE = "aws_efs_access_point.this"

_HOLDS = (
    Check(
        "aws_efs_file_system.this.encrypted && aws_efs_file_system.this.kms_key_id == var.kms_key_arn",
        "Files must be encrypted with the key.",
    ),
    Check(
        f'alltrue([for each in {_STATEMENTS} : each.Effect == "Deny" && each.Principal == {{ AWS = "*" }}])',
        "The policy must only deny, and deny everyone.",
    ),
    Check(
        f'anytrue([for each in {_STATEMENTS} : contains(each.Action, "elasticfilesystem:ClientMount") '
        '&& try(each.Condition.Bool["aws:SecureTransport"], "") == "false"])',
        "Mounting without TLS must be denied.",
    ),
    Check(
        f'anytrue([for each in {_STATEMENTS} : contains(each.Action, "elasticfilesystem:ClientMount") '
        f'&& try(each.Condition.StringNotEquals["elasticfilesystem:AccessPointArn"], "") == {_ENTRANCE}.arn])',
        "Mounting other than through the access point must be denied.",
    ),
    Check(
        f'anytrue([for each in {_STATEMENTS} : contains(each.Action, "elasticfilesystem:ClientRootAccess") '
        '&& try(each.Condition.Bool["elasticfilesystem:AccessedViaMountTarget"], "") == "true"])',
        "Root access must be denied.",
    ),
    Check(
        f"{_ENTRANCE}.posix_user[0].uid == var.uid && {_ENTRANCE}.posix_user[0].gid == var.gid "
        f"&& {_ENTRANCE}.root_directory[0].path == var.directory",
        "The access point must make every file uid's and gid's, in directory.",
    ),
)
_BACKUP = Check(
    "aws_efs_backup_policy.this.backup_policy[0].status == var.backup_status",
    "AWS Backup must cover the file system where backup_status says so.",
)


_OVERWRITTEN = (
    Check(
        'aws_efs_file_system.this.protection[0].replication_overwrite == "DISABLED"',
        "The file system must be open to a replication that overwrites it.",
    ),
)


def checks(shape: Shape) -> Checks:
    """Hold it to encryption and to its one entrance. A plan shows no `prevent_destroy`."""
    return Checks(
        example={
            "backup_status": "ENABLED",
            "directory": "/agent",
            "directory_permissions": "0750",
            "gid": 1000,
            "performance_mode": "generalPurpose",
            "subnet_ids": _SUBNETS,
            "subnets_by_zone": dict(zip(_ZONES, _SUBNETS, strict=True)),
            "throughput_mode": "elastic",
            "transition_to_ia": "AFTER_30_DAYS",
            "uid": 1000,
        },
        answers={} if shape.by_zone else _zones("euw1-az1", "euw1-az2"),
        holds=(*_HOLDS, _mount_targets(shape), _BACKUP, *(_OVERWRITTEN if shape.overwritten else ())),
        refused={
            "backup_status": "ON",
            "directory_permissions": "0888",
            "gid": 0,
            "performance_mode": "fast",
            "throughput_mode": "provisioned",
            "transition_to_ia": "30",
            "uid": 0,
        },
        refusals=() if shape.by_zone else (_TWO_IN_ONE_ZONE,),
    )


def _mount_targets(shape: Shape) -> Check:
    subnets = "keys(var.subnets_by_zone)" if shape.by_zone else "var.subnet_ids"
    return Check(
        f"toset(keys(aws_efs_mount_target.this)) == toset({subnets}) && alltrue([for target in "
        "aws_efs_mount_target.this : target.security_groups == toset([var.security_group_id])])",
        "There must be a mount target in each subnet, in the security group of security_group_id alone.",
    )


def _zones(*zones: str) -> Answers:
    """Tell in which zone AWS says each subnet is."""
    return {
        f'data.aws_subnet.this["{subnet}"]': {"availability_zone_id": zone}
        for subnet, zone in zip(_SUBNETS, zones, strict=True)
    }


_TWO_IN_ONE_ZONE = Refusal(
    name="refuses_two_subnets_in_one_zone",
    answers=_zones("euw1-az1", "euw1-az1"),
    refused_by=("aws_efs_file_system.this",),
)
