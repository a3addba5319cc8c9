"""The mount targets."""

from capgen.components.storage.plan import Shape
from capgen.terraform.expression import Expr
from capgen.terraform.functions import toset
from capgen.terraform.module import Module


def declare_subnets(module: Module, shape: Shape) -> Expr:
    """Declare the subnets, as what `for_each` takes: those that a plan does not know yet are told apart by zone."""
    if shape.by_zone:
        return module.variable("subnets_by_zone", "map(string)", "Subnets of the tasks, by availability zone.")
    return toset(module.variable("subnet_ids", "list(string)", "Subnets of the tasks, each in a zone of its own."))


def mount_targets(module: Module, files: Expr, subnets: Expr) -> Expr:
    """Make a mount target in each subnet, where the security group lets the tasks alone connect.

    https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access.html
    """
    return module.resource("aws_efs_mount_target", "this", {
        "for_each": subnets,
        "file_system_id": files["id"],
        "subnet_id": "${each.value}",
        "security_groups": [module.variable("security_group_id", "string", "Security group of the mount targets.")],
    })  # fmt: skip
