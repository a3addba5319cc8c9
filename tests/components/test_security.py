"""Each flow is a rule of its own, at both of its ends, and nothing else is open."""

from typing import Any

import pytest

from capgen.components.security.construct import construct
from capgen.components.security.plan import plan
from tests.components.building import build, problems
from tests.components.models import deployment

CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
HTTPS = {"load_balancer": {"certificate_arn": CERTIFICATE}}


@pytest.mark.parametrize("overrides", [{}, HTTPS], ids=["http", "https"])
def test_the_provider_knows_every_argument(overrides: dict[str, Any]) -> None:
    planned = plan(deployment(**overrides))
    assert problems(build(construct, planned), planned) == []


def ingress(**overrides: Any) -> set[str]:
    document = build(construct, plan(deployment(**overrides)))
    return set(document["resource"]["aws_vpc_security_group_ingress_rule"])


def test_only_https_opens_443() -> None:
    expected = {"web_http", "web", "management", "database", "database_direct", "storage"}
    assert ingress() == expected
    assert ingress(**HTTPS) == {*expected, "web_https"}


def test_every_flow_between_groups_has_both_ends() -> None:
    resources = build(construct, plan(deployment()))["resource"]
    ends = {
        (rule["referenced_security_group_id"], rule["security_group_id"], rule["to_port"])
        for rule in resources["aws_vpc_security_group_ingress_rule"].values()
        if "referenced_security_group_id" in rule
    }
    starts = {
        (rule["security_group_id"], rule["referenced_security_group_id"], rule["to_port"])
        for rule in resources["aws_vpc_security_group_egress_rule"].values()
        if "referenced_security_group_id" in rule
    }
    assert ends == starts
    assert len(ends) == 3


def test_groups_carry_no_inline_rules_and_every_rule_says_why() -> None:
    resources = build(construct, plan(deployment()))["resource"]
    for group in resources["aws_security_group"].values():
        assert not {"ingress", "egress"} & set(group)
    for type in ("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"):
        assert all(rule["description"] for rule in resources[type].values())
        assert all(rule["ip_protocol"] == "tcp" for rule in resources[type].values())


def test_the_order_of_ranges_does_not_matter() -> None:
    ranges = ["10.0.0.0/8", "192.168.0.0/16"]
    one, other = (plan(deployment(access={"web_cidrs": cidrs})) for cidrs in (ranges, ranges[::-1]))
    assert one == other


def test_each_destination_has_a_key_of_its_own() -> None:
    rule = {"cidr": "10.0.0.0/8", "port": 389, "description": "LDAP"}
    planned = plan(deployment(access={"egress": [rule]}))
    assert planned.inputs["egress"] == {"10.0.0.0/8:389": rule}
