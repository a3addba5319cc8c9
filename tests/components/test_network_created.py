"""A VPC of the deployment's own: where its subnets lie, what leads out of it, and what its rules refuse."""

import json
from ipaddress import IPv4Network
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgen.components.network.construct import construct
from capgen.components.network.layout import ranges_of
from capgen.components.network.plan import plan
from capgen.components.network.rules import RULES
from capgen.components.security.plan import plan as plan_security
from capgen.diagnostics import Severity
from capgen.load import load_text
from capgen.model.build import build_model
from capgen.model.regional import RegionalDeployment
from tests.components.building import build, problems
from tests.components.models import MINIMAL

ENDPOINTS = ["ecr.api", "ecr.dkr", "s3", "secretsmanager", "logs", "ssmmessages", "kms"]
INTERNAL = {"load_balancer": {"internal": True}}
SHAPES: dict[str, dict[str, Any]] = {
    "nat": {**INTERNAL},
    "facing the internet without nat": {"vpc": {"nat_gateways": "none"}, "vpc_endpoints": ENDPOINTS},
    "endpoints only": {**INTERNAL, "vpc": {"nat_gateways": "none"}, "vpc_endpoints": ENDPOINTS},
    "a gateway endpoint and nat": {**INTERNAL, "vpc": {"nat_gateways": "single"}, "vpc_endpoints": ["s3"]},
}


def created(
    region: str = "eu-west-1", *, vpc: dict[str, Any] | None = None, load_balancer: Any = None, **network: Any
) -> RegionalDeployment:
    """Return a deployment with a VPC of its own."""
    zones = [f"{region}a", f"{region}b"]
    section = {"vpc": {"cidr_block": "10.20.0.0/16", "availability_zones": zones, **(vpc or {})}, **network}
    spec = {**MINIMAL, "network": section, "regions": {region: {}}, "load_balancer": load_balancer or {}}
    document, found = load_text(json.dumps(spec), "spec.yaml")
    assert document is not None, found
    model, found = build_model(document)
    assert model is not None, found
    return model.regions[0].values


def refused(*args: Any, **kwargs: Any) -> list[tuple[str, str]]:
    """Return the rules that a deployment breaks, and where."""
    deployment = created(*args, **kwargs)
    return [(rule.id, ".".join(map(str, one.path))) for rule in RULES for one in rule.check(deployment)]


@given(
    network=st.integers(0, 2**16 - 1).flatmap(
        lambda bits: st.integers(16, 22).map(lambda length: IPv4Network((0x0A000000 | bits << 8, length), strict=False))
    ),
    zones=st.sets(st.sampled_from("abcdefgh"), min_size=2),
)
def test_no_two_subnets_overlap_and_all_lie_in_the_vpc(network: IPv4Network, zones: set[str]) -> None:
    found = [ranges_of(str(network), f"eu-west-1{zone}") for zone in zones]
    ranges = [IPv4Network(range) for each in found for range in (each.private, each.database, each.public)]
    assert all(range.subnet_of(network) for range in ranges)
    assert all(range.prefixlen <= 27 for range in ranges)
    assert not any(one.overlaps(other) for one, other in combinations(ranges, 2))


def test_the_layout_is_the_one_that_is_written_down() -> None:
    found = ranges_of("10.20.0.0/16", "eu-west-1b")
    assert (found.private, found.database, found.public) == ("10.20.32.0/20", "10.20.48.0/21", "10.20.56.0/21")


@pytest.mark.parametrize("overrides", SHAPES.values(), ids=SHAPES)
def test_plan_module_and_provider_agree(overrides: dict[str, Any]) -> None:
    planned = plan(created(**overrides))
    assert problems(build(construct, planned), planned) == []


def resources(overrides: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = build(construct, plan(created(**overrides)))["resource"]
    return found


def test_what_leads_to_the_internet_is_there_only_where_something_needs_it() -> None:
    outwards = {"aws_internet_gateway", "aws_nat_gateway", "aws_eip", "aws_route"}
    assert not outwards & resources(SHAPES["endpoints only"]).keys()
    facing = resources(SHAPES["facing the internet without nat"])
    assert set(facing["aws_route"]) == {"internet"}
    assert "aws_nat_gateway" not in facing
    assert set(resources(SHAPES["nat"])["aws_route"]) == {"internet", "nat"}


def test_a_load_balancer_stands_in_public_subnets_only_where_it_faces_the_internet() -> None:
    for name, tier in (("nat", "private"), ("facing the internet without nat", "public")):
        outputs = build(construct, plan(created(**SHAPES[name])))["output"]
        assert f"aws_subnet.{tier}[key].id" in outputs["load_balancer_subnet_ids"]["value"], name


def test_tasks_wait_for_their_way_out() -> None:
    outputs = build(construct, plan(created(**SHAPES["a gateway endpoint and nat"])))["output"]
    for name in ("subnet_ids", "subnets_by_zone"):
        waits = outputs[name]["depends_on"]
        assert waits == ["aws_route_table_association.private", "aws_route.nat", "aws_vpc_endpoint.gateway"]


def test_a_single_gateway_stands_in_one_zone_whatever_their_order() -> None:
    zones = ["eu-west-1c", "eu-west-1a"]
    for order in (zones, zones[::-1]):
        single = plan(created(vpc={"availability_zones": order, "nat_gateways": "single"})).inputs
        assert single["nat_gateways"] == dict.fromkeys(zones, "eu-west-1a")
    assert plan(created(vpc={"availability_zones": zones})).inputs["nat_gateways"] == {zone: zone for zone in zones}


def test_the_order_of_zones_moves_no_subnet() -> None:
    one = plan(created(vpc={"availability_zones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"]})).inputs
    other = plan(created(vpc={"availability_zones": ["eu-west-1c", "eu-west-1a"]})).inputs
    for tier in ("private_subnets", "database_subnets", "public_subnets"):
        before, after = one[tier], other[tier]
        assert isinstance(before, dict)
        assert isinstance(after, dict)
        assert all(before[zone] == range for zone, range in after.items())


def test_endpoints_are_named_as_the_partition_names_them() -> None:
    def names(region: str, *endpoints: str) -> dict[str, Any]:
        inputs = plan(created(region, vpc_endpoints=list(endpoints))).inputs
        kinds = (inputs.get("interface_endpoints", {}), inputs.get("gateway_endpoints", {}))
        return {key: each["service_name"] for kind in kinds if isinstance(kind, dict) for key, each in kind.items()}

    assert names("us-gov-west-1", "ecr.api", "s3") == {
        "ecr.api": "com.amazonaws.us-gov-west-1.ecr.api",
        "s3": "com.amazonaws.us-gov-west-1.s3",
    }
    assert names("cn-north-1", "ecr.api", "logs", "s3") == {
        "ecr.api": "cn.com.amazonaws.cn-north-1.ecr.api",
        "logs": "com.amazonaws.cn-north-1.logs",
        "s3": "com.amazonaws.cn-north-1.s3",
    }
    full = "cn.com.amazonaws.cn-north-1.sqs"
    assert names("cn-north-1", full) == {"sqs": full}


def test_the_tasks_may_enter_endpoints_that_are_created() -> None:
    assert plan_security(created(**SHAPES["endpoints only"])).shape.endpoints  # type: ignore[attr-defined]
    assert not plan_security(created(**SHAPES["a gateway endpoint and nat"])).shape.endpoints  # type: ignore[attr-defined]


def test_what_is_right_is_not_refused() -> None:
    for overrides in SHAPES.values():
        assert refused(**overrides) == []


CIDR, ZONES, NAMED = "network.vpc.cidr_block", "network.vpc.availability_zones", "network.vpc_endpoints"


@pytest.mark.parametrize(
    ("overrides", "found"),
    [
        ({"vpc_id": "vpc-0a1b2c3d"}, [("network-one-form", "network.vpc_id")]),
        ({"nat_gateway": True}, [("network-one-form", "network.nat_gateway")]),
        ({"assign_public_ip": True}, [("network-one-form", "network.assign_public_ip")]),
        ({"vpc": {"cidr_block": "10.0.0.0/15"}}, [("network-vpc-range", CIDR)]),
        ({"vpc": {"cidr_block": "10.0.0.0/23"}}, [("network-vpc-range", CIDR)]),
        ({"vpc": {"cidr_block": "10.0.1.0/16"}}, [("network-vpc-range", CIDR)]),
        ({"vpc": {"cidr_block": "10.0.300.0/16"}}, [("network-vpc-range", CIDR)]),
        ({"vpc": {"cidr_block": "52.20.0.0/16"}}, [("network-vpc-range", CIDR)]),
        ({"vpc": {"availability_zones": ["eu-west-1a", "eu-west-2b"]}}, [("network-vpc-zones", f"{ZONES}.1")]),
        ({"vpc_endpoints": ["com.amazonaws.us-east-1.s3"]}, [("network-created-endpoints", f"{NAMED}.0")]),
        ({"vpc_endpoints": ["s3", "com.amazonaws.eu-west-1.s3"]}, [("network-created-endpoints", f"{NAMED}.1")]),
        ({"vpc": {"nat_gateways": "none"}}, [("network-way-to-aws", "network.vpc.nat_gateways")]),
        (
            {"vpc": {"nat_gateways": "none"}, "vpc_endpoints": [name for name in ENDPOINTS if name != "logs"]},
            [("network-vpc-endpoints", NAMED)],
        ),
    ],
)
def test_what_is_wrong_is_refused(overrides: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert refused(**overrides) == found


def test_a_service_that_china_names_in_a_way_of_its_own_is_asked_for_in_full() -> None:
    assert ("network-created-endpoints", f"{NAMED}.0") in refused("cn-north-1", vpc_endpoints=["sqs"])


def test_a_slip_in_a_name_is_told_though_there_is_nat() -> None:
    deployment = created(vpc_endpoints=["secretmanager"])
    (problem,) = [one for rule in RULES for one in rule.check(deployment)]
    assert (problem.severity, problem.hint) == (Severity.WARNING, 'did you mean "secretsmanager"?')
