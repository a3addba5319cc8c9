"""Make the VPC with its subnets, routes, endpoints and flow logs.

The outputs wait for the ways out, so that no task starts before it can pull its image, and none loses its way while it
still runs when everything is destroyed.
"""

from capgen.components.network.context import Context, declare_context
from capgen.components.network.created_plan import Created
from capgen.components.network.flow_logs import add_flow_logs
from capgen.components.network.routing import Routing, add_routing
from capgen.components.network.vpc_endpoints import add_endpoints
from capgen.terraform.expression import Expr
from capgen.terraform.functions import values_of
from capgen.terraform.module import Module

_TIERS = {
    "private": "Range of each zone's subnet for the tasks, the file system and an internal load balancer.",
    "database": "Range of each zone's subnet for the database.",
    "public": "Range of each zone's subnet for NAT gateways and a load balancer that faces the Internet.",
}


def create(module: Module, shape: Created) -> None:
    """Output the VPC and the subnets of each tier; `subnets_by_zone` are the tasks' by names that a plan knows."""
    context = declare_context(module)
    vpc = _vpc(context)
    subnets = {tier: _subnets(context, vpc, tier) for tier in _TIERS if tier != "public" or shape.public}
    routing = add_routing(context, shape, vpc, subnets)
    endpoints = add_endpoints(context, shape, vpc, subnets["private"], routing)
    add_flow_logs(context, vpc)
    module.output("vpc_id", vpc["id"], "ID of the VPC.")
    _output_subnets(module, shape, subnets, routing, endpoints)


def _vpc(context: Context) -> Expr:
    """Make the VPC, with the names that endpoints and mount targets need, and close the group that it comes with.

    Whatever is started without a security group of its own is in the default one:
    https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
    """
    module, name = context.module, context.name
    cidr_block = module.variable(
        "cidr_block", "string", "Range of the VPC. It cannot be changed.",
        validations=[('can(cidrhost(var.cidr_block, 0)) && can(regex("/(1[6-9]|2[0-2])$", var.cidr_block))',
                      "cidr_block must be an IPv4 range from /16 to /22.")],
    )  # fmt: skip
    vpc = module.resource("aws_vpc", "this", {
        "cidr_block": cidr_block,
        "enable_dns_support": True,
        "enable_dns_hostnames": True,
        "tags": {"Name": name},
    })  # fmt: skip
    module.resource("aws_default_security_group", "this", {
        "vpc_id": vpc["id"],
        "tags": {"Name": f"{name}-default-closed"},
    })  # fmt: skip
    return vpc


def _subnets(context: Context, vpc: Expr, tier: str) -> Expr:
    """Make the subnets of a tier, one in each zone and known by it, so that another zone replaces none of them."""
    ranges = context.module.variable(
        f"{tier}_subnets", "map(string)", _TIERS[tier],
        validations=[(f"length(var.{tier}_subnets) >= 2", f"{tier}_subnets must have ranges in at least two zones.")],
    )  # fmt: skip
    return context.module.resource("aws_subnet", tier, {
        "for_each": ranges,
        "vpc_id": vpc["id"],
        "availability_zone": "${each.key}",
        "cidr_block": "${each.value}",
        "map_public_ip_on_launch": False,
        "tags": {"Name": f"{context.name}-{tier}-${{each.key}}"},
    })  # fmt: skip


def _output_subnets(
    module: Module, shape: Created, subnets: dict[str, Expr], routing: Routing, endpoints: list[Expr]
) -> None:
    ready = [*routing.ready, *endpoints]
    private = values_of(subnets["private"], "id")
    module.output("subnet_ids", private, "Subnets of the tasks and the file system.", depends_on=ready)
    by_zone = Expr(f"{{ for zone, subnet in {subnets['private'].text} : zone => subnet.id }}")
    module.output("subnets_by_zone", by_zone, "Subnets of the tasks and the file system, by zone.", depends_on=ready)
    balancers = values_of(subnets["public"], "id") if shape.internet_facing else private
    module.output(
        "load_balancer_subnet_ids", balancers, "Subnets of the load balancer.", depends_on=routing.public_ready
    )
    module.output(
        "database_subnet_ids", values_of(subnets["database"], "id"), "Subnets of the database.",
        depends_on=[routing.database],
    )  # fmt: skip
