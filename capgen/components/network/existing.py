"""Look up the VPC and the subnets, and hold them to what the other modules need."""

from capgen.terraform.expression import Expr
from capgen.terraform.functions import toset
from capgen.terraform.module import Module

_TIERS = {
    "subnet_ids": "Subnets of the tasks and the file system.",
    "load_balancer_subnet_ids": "Subnets of the load balancer.",
    "database_subnet_ids": "Subnets of the database.",
}


def look_up(module: Module) -> None:
    """Read the VPC and every subnet; outputs wait for the checks, so nothing is created in the wrong place.

    That subnets belong to the VPC and lie in two zones can only be known from AWS:
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-availability-zones
    """
    vpc_id = module.variable(
        "vpc_id", "string", "ID of the existing VPC.",
        validations=[('can(regex("^vpc-", var.vpc_id))', "vpc_id must be an ID such as vpc-0a1b2c3d4e5f60718.")],
    )  # fmt: skip
    vpc = module.data("aws_vpc", "this", {"id": vpc_id})
    module.output("vpc_id", vpc["id"], "ID of the VPC.")
    for tier, description in _TIERS.items():
        _tier(module, vpc, tier, description)


def _tier(module: Module, vpc: Expr, tier: str, description: str) -> None:
    ids = module.variable(
        tier, "list(string)", description,
        validations=[(f"length(distinct(var.{tier})) >= 2", f"{tier} must name at least two different subnets.")],
    )  # fmt: skip
    subnets = f"data.aws_subnet.{tier}"
    zones = f"length(distinct([for subnet in {subnets} : subnet.availability_zone])) >= 2"
    module.data("aws_subnet", tier, {
        "for_each": toset(ids),
        "id": "${each.value}",
        "lifecycle": {"postcondition": [{
            "condition": f"${{self.vpc_id == {vpc.text}.id}}",
            "error_message": f"Subnet ${{self.id}} of {tier} is not in VPC ${{{vpc.text}.id}}.",
        }]},
    })  # fmt: skip
    module.output(
        tier, ids, description,
        preconditions=[(zones, f"The subnets of {tier} must lie in at least two availability zones.")],
    )  # fmt: skip
