"""What the network module's own test holds it to."""

from capgen.components.network.created_checks import created_checks
from capgen.components.network.plan import Existing, Shape
from capgen.terraform.checks import Answers, Check, Checks, Refusal

_TIERS = ("subnet_ids", "load_balancer_subnet_ids", "database_subnet_ids")
_VPC = "vpc-0a1b2c3d4e5f60718"
_SUBNETS = ("subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788")
_ZONES = ("eu-west-1a", "eu-west-1b")


def checks(shape: Shape) -> Checks:
    """Hand on what was looked up, and refuse subnets in one zone or of another VPC; or hold what is created."""
    if not isinstance(shape, Existing):
        return created_checks(shape)
    return Checks(
        example=dict.fromkeys(_TIERS, _SUBNETS) | {"vpc_id": _VPC},
        answers=_subnets(_VPC, *_ZONES),
        holds=(
            Check("output.vpc_id == var.vpc_id", "vpc_id must be the VPC that was looked up."),
            *(Check(f"output.{tier} == var.{tier}", f"{tier} must be the subnets that were looked up.")
              for tier in _TIERS),
        ),
        refused={"vpc_id": "subnet-0a1b2c3d4e5f60718", **dict.fromkeys(_TIERS, _SUBNETS[:1])},
        refusals=(
            Refusal(
                name="refuses_subnets_in_one_zone",
                answers=_subnets(_VPC, _ZONES[0], _ZONES[0]),
                refused_by=tuple(f"output.{tier}" for tier in _TIERS),
            ),
            Refusal(
                name="refuses_subnets_of_another_vpc",
                answers=_subnets("vpc-0f1e2d3c4b5a69788", *_ZONES),
                refused_by=tuple(f"data.aws_subnet.{tier}" for tier in _TIERS),
            ),
        ),
    )  # fmt: skip


def _subnets(vpc: str, *zones: str) -> Answers:
    """Tell what AWS says of each subnet of each tier."""
    return {
        f'data.aws_subnet.{tier}["{subnet}"]': {"vpc_id": vpc, "availability_zone": zone}
        for tier in _TIERS
        for subnet, zone in zip(_SUBNETS, zones, strict=True)
    }
