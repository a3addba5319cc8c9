"""The load balancer: listeners with and without a certificate, a target group that can be replaced, and its rules."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from capgen.components.load_balancer.construct import construct
from capgen.components.load_balancer.plan import Shape, plan
from capgen.components.load_balancer.rules import RULES
from capgen.model.rule import Problem
from capgen.terraform.module import Document
from tests.components.building import build, problems, write_root
from tests.components.models import deployment
from tests.terraform.fixtures import terraform
from tests.terraform.harness import Terraform

__all__ = ["terraform"]

CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
SHAPES: dict[str, dict[str, Any]] = {
    "http": {"access_logs": False},
    "http and access logs": {},
    "https": {"certificate_arn": CERTIFICATE, "access_logs": False},
    "https and access logs": {"certificate_arn": CERTIFICATE},
}


def module(**section: Any) -> Document:
    return build(construct, plan(deployment(load_balancer=section)))


def resource(document: Document, type: str, label: str) -> dict[str, Any]:
    body: dict[str, Any] = document["resource"][type][label]
    return body


def found(rule: str, **sections: Any) -> list[Problem]:
    check = next(each.check for each in RULES if each.id == f"load_balancer-{rule}")
    return list(check(deployment(**sections)))


@pytest.mark.parametrize("section", SHAPES.values(), ids=SHAPES)
def test_plan_module_and_provider_agree(section: dict[str, Any]) -> None:
    planned = plan(deployment(load_balancer=section))
    assert not problems(build(construct, planned), planned)


def test_the_body_depends_on_certificate_and_access_logs_alone() -> None:
    assert plan(deployment(load_balancer=SHAPES["https"])).shape == Shape(https=True, access_logs=False)
    other = {"internal": True, "idle_timeout": 90, "stickiness": {"enabled": True}, "deletion_protection": False}
    assert module(**other) == module()


def test_without_a_certificate_http_forwards() -> None:
    document = module()
    listeners = document["resource"]["aws_lb_listener"]
    assert set(listeners) == {"http"}
    assert listeners["http"]["default_action"] == [
        {"type": "forward", "target_group_arn": "${aws_lb_target_group.web.arn}"}
    ]
    assert document["output"]["url"]["value"] == "http://${aws_lb.this.dns_name}"
    assert document["output"]["target_group_arn"]["depends_on"] == ["aws_lb_listener.http"]


def test_with_a_certificate_http_redirects_to_https() -> None:
    document = module(certificate_arn=CERTIFICATE)
    http, https = (resource(document, "aws_lb_listener", label) for label in ("http", "https"))
    assert http["default_action"] == [
        {"type": "redirect", "redirect": [{"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}]}
    ]
    assert (https["port"], https["certificate_arn"], https["ssl_policy"]) == (
        443, "${var.certificate_arn}", "${var.ssl_policy}",
    )  # fmt: skip
    assert document["output"]["url"]["value"] == "https://${aws_lb.this.dns_name}"
    assert document["output"]["target_group_arn"]["depends_on"] == ["aws_lb_listener.http", "aws_lb_listener.https"]


def test_access_logs_go_under_the_prefix_that_the_bucket_accepts() -> None:
    assert resource(module(), "aws_lb", "this")["access_logs"] == [
        {"bucket": "${var.access_log_bucket}", "prefix": "load-balancer", "enabled": True}
    ]
    assert "access_logs" not in resource(module(access_logs=False), "aws_lb", "this")


def test_invalid_requests_are_refused() -> None:
    balancer = resource(module(), "aws_lb", "this")
    assert balancer["drop_invalid_header_fields"] is True
    assert balancer["desync_mitigation_mode"] == "defensive"


def test_a_new_target_group_can_stand_beside_the_old_one() -> None:
    document = module()
    group = resource(document, "aws_lb_target_group", "web")
    assert group["name"] == "${local.target_group_name}"
    assert group["lifecycle"] == {"create_before_destroy": True}
    name = document["locals"]["target_group_name"]
    assert name == '${substr(var.name, 0, 25)}-${substr(sha256("${var.vpc_id}/${var.web_port}/HTTP"), 0, 6)}'
    longest = "a" * 25 + "-" + hashlib.sha256(b"vpc-1/8080/HTTP").hexdigest()[:6]
    assert len(longest) == 32


def test_stickiness_and_health_check_are_passed() -> None:
    section = {"stickiness": {"enabled": True}, "health_check": {"path": "/health", "interval": 15, "timeout": 5}}
    inputs = plan(deployment(load_balancer=section)).inputs
    assert inputs["stickiness"] == {"enabled": True, "cookie_duration": 3600}
    assert inputs["health_check"] == {
        "path": "/health", "matcher": "200-499", "interval": 15, "timeout": 5,
        "healthy_threshold": 2, "unhealthy_threshold": 5,
    }  # fmt: skip


def test_a_certificate_of_another_region_is_refused() -> None:
    (problem,) = found("certificate-in-reach", load_balancer={"certificate_arn": CERTIFICATE}, region="eu-west-2")
    assert problem.path == ("load_balancer", "certificate_arn")
    assert "eu-west-1" in problem.message
    assert problem.hint is not None
    assert "regions.eu-west-2" in problem.hint


def test_a_certificate_of_another_account_is_refused() -> None:
    section = {"certificate_arn": CERTIFICATE}
    assert not found("certificate-in-reach", load_balancer=section, account_id="123456789012")
    (problem,) = found("certificate-in-reach", load_balancer=section, account_id="210987654321")
    assert "account 123456789012" in problem.message


def test_a_certificate_kept_in_iam_has_no_region() -> None:
    arn = "arn:aws:iam::123456789012:server-certificate/cap"
    assert not found("certificate-in-reach", load_balancer={"certificate_arn": arn})


@pytest.mark.parametrize(("timeout", "interval", "refused"), [(29, 30, False), (30, 30, True), (31, 30, True)])
def test_a_health_check_ends_before_the_next(timeout: int, interval: int, refused: bool) -> None:
    check = {"timeout": timeout, "interval": interval}
    assert bool(found("health-check-timeout", load_balancer={"health_check": check})) is refused


@pytest.mark.parametrize(
    ("matcher", "refused"),
    [
        ("200", False),
        ("200-499", False),
        ("200,302-304", False),
        ("399-200", True),
        ("200-200", True),
        ("200-300-400", True),
    ],
)
def test_a_matcher_is_codes_and_rising_ranges(matcher: str, refused: bool) -> None:
    assert bool(found("health-check-matcher", load_balancer={"health_check": {"matcher": matcher}})) is refused


def test_the_defaults_break_no_rule() -> None:
    assert not [problem for rule in RULES for problem in rule.check(deployment())]


@pytest.mark.slow
def test_terraform_accepts_every_shape(terraform: Terraform, tmp_path: Path) -> None:
    plans = [plan(deployment(load_balancer=section)) for section in SHAPES.values()]
    write_root(tmp_path, [(build(construct, planned), planned) for planned in plans])
    command = terraform.at(tmp_path)
    command.init().require()
    command.validate().require()
