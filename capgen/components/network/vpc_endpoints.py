"""VPC endpoints: the way to AWS that needs no Internet.

https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
"""

from capgen.components.network.context import Context
from capgen.components.network.created_plan import Created
from capgen.components.network.routing import Routing
from capgen.terraform.expression import Expr
from capgen.terraform.functions import values_of
from capgen.terraform.iam import Statement, allow_principal, policy
from capgen.terraform.module import Body

_TYPE = "map(object({ service_name = string, restricted = bool }))"


def add_endpoints(context: Context, shape: Created, vpc: Expr, subnets: Expr, routing: Routing) -> list[Expr]:
    """Make an endpoint for each service; return them, for what has to wait for them."""
    own_account = _own_account(context)
    made = []
    if shape.interface_endpoints:
        group = context.module.variable("endpoint_security_group_id", "string", "Security group of the endpoints.")
        made.append(_add(context, vpc, "interface", policy(own_account), {
            "vpc_endpoint_type": "Interface",
            "private_dns_enabled": True,
            "security_group_ids": [group],
            "subnet_ids": values_of(subnets, "id"),
        }))  # fmt: skip
    if shape.gateway_endpoints:
        made.append(_add(context, vpc, "gateway", policy(own_account, _image_layers(context)), {
            "vpc_endpoint_type": "Gateway",
            "route_table_ids": values_of(routing.tables, "id"),
        }))  # fmt: skip
    return made


def _add(context: Context, vpc: Expr, kind: str, restriction: str, body: Body) -> Expr:
    module = context.module
    endpoints = module.variable(
        f"{kind}_endpoints", _TYPE,
        f"The services with {kind} endpoints; a restricted one serves this account alone.",
    )  # fmt: skip
    restricted = module.local(f"{kind}_endpoint_policy", restriction)
    return module.resource("aws_vpc_endpoint", kind, {
        "for_each": endpoints,
        "vpc_id": vpc["id"],
        "service_name": "${each.value.service_name}",
        "policy": f"${{each.value.restricted ? {restricted.text} : null}}",
        "tags": {"Name": f"{context.name}-${{each.key}}"},
        **body,
    })  # fmt: skip


def _own_account(context: Context) -> Statement:
    """Serve principals of this account alone: with credentials of another, nothing is carried out of the VPC.

    What they may do, their own policies say.
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """
    conditions = {"StringEquals": {"aws:PrincipalAccount": str(context.account_id)}}
    return allow_principal("OwnAccount", {"AWS": "*"}, ["*"], ["*"], conditions)


def _image_layers(context: Context) -> Statement:
    """Serve the layers of images, which ECR signs for whoever may pull them.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
    """
    bucket = f"arn:{context.partition}:s3:::prod-{context.region}-starport-layer-bucket/*"
    return allow_principal("ImageLayers", {"AWS": "*"}, ["s3:GetObject"], [bucket])
