"""What no group of the region decides is never passed over: it is a flow, a finding, or said to be unknown."""

from pathlib import Path
from typing import Any

import pytest

from capgen.evaluate import Flattened
from capgen.findings import FindingSeverity
from capgen.reach import differences, reachability
from capgen.topology import IntendedFlow
from tests.reach.judged import nowhere, told
from tests.reach.small import IN, Resources, balancer, database, flows_in, group, groups, region_of, rule, service

WORLD = "0.0.0.0/0"
WEB = IntendedFlow(source=WORLD, destination="load_balancer", port=80, spec="access.web_cidrs")
OPEN = {"a": rule("alb", 80, cidr_ipv4=WORLD)}


def network_balancer(label: str = "zzz", protocol: str = "TCP", **arguments: Any) -> Resources:
    """Return a load balancer that no group guards, with a listener on port 5432."""
    listener = {"load_balancer_arn": "${aws_lb." + label + ".arn}", "port": 5432, "protocol": protocol}
    return {
        "aws_lb": {label: {"load_balancer_type": "network", "internal": False, **arguments}},
        "aws_lb_listener": {label: {**listener, "default_action": [{"type": "forward"}]}},
    }


def found(region: Flattened, *intended: IntendedFlow) -> set[tuple[str, str]]:
    return told(differences(reachability(region), intended, region, nowhere))


@pytest.mark.parametrize("foreign", ["sg-0a1b2c3d", "${data.aws_security_group.old.id}", "${var.more}"])
def test_a_group_from_elsewhere_may_let_in_anyone(tmp_path: Path, foreign: str) -> None:
    root = tmp_path / "deployment" / "eu-west-1"
    root.mkdir(parents=True)
    (root / "more.tf.json").write_text(
        '{"variable": {"more": {"type": "string"}}, "data": {"aws_security_group": {"old": {"name": "old"}}}}'
    )
    region = region_of(tmp_path, groups("db"), database(vpc_security_group_ids=[group("db"), foreign]))
    (finding,) = differences(reachability(region), (), region, nowhere)
    assert (finding.check, finding.address) == ("CAPGEN_40", "aws_db_instance.this")
    assert finding.severity is FindingSeverity.CRITICAL
    assert "decides as well who can reach the database, and its rules are not here" in finding.message


def test_without_a_group_the_vpcs_default_decides(tmp_path: Path) -> None:
    tasks = service(network_configuration=[{"subnets": ["subnet-1"]}])
    region = region_of(tmp_path, tasks)
    (finding,) = differences(reachability(region), (), region, nowhere)
    assert "the default group of the VPC decides who can reach the tasks" in finding.message


def test_a_default_group_that_the_region_makes_holds_for_what_names_none(tmp_path: Path) -> None:
    ingress = [{"from_port": 5432, "to_port": 5432, "protocol": "tcp", "cidr_blocks": [WORLD]}]
    default = {"aws_default_security_group": {"all": {"ingress": ingress}}}
    assert flows_in(tmp_path, database(vpc_security_group_ids=[]), default) == [f"{WORLD} > database tcp 5432"]


def test_a_rule_of_a_group_that_only_aws_knows_is_a_finding(tmp_path: Path) -> None:
    more = {"security_group_id": '${split("/", aws_security_group.db.arn)[1]}', "cidr_ipv4": "60.0.0.0/8",
            "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432}  # fmt: skip
    region = region_of(tmp_path, groups("db"), database(), {IN: {"more": more}})
    assert found(region) == {("CAPGEN_40", f"{IN}.more")}


def test_everyone_reaches_the_listeners_of_a_network_load_balancer_without_a_group(tmp_path: Path) -> None:
    parts = (groups("alb"), balancer(), {IN: OPEN}, network_balancer())
    assert flows_in(tmp_path, *parts) == [
        f"{WORLD} > aws_lb.zzz tcp 5432 internet",
        f"{WORLD} > load_balancer tcp 80 internet",
    ]
    assert found(region_of(tmp_path, *parts), WEB) == {("CAPGEN_40", "aws_lb_listener.zzz")}


def test_its_protocols_and_families_are_followed(tmp_path: Path) -> None:
    parts = network_balancer(protocol="TCP_UDP", ip_address_type="dualstack", internal=True)
    assert flows_in(tmp_path, parts) == [
        f"{end} > load_balancer {protocol} 5432{silent}"
        for end in (WORLD, "::/0")
        for protocol, silent in (("tcp", ""), ("udp", " silent"))
    ]


def test_one_with_a_group_is_held_to_it(tmp_path: Path) -> None:
    assert flows_in(tmp_path, groups("alb"), network_balancer(security_groups=[group("alb")])) == []


def test_what_is_in_groups_of_the_region_keeps_the_name_of_its_tier(tmp_path: Path) -> None:
    region = region_of(tmp_path, groups("alb"), balancer("this"), {IN: OPEN}, network_balancer("aaa"))
    assert found(region, WEB) == {("CAPGEN_40", "aws_lb_listener.aaa")}


def test_an_interface_that_is_put_into_a_group_is_a_member(tmp_path: Path) -> None:
    put = {
        "aws_network_interface_sg_attachment": {"x": {"security_group_id": group("db"), "network_interface_id": "e"}}
    }
    rules = {IN: {"a": rule("db", 5432, cidr_ipv4="10.0.0.0/8")}}
    flows = flows_in(tmp_path, groups("db"), database(), rules, put)
    assert "10.0.0.0/8 > network_interface_sg_attachment tcp 5432 silent" in flows


@pytest.mark.parametrize("type", ["aws_apigatewayv2_api", "aws_lambda_function_url", "aws_vpc_endpoint_service"])
def test_another_way_in_is_a_finding_and_said_to_be_unknown(tmp_path: Path, type: str) -> None:
    region = region_of(tmp_path, {type: {"x": {}}})
    assert found(region) == {("CAPGEN_40", f"{type}.x")}
    assert any(f"{type}.x is " in sentence for sentence in reachability(region).unknown)


@pytest.mark.parametrize(
    ("type", "sentence"),
    [
        ("aws_vpc_security_group_vpc_association", "lets another VPC put into a group is not known"),
        ("aws_eip", "gives a public address to is not followed"),
        ("awscc_ec2_security_group", "is not of the AWS provider: what it opens and grants is not judged"),
        ("aws_db_proxy", "names no security group, so the default group of the VPC holds for it"),
    ],
)
def test_what_is_not_followed_is_said(tmp_path: Path, type: str, sentence: str) -> None:
    assert any(f"{type}.x" in each and sentence in each
               for each in reachability(region_of(tmp_path, {type: {"x": {}}})).unknown)  # fmt: skip


def test_an_internal_second_load_balancer_lacks_no_public_address(tmp_path: Path) -> None:
    parts = (groups("alb"), balancer(), balancer("zzz", internal=True))
    region = region_of(tmp_path, *parts)
    assert differences(reachability(region), (), region, nowhere, public=["load_balancer"]) == []


@pytest.mark.parametrize(
    ("cidr", "words"),
    [
        (WORLD, f"the Internet ({WORLD})"),
        ("128.0.0.0/1", "a large part of the Internet (128.0.0.0/1)"),
        ("64.0.0.0/2", "a large part of the Internet (64.0.0.0/2)"),
        ("2000::/3", "a large part of the Internet (2000::/3)"),
        ("60.0.0.0/8", "60.0.0.0/8"),
    ],
)
def test_a_range_that_no_organisation_has_is_the_world(tmp_path: Path, cidr: str, words: str) -> None:
    family = "cidr_ipv6" if ":" in cidr else "cidr_ipv4"
    region = region_of(tmp_path, groups("alb"), balancer(), {IN: {"a": rule("alb", 80, **{family: cidr})}})
    (finding,) = differences(reachability(region), (), region, nowhere)
    assert finding.message.startswith(f"{words} can reach the load balancer")
    critical = finding.severity is FindingSeverity.CRITICAL
    assert critical is (words != cidr)
