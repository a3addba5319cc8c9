"""The record and its health check: how it is chosen, what is asked of whom, and who is refused."""

from typing import Any

import pytest

from capgen.components.dns.checks import checks
from capgen.components.dns.construct import construct
from capgen.components.dns.plan import Shape, plan
from capgen.components.dns.rules import RULES
from capgen.model.rule import Problem
from capgen.plan.outputs import outputs_of
from capgen.synth.arguments import argument
from capgen.terraform.module import Document
from capgen.topology import ModulePlan
from tests.components.building import build, problems
from tests.components.models import deployment

CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
ZONE = {"zone_id": "Z0123456789ABCDEFGHIJ", "name": "app.example.com"}
OPEN = {"web_cidrs": ["0.0.0.0/0"]}
ROUTINGS = ("simple", "failover", "latency", "weighted")


def planned(region: str = "eu-west-1", recovery: dict[str, Any] | None = None, **dns: Any) -> ModulePlan:
    sections: dict[str, Any] = {"disaster_recovery": {"primary_region": "eu-west-1", **(recovery or {})}}
    found = plan(deployment(region, dns={**ZONE, **dns}, access=OPEN, **sections))
    assert found is not None
    return found


def record(document: Document) -> dict[str, Any]:
    body: dict[str, Any] = document["resource"]["aws_route53_record"]["this"]
    return body


def found(**sections: Any) -> list[tuple[str, Problem]]:
    region = sections.pop("region", "eu-west-1")
    model = deployment(region, **{"access": OPEN, **sections})
    return [(rule.id, problem) for rule in RULES for problem in rule.check(model)]


@pytest.mark.parametrize("checked", [True, False])
@pytest.mark.parametrize("routing", ROUTINGS)
def test_plan_module_and_provider_agree(routing: str, checked: bool) -> None:
    module = planned(routing=routing, health_check={"enabled": checked})
    document = build(construct, module)
    assert problems(document, module) == []
    assert ("aws_route53_health_check" in document["resource"]) is (checked and routing != "simple")
    shape = module.shape
    assert isinstance(shape, Shape)
    assert set(checks(shape).example) >= set(document["variable"]) - {"name"} - {"region"}


def test_there_is_no_record_where_the_spec_has_no_dns() -> None:
    assert plan(deployment()) is None


def test_a_simple_record_is_an_alias_of_the_load_balancer_and_nothing_else() -> None:
    body = record(build(construct, planned()))
    assert body["type"] == "A"
    assert body["alias"] == [{
        "name": "${var.load_balancer_dns_name}",
        "zone_id": "${var.load_balancer_zone_id}",
        "evaluate_target_health": True,
    }]  # fmt: skip
    assert not {"set_identifier", "health_check_id", "ttl", "records", "allow_overwrite"} & set(body)


@pytest.mark.parametrize(
    ("routing", "inputs", "policy"),
    [
        ("failover", {"failover_type": "PRIMARY"}, [{"type": "${var.failover_type}"}]),
        ("latency", {"region": "eu-west-1"}, [{"region": "${var.region}"}]),
        ("weighted", {"weight": 7}, [{"weight": "${var.weight}"}]),
    ],
)
def test_a_record_of_a_group_says_who_it_is_and_when_it_is_chosen(
    routing: str, inputs: dict[str, Any], policy: list[dict[str, str]]
) -> None:
    module = planned(routing=routing, weight=7)
    assert {name: module.inputs[name] for name in inputs} == inputs
    assert module.inputs["set_identifier"] == "cap-production-eu-west-1"
    body = record(build(construct, module))
    assert body[f"{routing}_routing_policy"] == policy
    assert body["health_check_id"] == "${aws_route53_health_check.this.id}"
    assert [name for name in body if name.endswith("_routing_policy")] == [f"{routing}_routing_policy"]


def test_regions_of_a_pair_share_the_module_and_differ_in_what_they_are() -> None:
    primary, standby = (planned(region, routing="failover") for region in ("eu-west-1", "eu-central-1"))
    assert primary.shape == standby.shape
    assert (primary.inputs["failover_type"], standby.inputs["failover_type"]) == ("PRIMARY", "SECONDARY")


def test_a_primary_that_was_replaced_has_no_record_so_that_it_gets_no_clients_back() -> None:
    recovery = {"primary_region": "eu-west-1", "promoted": True}
    primary = deployment("eu-west-1", dns={**ZONE, "routing": "failover"}, disaster_recovery=recovery)
    assert plan(primary) is None
    assert argument(outputs_of(primary)[0].value) == "${module.load_balancer.url}"
    standby = deployment("eu-central-1", dns={**ZONE, "routing": "failover"}, disaster_recovery=recovery)
    taken_over = plan(standby)
    assert taken_over is not None
    assert taken_over.inputs["failover_type"] == "SECONDARY"
    assert plan(deployment("eu-west-1", dns={**ZONE, "routing": "weighted"}, disaster_recovery=recovery)) is not None


@pytest.mark.parametrize(
    ("balancer", "type", "port", "sni"),
    [({}, "HTTP", 80, None), ({"certificate_arn": CERTIFICATE}, "HTTPS", 443, True)],
)
def test_the_check_asks_the_load_balancer_itself_as_clients_do(
    balancer: dict[str, str], type: str, port: int, sni: bool | None
) -> None:
    dns = {**ZONE, "routing": "latency", "health_check": {"path": "/health", "request_interval": 10}}
    module = plan(deployment(dns=dns, load_balancer=balancer))
    assert module is not None
    check = build(construct, module)["resource"]["aws_route53_health_check"]["this"]
    assert (check["type"], check["port"], check.get("enable_sni")) == (type, port, sni)
    assert check["fqdn"] == "${var.load_balancer_dns_name}"
    assert check["lifecycle"] == {"create_before_destroy": True}
    assert module.inputs["health_check"] == {"failure_threshold": 3, "path": "/health", "request_interval": 10}


def test_the_zone_is_looked_up_so_that_a_name_outside_of_it_is_refused() -> None:
    document = build(construct, planned())
    (condition,) = document["data"]["aws_route53_zone"]["this"]["lifecycle"]["postcondition"]
    assert "endswith(var.record_name" in condition["condition"]
    assert record(document)["zone_id"] == "${data.aws_route53_zone.this.zone_id}"


def test_a_zone_of_another_account_has_a_provider_of_its_own() -> None:
    role = {"role_arn": "arn:aws:iam::210987654321:role/dns"}
    assert planned(assume_role=role).provider == "dns"
    assert planned().provider is None


@pytest.mark.parametrize(
    ("name", "balancer", "url"),
    [
        ("app.example.com", {}, "http://${module.dns.fqdn}"),
        ("app.example.com", {"certificate_arn": CERTIFICATE}, "https://${module.dns.fqdn}"),
        ("*.example.com", {}, "${module.load_balancer.url}"),
    ],
)
def test_the_web_url_is_that_of_the_name(name: str, balancer: dict[str, str], url: str) -> None:
    found = outputs_of(deployment(dns={**ZONE, "name": name}, load_balancer=balancer))
    assert (found[0].name, argument(found[0].value)) == ("agent_web_url", url)
    assert len(found) == 10


@pytest.mark.parametrize(
    ("sections", "rules"),
    [
        ({"dns": ZONE, "load_balancer": {"internal": True}, "access": {}}, []),
        ({"dns": {**ZONE, "routing": "latency"}, "load_balancer": {"internal": True}}, ["dns-internal-load-balancer"]),
        ({"dns": {**ZONE, "routing": "latency"}, "access": {}}, ["dns-checkers-let-in"]),
        ({"dns": {**ZONE, "routing": "latency"}, "access": {"web_cidrs": ["8.8.8.0/24"]}}, ["dns-checkers-let-in"]),
        ({"dns": {**ZONE, "routing": "latency", "health_check": {"enabled": False}}, "access": {}}, []),
        ({"dns": {**ZONE, "routing": "failover"}}, ["dns-failover-primary"]),
        ({"dns": ZONE, "region": "us-gov-west-1"}, ["dns-partition"]),
        ({"dns": ZONE, "region": "cn-north-1"}, []),
    ],
)
def test_rules(sections: dict[str, Any], rules: list[str]) -> None:
    assert [rule for rule, _ in found(**sections)] == rules


@pytest.mark.parametrize(
    ("dns", "recovery", "path"),
    [
        ({"routing": "latency"}, {}, ("dns", "routing")),
        ({"routing": "weighted"}, {}, ("dns", "weight")),
        ({"routing": "weighted", "weight": 0}, {}, None),
        ({"routing": "latency"}, {"promoted": True}, None),
        ({"routing": "latency"}, {"database_replica": False}, None),
        ({"routing": "failover"}, {}, None),
    ],
)
def test_a_standby_that_cannot_write_gets_no_share(
    dns: dict[str, Any], recovery: dict[str, Any], path: tuple[str, ...] | None
) -> None:
    told = found(
        region="eu-central-1", dns={**ZONE, **dns}, disaster_recovery={"primary_region": "eu-west-1", **recovery}
    )
    assert [problem.path for _, problem in told] == ([] if path is None else [path])
