"""The instance's disk."""

from capgen.components.database.values import Arguments
from capgen.terraform.module import Module

_ROOM_TO_GROW = (
    "var.max_allocated_storage == 0 || 10 * var.max_allocated_storage >= 11 * var.allocated_storage",
    "max_allocated_storage must be 0, or at least a tenth more than allocated_storage.",
)


def disk(module: Module) -> Arguments:
    """Encrypt the disk, always. Where it may grow, its size is the first one: Terraform leaves what has grown alone.

    A read replica is as large as its source when it is made, whatever is asked for; later, its disk is enlarged as any.
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#allocated_storage
    """
    return {
        "storage_type": module.variable(
            "storage_type", "string", "Kind of disk.",
            validations=[('contains(["gp2", "gp3", "io1", "io2"], var.storage_type)',
                          "storage_type must be gp2, gp3, io1 or io2.")],
        ),
        "allocated_storage": module.variable(
            "allocated_storage", "number", "Disk in GiB.",
            validations=[("var.allocated_storage >= 20 && var.allocated_storage <= 65536",
                          "allocated_storage must be from 20 to 65536 GiB.")],
        ),
        "max_allocated_storage": module.variable(
            "max_allocated_storage", "number", "Disk in GiB that it may grow to by itself; 0 for not at all.",
            validations=[_ROOM_TO_GROW],
        ),
        "iops": module.variable(
            "iops", "number", "Provisioned I/O operations per second; null for those that come with the disk.",
            nullable=True,
        ),
        "storage_encrypted": True,
        "kms_key_id": module.variable(
            "storage_kms_key_arn", "string",
            "ARN of the key that encrypts the disk; null for AWS's own, or the snapshot's. It cannot be changed.",
            nullable=True,
        ),
    }  # fmt: skip
