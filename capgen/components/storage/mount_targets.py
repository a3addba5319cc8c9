"""The mount targets."""

from capgen.terraform.expression import Expr
from capgen.terraform.functions import toset
from capgen.terraform.module import Module


def mount_targets(module: Module, files: Expr, subnet_ids: Expr) -> Expr:
    """Make a mount target in each subnet, where the security group lets the tasks alone connect.

    https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access.html
    """
    return module.resource("aws_efs_mount_target", "this", {
        "for_each": toset(subnet_ids),
        "file_system_id": files["id"],
        "subnet_id": "${each.value}",
        "security_groups": [module.variable("security_group_id", "string", "Security group of the mount targets.")],
    })  # fmt: skip
