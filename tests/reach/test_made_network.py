"""A network that the region makes itself is known: what is declared of it counts for nothing."""

from pathlib import Path
from typing import Any

import pytest

from capgen.reach import Reachability
from capgen.topology import DeclaredNetwork
from tests.reach.small import IN, OUT, Resources, group, groups, reached_in, rule, service, together
from tests.reach.test_needs import OUTWARD, REGISTRY, task

EVERYTHING = DeclaredNetwork(nat_gateway=True, vpc_endpoints=("ecr.api", "ecr.dkr", "s3"))
OF_EXISTING = "Routes and gateways of an existing VPC are not seen"

NETWORK: Resources = {
    "aws_vpc": {"this": {"cidr_block": "10.0.0.0/16"}},
    "aws_subnet": {"private": {"vpc_id": "${aws_vpc.this.id}"}, "public": {"vpc_id": "${aws_vpc.this.id}"}},
    "aws_route_table": {"private": {}, "public": {}},
    "aws_route_table_association": {
        tier: {"subnet_id": f"${{aws_subnet.{tier}.id}}", "route_table_id": f"${{aws_route_table.{tier}.id}}"}
        for tier in ("private", "public")
    },
    "aws_internet_gateway": {"this": {}},
    "aws_eip": {"nat": {}},
    "aws_nat_gateway": {"this": {"subnet_id": "${aws_subnet.public.id}", "allocation_id": "${aws_eip.nat.id}"}},
    "aws_route": {
        "internet": {
            "route_table_id": "${aws_route_table.public.id}",
            "destination_cidr_block": "0.0.0.0/0",
            "gateway_id": "${aws_internet_gateway.this.id}",
        },
        "nat": {
            "route_table_id": "${aws_route_table.private.id}",
            "destination_cidr_block": "0.0.0.0/0",
            "nat_gateway_id": "${aws_nat_gateway.this.id}",
        },
    },
}
S3: Resources = {
    "aws_vpc_endpoint": {
        "s3": {
            "vpc_endpoint_type": "Gateway",
            "service_name": "com.amazonaws.eu-west-1.s3",
            "route_table_ids": ["${aws_route_table.private.id}"],
        }
    }
}
ECR: Resources = {
    "aws_vpc_endpoint": {
        name: {
            "vpc_id": "${aws_vpc.this.id}",
            "vpc_endpoint_type": "Interface",
            "private_dns_enabled": True,
            "service_name": f"com.amazonaws.eu-west-1.ecr.{name}",
            "security_group_ids": [group("endpoint")],
            "subnet_ids": ["${aws_subnet.private.id}"],
        }
        for name in ("api", "dkr")
    }
}
INTO_ENDPOINTS: Resources = {
    OUT: {"b": rule("task", 443, referenced_security_group_id=group("endpoint"))},
    IN: {"b": rule("endpoint", 443, referenced_security_group_id=group("task"))},
}


def tasks(tier: str = "private", *, public: bool = False) -> Resources:
    found = task(REGISTRY)
    network = {
        "security_groups": [group("task")],
        "subnets": [f"${{aws_subnet.{tier}.id}}"],
        "assign_public_ip": public,
    }
    found["aws_ecs_service"]["this"]["network_configuration"] = [network]
    return found


def reached(folder: Path, *parts: Resources) -> tuple[dict[str, Any], Reachability]:
    found = reached_in(folder, groups("task", "endpoint"), *parts, declared=EVERYTHING)
    return {need.service: need.way for need in found.needs}, found


def without(address: str) -> Resources:
    """Return the network without a block."""
    type, label = address.split(".")
    return {**NETWORK, type: {name: body for name, body in NETWORK[type].items() if name != label}}


def test_a_route_to_nat_that_works_is_the_way_and_nothing_is_assumed(tmp_path: Path) -> None:
    ways, found = reached(tmp_path, NETWORK, tasks(), OUTWARD)
    assert set(ways.values()) == {"NAT"}
    assert not [each for each in found.unknown if "rests on" in each or OF_EXISTING in each or "aws_eip" in each]


@pytest.mark.parametrize(
    "missing",
    ["aws_route.nat", "aws_route.internet", "aws_route_table_association.private",
     "aws_route_table_association.public"],
)  # fmt: skip
def test_without_any_part_of_it_there_is_no_way_whatever_is_declared(tmp_path: Path, missing: str) -> None:
    ways, _ = reached(tmp_path, without(missing), tasks(), OUTWARD)
    assert set(ways.values()) == {None}


def test_a_private_nat_gateway_leads_nowhere(tmp_path: Path) -> None:
    gateway = {**NETWORK["aws_nat_gateway"]["this"], "connectivity_type": "private"}
    ways, _ = reached(tmp_path, NETWORK, {"aws_nat_gateway": {"this": gateway}}, tasks(), OUTWARD)
    assert set(ways.values()) == {None}


def test_a_public_address_leads_out_only_where_a_route_to_the_internet_does(tmp_path: Path) -> None:
    ways, found = reached(tmp_path, NETWORK, tasks("public", public=True), OUTWARD)
    assert set(ways.values()) == {"public address"}
    assert not [each for each in found.unknown if "is assumed" in each]
    ways, _ = reached(tmp_path, without("aws_route.nat"), tasks("private", public=True), OUTWARD)
    assert set(ways.values()) == {None}


def test_endpoints_that_are_made_are_the_way_where_groups_let_the_tasks_in(tmp_path: Path) -> None:
    endpoints = {"aws_vpc_endpoint": {**S3["aws_vpc_endpoint"], **ECR["aws_vpc_endpoint"]}}
    closed = without("aws_route.nat")
    ways, _ = reached(tmp_path, closed, endpoints, tasks(), together(OUTWARD, INTO_ENDPOINTS))
    assert ways == {name: f"VPC endpoint {name}" for name in ("ecr.api", "ecr.dkr", "s3")}
    ways, _ = reached(tmp_path, closed, endpoints, tasks(), OUTWARD)
    assert ways == {"ecr.api": None, "ecr.dkr": None, "s3": "VPC endpoint s3"}


def test_a_group_that_leads_into_endpoints_leads_to_no_public_address(tmp_path: Path) -> None:
    endpoints = {"aws_vpc_endpoint": {**S3["aws_vpc_endpoint"], **ECR["aws_vpc_endpoint"]}}
    ways, _ = reached(tmp_path, without("aws_route.nat"), endpoints, tasks(), INTO_ENDPOINTS)
    assert ways == {"ecr.api": "VPC endpoint ecr.api", "ecr.dkr": "VPC endpoint ecr.dkr", "s3": None}


def test_a_gateway_endpoint_of_other_tables_is_none(tmp_path: Path) -> None:
    elsewhere = {"aws_vpc_endpoint": {"s3": {**S3["aws_vpc_endpoint"]["s3"], "route_table_ids": []}}}
    ways, _ = reached(tmp_path, without("aws_route.nat"), elsewhere, tasks(), OUTWARD)
    assert ways["s3"] is None


def test_all_endpoints_of_a_vpc_are_one_end_of_a_flow(tmp_path: Path) -> None:
    _, found = reached(tmp_path, NETWORK, ECR, tasks(), INTO_ENDPOINTS)
    assert [(flow.source, flow.destination, flow.from_port) for flow in found.flows] == [("task", "vpc_endpoint", 443)]


def test_an_existing_vpc_is_as_unknown_as_before(tmp_path: Path) -> None:
    ways, found = reached(tmp_path, service("task"), OUTWARD)
    assert set(ways.values()) <= {"NAT", "VPC endpoint s3", None}
    assert [each for each in found.unknown if each.startswith(OF_EXISTING)]
