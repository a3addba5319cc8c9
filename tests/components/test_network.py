"""The existing network, checked by Terraform before anything is created in it."""

from capgen.components.network.construct import construct
from capgen.components.network.plan import plan
from tests.components.building import build, problems
from tests.components.models import MINIMAL, deployment

SUBNETS = tuple(MINIMAL["network"]["subnet_ids"])
OTHERS = ["subnet-00000001", "subnet-00000002"]


def test_the_provider_knows_every_argument() -> None:
    planned = plan(deployment())
    assert problems(build(construct, planned), planned) == []


def test_tiers_without_subnets_of_their_own_use_the_tasks() -> None:
    inputs = plan(deployment()).inputs
    assert inputs["load_balancer_subnet_ids"] == inputs["database_subnet_ids"] == inputs["subnet_ids"] == SUBNETS
    inputs = plan(deployment(network={"database_subnet_ids": OTHERS})).inputs
    assert inputs["database_subnet_ids"] == tuple(OTHERS)
    assert inputs["load_balancer_subnet_ids"] == SUBNETS


def test_every_tier_is_held_to_the_vpc_and_to_two_zones() -> None:
    document = build(construct, plan(deployment()))
    for tier in ("subnet_ids", "load_balancer_subnet_ids", "database_subnet_ids"):
        (check,) = document["data"]["aws_subnet"][tier]["lifecycle"]["postcondition"]
        assert check["condition"] == "${self.vpc_id == data.aws_vpc.this.id}"
        (zones,) = document["output"][tier]["precondition"]
        assert "availability_zone" in zones["condition"]
