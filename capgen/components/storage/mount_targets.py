"""The mount targets: one in each availability zone of the tasks."""

from capgen.terraform.expression import Expr
from capgen.terraform.functions import toset
from capgen.terraform.module import Module


def mount_targets(module: Module, files: Expr) -> Expr:
    """Make a mount target in each subnet.

    EFS takes one per zone and refuses the second, which only AWS's answer about the subnets can foretell:
    https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access.html
    """
    subnet_ids = module.variable("subnet_ids", "list(string)", "Subnets of the tasks, each in a zone of its own.")
    zones = "distinct([for subnet in data.aws_subnet.this : subnet.availability_zone_id])"
    module.data("aws_subnet", "this", {"for_each": toset(subnet_ids), "id": "${each.value}"})
    return module.resource("aws_efs_mount_target", "this", {
        "for_each": toset(subnet_ids),
        "file_system_id": files["id"],
        "subnet_id": "${each.value}",
        "security_groups": [module.variable("security_group_id", "string", "Security group of the mount targets.")],
        "lifecycle": {"precondition": [{
            "condition": f"${{length({zones}) == length(data.aws_subnet.this)}}",
            "error_message": "Two of the subnets lie in the same availability zone: EFS has one mount target per zone.",
        }]},
    })  # fmt: skip
