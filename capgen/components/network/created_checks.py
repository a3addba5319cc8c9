"""What the test of a created network holds it to: closed by default, and led out by what the shape says alone.

A plan does not know what AWS gives an ID to, so a mocked one stands for it: two subnets of a tier have different ones.
"""

from collections.abc import Iterator

from capgen.components.network.created_plan import Created
from capgen.terraform.checks import Check, Checks

_ZONES = ("eu-west-1a", "eu-west-1b")
_GROUP = "aws_cloudwatch_log_group.flow_logs"
_TRUST = "jsondecode(aws_iam_role.flow_logs.assume_role_policy).Statement[0]"
_STATEMENTS = "jsondecode(each.policy).Statement"
_FLOW_LOGS = (
    Check(
        'aws_flow_log.this.vpc_id == aws_vpc.this.id && aws_flow_log.this.traffic_type == "ALL" '
        f"&& aws_flow_log.this.log_destination == {_GROUP}.arn",
        "All traffic of the VPC must be logged, to the log group.",
    ),
    Check(
        f"{_GROUP}.kms_key_id == var.kms_key_arn && {_GROUP}.retention_in_days == var.log_retention_in_days",
        "Flow logs must be encrypted with the key, and kept for log_retention_in_days.",
    ),
    Check(
        f'{_TRUST}.Principal == {{ Service = "vpc-flow-logs.amazonaws.com" }} '
        f'&& {_TRUST}.Condition.StringEquals["aws:SourceAccount"] == var.account_id',
        "Flow logs of this account alone may use the role.",
    ),
)


def created_checks(shape: Created) -> Checks:
    """Hold subnets to their zones, private ones to having no way out but NAT, and endpoints to this account."""
    return Checks(
        example={
            "cidr_block": "10.20.0.0/16",
            "database_subnets": dict(zip(_ZONES, ("10.20.16.0/21", "10.20.48.0/21"), strict=True)),
            "endpoint_security_group_id": "sg-0a1b2c3d4e5f60718",
            "flow_log_group_name": "/vpc/example",
            "flow_log_role_name": "example-flow-logs",
            "gateway_endpoints": {"s3": _endpoint("s3")},
            "interface_endpoints": {name: _endpoint(name) for name in ("ecr.api", "ssmmessages")},
            "nat_gateways": dict.fromkeys(_ZONES, _ZONES[0]),
            "permissions_boundary": "arn:aws:iam::123456789012:policy/boundary",
            "private_subnets": dict(zip(_ZONES, ("10.20.0.0/20", "10.20.32.0/20"), strict=True)),
            "public_subnets": dict(zip(_ZONES, ("10.20.24.0/21", "10.20.56.0/21"), strict=True)),
        },
        holds=(*_closed(), *_subnets(shape), *_routes(shape), *_endpoints(shape), *_FLOW_LOGS),
        refused={
            "cidr_block": "10.20.0.0/23",
            "database_subnets": {_ZONES[0]: "10.20.16.0/21"},
            "private_subnets": {_ZONES[0]: "10.20.0.0/20"},
            "public_subnets": {_ZONES[0]: "10.20.24.0/21"},
            "nat_gateways": {_ZONES[0]: "eu-west-1c"},
        },
    )


def _endpoint(service: str) -> dict[str, str | bool]:
    return {"service_name": f"com.amazonaws.eu-west-1.{service}", "restricted": service != "ssmmessages"}


def _closed() -> Iterator[Check]:
    group = "aws_default_security_group.this"
    yield Check(
        f"{group}.vpc_id == aws_vpc.this.id && length({group}.ingress) + length({group}.egress) == 0",
        "The VPC's default security group must let nothing in or out.",
    )
    yield Check(
        "aws_vpc.this.enable_dns_support && aws_vpc.this.enable_dns_hostnames",
        "The VPC must resolve the names of endpoints and mount targets.",
    )


def _subnets(shape: Created) -> Iterator[Check]:
    for tier in ("private", "database", *(["public"] if shape.public else [])):
        yield Check(
            f"tomap({{ for each in aws_subnet.{tier} : each.availability_zone => each.cidr_block }}) == "
            f"var.{tier}_subnets && alltrue([for each in aws_subnet.{tier} : each.vpc_id == aws_vpc.this.id "
            "&& !each.map_public_ip_on_launch])",
            f"Each zone must have its {tier} subnet, where nothing gets a public address by itself.",
        )
    balancers = "public" if shape.internet_facing else "private"
    for output, tier in (("subnet_ids", "private"), ("database_subnet_ids", "database"),
                         ("load_balancer_subnet_ids", balancers)):  # fmt: skip
        yield Check(
            f"toset(output.{output}) == toset([for each in aws_subnet.{tier} : each.id])",
            f"{output} must be the {tier} subnets.",
        )


def _routes(shape: Created) -> Iterator[Check]:
    for tier in ("private", "database", *(["public"] if shape.public else [])):
        table = f"aws_route_table.{tier}" + ("[zone]" if tier == "private" else "")
        yield Check(
            f"alltrue([for zone, each in aws_route_table_association.{tier} : "
            f"each.subnet_id == aws_subnet.{tier}[zone].id && each.route_table_id == {table}.id])",
            f"Each {tier} subnet must have the route table that is made for it.",
        )
    if shape.public:
        yield Check(
            "aws_route.internet.route_table_id == aws_route_table.public.id "
            "&& aws_route.internet.gateway_id == aws_internet_gateway.this.id",
            "The public subnets alone must lead to the internet gateway.",
        )
    if shape.nat:
        yield Check(
            "alltrue([for zone, each in aws_route.nat : each.route_table_id == aws_route_table.private[zone].id "
            "&& each.nat_gateway_id == aws_nat_gateway.this[var.nat_gateways[zone]].id])",
            "Each private subnet must lead to the NAT gateway that nat_gateways says.",
        )
        yield Check(
            "alltrue([for zone, each in aws_nat_gateway.this : each.subnet_id == aws_subnet.public[zone].id "
            "&& each.allocation_id == aws_eip.nat[zone].id])",
            "Each NAT gateway must stand in the public subnet of its zone, at an address of its own.",
        )


def _endpoints(shape: Created) -> Iterator[Check]:
    if shape.interface_endpoints:
        yield Check(
            "alltrue([for each in aws_vpc_endpoint.interface : each.private_dns_enabled "
            "&& each.security_group_ids == toset([var.endpoint_security_group_id]) "
            "&& each.subnet_ids == toset([for subnet in aws_subnet.private : subnet.id])])",
            "Interface endpoints must stand in every zone, in their own security group, under the service's own name.",
        )
    if shape.gateway_endpoints:
        yield Check(
            "alltrue([for each in aws_vpc_endpoint.gateway : "
            "each.route_table_ids == toset([for table in aws_route_table.private : table.id])])",
            "Gateway endpoints must be routes of every private subnet.",
        )
    for kind in ("interface", "gateway"):
        if getattr(shape, f"{kind}_endpoints"):
            yield Check(
                f"alltrue([for key, each in aws_vpc_endpoint.{kind} : {_STATEMENTS}[0].Condition == "
                '{ StringEquals = { "aws:PrincipalAccount" = var.account_id } } '
                f"if var.{kind}_endpoints[key].restricted])",
                f"Restricted {kind} endpoints must serve principals of this account.",
            )
