"""The file system itself, and its backups."""

from capgen.components.storage.plan import Shape
from capgen.terraform.expression import Argument, Expr
from capgen.terraform.module import Module

_ZONES = "distinct([for subnet in data.aws_subnet.this : subnet.availability_zone_id])"


def file_system(module: Module, shape: Shape, name: Expr, subnets: Expr) -> Expr:
    """Make the file system, and let AWS Backup's default plan for EFS take it in.

    A file that is read comes back from Infrequent Access, where each read is paid for and slower.
    https://docs.aws.amazon.com/efs/latest/ug/lifecycle-management-efs.html
    """
    files = module.resource("aws_efs_file_system", "this", {
        "creation_token": name,
        "encrypted": True,
        "kms_key_id": module.variable(
            "kms_key_arn", "string", "ARN of the key that encrypts files; null for AWS's own. It cannot be changed.",
            nullable=True,
        ),
        "performance_mode": _one_of(
            module, "performance_mode", ("generalPurpose", "maxIO"), "Performance mode. It cannot be changed."
        ),
        "throughput_mode": _one_of(module, "throughput_mode", ("bursting", "elastic"), "How throughput is paid for."),
        "lifecycle_policy": [
            {"transition_to_ia": module.variable(
                "transition_to_ia", "string", "When files that no one reads move to Infrequent Access.",
                validations=[('can(regex("^AFTER_[0-9]+_DAYS?$", var.transition_to_ia))',
                              "transition_to_ia must be an age such as AFTER_30_DAYS.")],
            )},
            {"transition_to_primary_storage_class": "AFTER_1_ACCESS"},
        ],
        "protection": [{"replication_overwrite": "DISABLED"}] if shape.overwritten else None,
        "tags": {"Name": name},
        "lifecycle": _lifecycle(module, shape, subnets),
    })  # fmt: skip
    status = _one_of(module, "backup_status", ("ENABLED", "DISABLED"), "Whether AWS Backup's default plan covers it.")
    module.resource("aws_efs_backup_policy", "this", {
        "file_system_id": files["id"],
        "backup_policy": [{"status": status}],
    })  # fmt: skip
    return files


def _lifecycle(module: Module, shape: Shape, subnets: Expr) -> Argument:
    """Refuse two subnets in one zone, which created ones never are, and destruction where the spec protects it.

    A destination's protection is off only when it is made. While it is one, EFS calls the protection REPLICATING, which
    nobody can set; when the replication ends, EFS turns the protection on by itself.
    https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemProtectionDescription.html
    """
    refused = {} if shape.by_zone else {"precondition": [_one_subnet_in_each_zone(module, subnets)]}
    protected = {"prevent_destroy": True} if shape.protected else {}
    left_to_efs = {"ignore_changes": ["protection"]} if shape.overwritten else {}
    return {**left_to_efs, **refused, **protected} or None


def _one_subnet_in_each_zone(module: Module, subnets: Expr) -> Argument:
    """Hold the subnets to what EFS takes before there is a file system: one mount target in each zone.

    https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access.html
    """
    module.data("aws_subnet", "this", {"for_each": subnets, "id": "${each.value}"})
    return {
        "condition": f"${{length({_ZONES}) == length(data.aws_subnet.this)}}",
        "error_message": "Two of the subnets lie in the same availability zone: EFS has one mount target per zone.",
    }


def _one_of(module: Module, name: str, allowed: tuple[str, ...], description: str) -> Expr:
    quoted = ", ".join(f'"{value}"' for value in allowed)
    return module.variable(
        name, "string", description,
        validations=[(f"contains([{quoted}], var.{name})", f"{name} must be {' or '.join(allowed)}.")],
    )  # fmt: skip
