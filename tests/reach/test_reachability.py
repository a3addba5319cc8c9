"""Who can connect to what, in regions that can be read at a glance."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from capgen.reach import reachability
from tests.output.example import GOLDEN
from tests.reach.judged import flattened
from tests.reach.small import (
    IN,
    OUT,
    Resources,
    balancer,
    database,
    files,
    flows_in,
    group,
    groups,
    reached_in,
    region_of,
    rule,
    service,
    shown,
)  # fmt: skip

WORLD = {"cidr_ipv4": "0.0.0.0/0"}


def refers(label: str) -> dict[str, str]:
    return {"referenced_security_group_id": group(label)}


def registered(port: int = 8080) -> Resources:
    """A listener that forwards to the service's target group."""
    forward = [{"type": "forward", "target_group_arn": "${aws_lb_target_group.this.arn}"}]
    listener = {"load_balancer_arn": "${aws_lb.this.arn}", "port": 80, "default_action": forward}
    entry = {"target_group_arn": "${aws_lb_target_group.this.arn}", "container_name": "agent", "container_port": port}
    tasks = service("task", port, load_balancer=[entry])
    return {**tasks, "aws_lb_target_group": {"this": {"port": port}}, "aws_lb_listener": {"this": listener}}


def test_the_examples_flows_are_these(golden: Callable[[Path, str], None]) -> None:
    reached = reachability(flattened(GOLDEN / "cap-production" / "eu-west-1"))
    document = {
        "flows": [flow.to_json() for flow in reached.flows],
        "needs": [need.to_json() for need in reached.needs],
        "unknown": list(reached.unknown),
    }
    golden(Path(__file__).parent / "golden" / "cap-production.json", json.dumps(document, indent=2) + "\n")


def test_without_rules_nothing_connects(tmp_path: Path) -> None:
    assert flows_in(tmp_path, groups("alb", "db"), balancer(), database()) == []


def test_a_range_reaches_what_has_a_public_address_from_the_internet(tmp_path: Path) -> None:
    rules = {IN: {"a": rule("alb", 80, **WORLD), "b": rule("db", 5432, **WORLD), "c": rule("alb", 81, **WORLD)}}
    assert flows_in(tmp_path, groups("alb", "db"), balancer(), database(), rules) == [
        "0.0.0.0/0 > database tcp 5432",
        "0.0.0.0/0 > load_balancer tcp 80 internet",
        "0.0.0.0/0 > load_balancer tcp 81 internet silent",
    ]


@pytest.mark.parametrize(
    ("cidr", "internet"),
    [("10.0.0.0/8", ""), ("100.64.0.0/10", ""), ("8.8.8.0/24", " internet"), ("8.0.0.0/5", " internet"),
     ("192.168.7.0/24", ""), ("172.0.0.0/8", " internet")],
)  # fmt: skip
def test_only_a_range_with_public_addresses_is_the_internet(tmp_path: Path, cidr: str, internet: str) -> None:
    rules = {IN: {"a": rule("alb", 80, cidr_ipv4=cidr)}}
    assert flows_in(tmp_path, groups("alb"), balancer(), rules) == [f"{cidr} > load_balancer tcp 80{internet}"]


def test_an_internal_load_balancer_is_not_reached_from_the_internet(tmp_path: Path) -> None:
    rules = {IN: {"a": rule("alb", 80, **WORLD)}}
    parts = (groups("alb"), balancer(internal=True), rules)
    assert flows_in(tmp_path, *parts) == ["0.0.0.0/0 > load_balancer tcp 80"]


def test_groups_have_to_agree_at_both_ends_and_on_the_port(tmp_path: Path) -> None:
    ends = groups("task", "db"), service("task"), database()
    out = {"out": rule("task", 5000, last=6000, **refers("db"))}
    into = {"into": rule("db", 5432, last=5433, **refers("task"))}
    assert flows_in(tmp_path, *ends, {OUT: out}) == []
    assert flows_in(tmp_path, *ends, {IN: into}) == []
    assert flows_in(tmp_path, *ends, {OUT: out}, {IN: into}) == ["task > database tcp 5432-5433"]
    other = {"out": rule("task", 5432, "udp", **refers("db"))}
    assert flows_in(tmp_path, *ends, {OUT: other}, {IN: into}) == []


def test_all_protocols_at_one_end_leave_it_to_the_other(tmp_path: Path) -> None:
    rules = {OUT: {"a": rule("task", None, "-1", **refers("db"))}, IN: {"a": rule("db", 5432, **refers("task"))}}
    parts = (groups("task", "db"), service("task"), database(), rules)
    assert flows_in(tmp_path, *parts) == ["task > database tcp 5432"]


@pytest.mark.parametrize(
    ("protocol", "told"),
    [("-1", "all 0-65535"), ("6", "tcp 53"), ("17", "udp 53 silent"), ("UDP", "udp 53 silent"),
     ("icmp", "icmp 0-65535 silent"), ("50", "50 0-65535 silent")],
)  # fmt: skip
def test_protocols_are_told_by_name(tmp_path: Path, protocol: str, told: str) -> None:
    rules = {IN: {"a": rule("db", 53, protocol, cidr_ipv4="10.0.0.0/8")}}
    found = flows_in(tmp_path, groups("db"), database(port=53), rules)
    assert found == [f"10.0.0.0/8 > database {told}"]


def test_a_rule_without_ports_has_all_of_them(tmp_path: Path) -> None:
    rules = {IN: {"a": rule("db", None, "tcp", cidr_ipv4="10.0.0.0/8")}}
    assert flows_in(tmp_path, groups("db"), database(), rules) == ["10.0.0.0/8 > database tcp 0-65535"]


INLINE: dict[str, Any] = {"from_port": 5432, "to_port": "5432", "protocol": "tcp"}


@pytest.mark.parametrize(
    ("peer", "source"),
    [
        ({"cidr_blocks": ["10.0.0.0/8", "10.1.0.0/16"]}, ["10.0.0.0/8", "10.1.0.0/16"]),
        ({"ipv6_cidr_blocks": ["fd00::/8"]}, ["fd00::/8"]),
        ({"prefix_list_ids": ["pl-0a1b2c3d"]}, ["pl-0a1b2c3d"]),
        ({"security_groups": ["sg-0a1b2c3d"]}, ["sg-0a1b2c3d"]),
    ],
)
def test_inline_rules_and_those_of_the_older_resource_count(
    tmp_path: Path, peer: dict[str, Any], source: list[str]
) -> None:
    expected = [f"{each} > database tcp 5432" for each in source]
    inline = {"aws_security_group": {"db": {"name": "db", "ingress": [{**INLINE, **peer}]}}}
    assert flows_in(tmp_path / "inline", inline, database()) == expected
    if "security_groups" in peer:
        peer = {"source_security_group_id": peer["security_groups"][0]}
    older = {"aws_security_group_rule": {"a": {**INLINE, **peer, "type": "ingress", "security_group_id": group("db")}}}
    assert flows_in(tmp_path / "older", groups("db"), older, database()) == expected


def test_a_group_that_means_itself_connects_its_members(tmp_path: Path) -> None:
    inline = [{**INLINE, "self": True}]
    own = {"aws_security_group": {"db": {"name": "db", "ingress": inline, "egress": inline}}}
    assert flows_in(tmp_path, own, database(), service("db")) == [
        "database > database tcp 5432",
        "database > task tcp 5432 silent",
        "task > database tcp 5432",
        "task > task tcp 5432 silent",
    ]


def test_a_rule_opens_for_every_member_and_a_member_has_every_groups_rules(tmp_path: Path) -> None:
    both = {"aws_db_instance": {"this": {"engine": "mysql", "vpc_security_group_ids": [group("db"), group("more")]}}}
    rules = {IN: {"a": rule("db", 3306, cidr_ipv4="10.0.0.0/8"), "b": rule("more", 22, cidr_ipv4="10.0.0.0/8")}}
    assert flows_in(tmp_path, groups("db", "more"), both, rules) == [
        "10.0.0.0/8 > database tcp 22 silent",
        "10.0.0.0/8 > database tcp 3306",
    ]


def test_flows_that_come_to_the_same_are_one_with_the_rules_of_each(tmp_path: Path) -> None:
    rules = {IN: {"a": rule("db", 5432, cidr_ipv4="10.0.0.0/8"), "b": rule("db", 5432, cidr_ipv4="10.0.0.0/8")}}
    (flow,) = reached_in(tmp_path, groups("db"), database(), rules).flows
    assert flow.rules == (f"{IN}.a", f"{IN}.b")


def test_the_prefix_lists_of_the_region_are_their_ranges(tmp_path: Path) -> None:
    entries = [{"cidr": "10.1.0.0/16"}, {"cidr": "10.2.0.0/16"}]
    lists: Resources = {
        "aws_ec2_managed_prefix_list": {"office": {"entry": entries}, "empty": {}},
        "aws_ec2_managed_prefix_list_entry": {
            "more": {"prefix_list_id": "${aws_ec2_managed_prefix_list.office.id}", "cidr": "10.3.0.0/16"}
        },
    }
    rules = {IN: {"a": rule("db", 5432, prefix_list_id="${aws_ec2_managed_prefix_list.office.id}")}}
    assert flows_in(tmp_path, groups("db"), database(), lists, rules) == [
        f"10.{number}.0.0/16 > database tcp 5432" for number in (1, 2, 3)
    ]


def test_a_group_from_elsewhere_is_an_end_of_its_own_and_one_of_ours_without_members_is_none(tmp_path: Path) -> None:
    rules = {
        IN: {
            "a": rule("db", 5432, referenced_security_group_id="sg-0a1b2c3d"),
            "b": rule("db", 5432, **refers("unused")),
        },
        OUT: {"a": rule("db", 443, referenced_security_group_id="sg-0a1b2c3e")},
    }
    reached = reached_in(tmp_path, groups("db", "unused"), database(), rules)
    assert [shown(flow) for flow in reached.flows] == [
        "database > sg-0a1b2c3e tcp 443",
        "sg-0a1b2c3d > database tcp 5432",
    ]
    assert "aws_security_group.unused is attached to nothing here." in reached.unknown


def test_where_one_end_names_a_group_and_the_other_a_range_the_address_is_taken_to_lie_in_it(tmp_path: Path) -> None:
    rules = {
        OUT: {"a": rule("task", 5432, cidr_ipv4="10.0.0.0/16")},
        IN: {"a": rule("db", 5432, **refers("task"))},
    }
    reached = reached_in(tmp_path, groups("task", "db"), service("task"), database(), rules)
    assert [shown(flow) for flow in reached.flows] == ["task > 10.0.0.0/16 tcp 5432", "task > database tcp 5432"]
    assert "That aws_db_instance.this has an address in 10.0.0.0/16 is assumed." in reached.unknown


def test_two_ranges_are_two_flows_and_no_third(tmp_path: Path) -> None:
    rules = {OUT: {"a": rule("task", 80, **WORLD)}, IN: {"a": rule("alb", 80, **WORLD)}}
    assert flows_in(tmp_path, groups("task", "alb"), service("task"), balancer(), rules) == [
        "0.0.0.0/0 > load_balancer tcp 80 internet",
        "task > 0.0.0.0/0 tcp 80",
    ]


def between(port: int = 8080) -> Resources:
    return {
        OUT: {"a": rule("alb", port, **refers("task"))},
        IN: {"a": rule("task", port, **refers("alb"))},
    }


def test_requests_arrive_through_listener_target_group_and_registration(tmp_path: Path) -> None:
    parts = (groups("alb", "task"), balancer(), between())
    assert flows_in(tmp_path, *parts, registered()) == ["load_balancer > task tcp 8080"]
    assert flows_in(tmp_path, *parts, service("task", 8080)) == ["load_balancer > task tcp 8080 silent"]


TARGETS = {"target_group": [{"arn": "${aws_lb_target_group.this.arn}"}]}


@pytest.mark.parametrize(
    "forward",
    [
        {"default_action": [{"type": "forward", "forward": [TARGETS]}]},
        {"default_action": {"type": "redirect"}},
    ],
)
def test_a_listener_forwards_in_each_of_its_forms(tmp_path: Path, forward: dict[str, Any]) -> None:
    whole = registered()
    whole["aws_lb_listener"]["this"] = {**whole["aws_lb_listener"]["this"], **forward}
    if "redirect" in str(forward):
        action = {"type": "forward", "target_group_arn": "${aws_lb_target_group.this.arn}"}
        whole["aws_lb_listener_rule"] = {"a": {"listener_arn": "${aws_lb_listener.this.arn}", "action": [action]}}
    parts = (groups("alb", "task"), balancer(), between(), whole)
    assert flows_in(tmp_path, *parts) == ["load_balancer > task tcp 8080"]


def test_the_second_of_a_tier_goes_by_its_address(tmp_path: Path) -> None:
    rules = {IN: {"a": rule("alb", 80, **WORLD)}}
    parts = (groups("alb"), balancer("a"), balancer("b"), rules)
    assert flows_in(tmp_path, *parts) == [
        "0.0.0.0/0 > aws_lb.b tcp 80 internet",
        "0.0.0.0/0 > load_balancer tcp 80 internet",
    ]


def test_mount_targets_of_one_file_system_are_one_unless_their_groups_differ(tmp_path: Path) -> None:
    rules = {IN: {"a": rule("efs", 2049, cidr_ipv4="10.0.0.0/8"), "b": rule("other", 2049, cidr_ipv4="10.1.0.0/16")}}
    assert flows_in(tmp_path, groups("efs", "other"), files(), rules) == ["10.0.0.0/8 > storage tcp 2049"]
    apart = files()
    apart["aws_efs_mount_target"]["in_a"]["security_groups"] = [group("efs"), group("other")]
    assert flows_in(tmp_path, groups("efs", "other"), apart, rules) == [
        "10.0.0.0/8 > aws_efs_mount_target.in_a tcp 2049",
        "10.0.0.0/8 > aws_efs_mount_target.in_b tcp 2049",
        "10.0.0.0/8 > storage tcp 2049",
        "10.1.0.0/16 > aws_efs_mount_target.in_a tcp 2049",
    ]


def test_whatever_has_security_groups_is_a_node(tmp_path: Path) -> None:
    others: Resources = {
        "aws_lambda_function": {"in": {"vpc_config": {"security_group_ids": [group("x")]}}, "out": {}},
        "aws_vpc_endpoint": {
            "interface": {"vpc_endpoint_type": "Interface", "security_group_ids": [group("x")]},
            "gateway": {"vpc_endpoint_type": "Gateway"},
        },
        "aws_elasticache_cluster": {"x": {"security_group_ids": [group("x")]}},
        "aws_instance": {"x": {"vpc_security_group_ids": [group("x")]}},
    }
    reached = reached_in(tmp_path, groups("x"), others, {IN: {"a": rule("x", 443, **WORLD)}})
    assert [shown(flow) for flow in reached.flows] == [
        "0.0.0.0/0 > elasticache_cluster tcp 443 silent",
        "0.0.0.0/0 > instance tcp 443 internet silent",
        "0.0.0.0/0 > lambda tcp 443 silent",
        "0.0.0.0/0 > vpc_endpoint tcp 443",
    ]
    assert [(node.address, node.public) for node in reached.nodes if node.public] == [("aws_instance.x", True)]


def test_a_node_knows_its_subnets_and_ports(tmp_path: Path) -> None:
    subnets = {"aws_db_subnet_group": {"this": {"subnet_ids": ["subnet-b", "subnet-a"]}}}
    placed = database(db_subnet_group_name="${aws_db_subnet_group.this.name}")
    (node,) = reached_in(tmp_path, groups("db"), placed, subnets).nodes
    assert (node.tier, node.ports, node.subnets, node.public) == ("database", (5432,), ("subnet-a", "subnet-b"), False)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ((IN, rule("db", 5432, cidr_ipv4="${var.office}")),
         f"Of {IN}.a, only AWS knows which addresses are in var.office; the worst is assumed."),
        ((IN, rule("db", 5432, prefix_list_id="pl-0a1b2c3d")),
         f"Of {IN}.a, only AWS knows which addresses are in pl-0a1b2c3d; the worst is assumed."),
        ((IN, rule("db", 5432, cidr_ipv6="fd00::/8")), "Whether subnets give out IPv6 addresses is not known."),
        ((IN, {**rule("db", 1, cidr_ipv4="10.0.0.0/8"), "from_port": "${var.office}"}),
         f"Of {IN}.a, only AWS knows which ports it opens; the worst is assumed."),
        ((IN, {**rule("db", 1, cidr_ipv4="10.0.0.0/8"), "security_group_id": "${var.office}"}),
         f"Which group {IN}.a belongs to is known only to AWS, so it is not followed."),
        ((IN, {**rule("db", 1, cidr_ipv4="10.0.0.0/8"), "security_group_id": "sg-0a1b2c3d"}),
         f"{IN}.a is a rule of sg-0a1b2c3d, which this deployment does not make."),
        (("aws_db_instance", {"engine": "postgres"}),
         "aws_db_instance.a names no security group, so the default group of the VPC holds for it, if any."),
        (("aws_db_instance", {"engine": "postgres", "vpc_security_group_ids": ["sg-0a1b2c3d"]}),
         "aws_db_instance.a is in sg-0a1b2c3d, whose other rules this deployment does not make."),
        (("aws_lb", {"internal": "${var.office}", "security_groups": [group("db")]}),
         "Whether aws_lb.a has a public address is known only to AWS; it is taken to have one."),
        (("aws_ecs_service", {"task_definition": "elsewhere:1", "network_configuration": []}),
         "The containers of aws_ecs_service.a are not written in a form that can be read, nor are their ports."),
        (("aws_network_interface_sg_attachment", {"security_group_id": group("db")}),
         "Which interface aws_network_interface_sg_attachment.a puts into a group is unknown: it is told as one more."),
    ],
)  # fmt: skip
def test_what_cannot_be_known_is_said(tmp_path: Path, parts: tuple[str, dict[str, Any]], sentence: str) -> None:
    type, body = parts
    root = tmp_path / "deployment" / "eu-west-1"
    root.mkdir(parents=True)
    (root / "variables.tf.json").write_text('{"variable": {"office": {"type": "string"}}}', encoding="utf-8")
    region = region_of(tmp_path, groups("db"), database(), {type: {"a": body}})
    assert sentence in reachability(region).unknown


def test_what_is_unknown_opens_as_much_as_it_could(tmp_path: Path) -> None:
    root = tmp_path / "deployment" / "eu-west-1"
    root.mkdir(parents=True)
    (root / "variables.tf.json").write_text('{"variable": {"office": {"type": "string"}}}', encoding="utf-8")
    rules = {
        IN: {
            "a": rule("alb", 80, cidr_ipv4="${var.office}"),
            "b": {**rule("alb", 80, cidr_ipv4="10.0.0.0/8"), "ip_protocol": "${var.office}"},
        }
    }
    assert flows_in(tmp_path, groups("alb"), balancer(), rules) == [
        "10.0.0.0/8 > load_balancer all 0-65535",
        "var.office > load_balancer tcp 80 internet",
    ]


def test_what_lies_outside_of_the_deployment_is_always_said(tmp_path: Path) -> None:
    told = " ".join(reached_in(tmp_path, groups("db"), database()).unknown)
    for word in ("Network ACLs", "Routes and gateways", "Peering connections", "outside of this deployment"):
        assert word in told
