"""Route tables, and the gateways that they lead to.

https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html
"""

from collections.abc import Mapping
from dataclasses import dataclass

from capgen.components.network.context import Context
from capgen.components.network.created_plan import Created
from capgen.terraform.expression import Expr
from capgen.terraform.functions import toset, values

_EVERYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, kw_only=True)
class Routing:
    """`tables` are those of the private subnets; the others are what whoever uses the subnets has to wait for."""

    tables: Expr
    ready: tuple[Expr, ...]
    public_ready: tuple[Expr, ...]
    database: Expr


def add_routing(context: Context, shape: Created, vpc: Expr, subnets: Mapping[str, Expr]) -> Routing:
    """Give each private subnet a table of its own, and the database's one that leads nowhere out of the VPC."""
    tables = context.module.resource("aws_route_table", "private", {
        "for_each": subnets["private"],
        "vpc_id": vpc["id"],
        "tags": {"Name": f"{context.name}-private-${{each.key}}"},
    })  # fmt: skip
    private = _associate(context, "private", subnets, f"{tables.text}[each.key].id")
    closed = _table(context, "database", vpc)
    database = _associate(context, "database", subnets, f"{closed.text}.id")
    if not shape.public:
        return Routing(tables=tables, ready=(private,), public_ready=(), database=database)
    public = _public(context, vpc, subnets)
    nat = (_nat(context, subnets, tables, public),) if shape.nat else ()
    return Routing(tables=tables, ready=(private, *nat), public_ready=public, database=database)


def _public(context: Context, vpc: Expr, subnets: Mapping[str, Expr]) -> tuple[Expr, ...]:
    """Route the public subnets to an internet gateway."""
    module = context.module
    gateway = module.resource("aws_internet_gateway", "this", {"vpc_id": vpc["id"], "tags": {"Name": context.name}})
    table = _table(context, "public", vpc)
    route = module.resource("aws_route", "internet", {
        "route_table_id": table["id"],
        "destination_cidr_block": _EVERYWHERE,
        "gateway_id": gateway["id"],
    })  # fmt: skip
    return route, _associate(context, "public", subnets, f"{table.text}.id")


def _nat(context: Context, subnets: Mapping[str, Expr], tables: Expr, public: tuple[Expr, ...]) -> Expr:
    """Put NAT gateways into public subnets and route each zone to one of them.

    A gateway works only once its own subnet leads to the Internet, and its address cannot be given back before that
    way is gone, hence the order.
    """
    module = context.module
    used = module.variable(
        "nat_gateways", "map(string)", "For each zone, the zone of the NAT gateway that it uses.",
        validations=[("alltrue([for zone in values(var.nat_gateways) : contains(keys(var.public_subnets), zone)])",
                      "nat_gateways must name zones of public_subnets."),
                     ("toset(keys(var.nat_gateways)) == toset(keys(var.private_subnets))",
                      "nat_gateways must say for each zone of private_subnets which gateway it uses.")],
    )  # fmt: skip
    tags = {"Name": f"{context.name}-nat-${{each.key}}"}
    order = [block.text for block in public]
    addresses = module.resource("aws_eip", "nat", {
        "for_each": toset(values(used)),
        "domain": "vpc",
        "tags": tags,
        "depends_on": order,
    })  # fmt: skip
    gateways = module.resource("aws_nat_gateway", "this", {
        "for_each": toset(values(used)),
        "allocation_id": f"${{{addresses.text}[each.key].id}}",
        "subnet_id": f"${{{subnets['public'].text}[each.key].id}}",
        "tags": tags,
        "depends_on": order,
    })  # fmt: skip
    return module.resource("aws_route", "nat", {
        "for_each": used,
        "route_table_id": f"${{{tables.text}[each.key].id}}",
        "destination_cidr_block": _EVERYWHERE,
        "nat_gateway_id": f"${{{gateways.text}[each.value].id}}",
    })  # fmt: skip


def _table(context: Context, tier: str, vpc: Expr) -> Expr:
    tags = {"Name": f"{context.name}-{tier}"}
    return context.module.resource("aws_route_table", tier, {"vpc_id": vpc["id"], "tags": tags})


def _associate(context: Context, tier: str, subnets: Mapping[str, Expr], table_id: str) -> Expr:
    return context.module.resource("aws_route_table_association", tier, {
        "for_each": subnets[tier],
        "subnet_id": "${each.value.id}",
        "route_table_id": f"${{{table_id}}}",
    })  # fmt: skip
