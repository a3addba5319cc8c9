import json
from pathlib import Path

import pytest

from capgen.model.policy import Waiver
from capgen.scan.finding import Finding, FindingSeverity
from capgen.scan.waivers import apply_waivers, matches, read_waivers

WEB = 'module.security.aws_vpc_security_group_ingress_rule.web["0.0.0.0/0"]'


def finding(address: str, check: str = "CKV_AWS_260") -> Finding:
    return Finding(check=check, severity=FindingSeverity.HIGH, message="", address=address, file="main.tf.json", line=1,
                   fix="", spec_path="access")  # fmt: skip


def waiver(resource: str, check: str = "CKV_AWS_260", reason: str = "It is public.") -> Waiver:
    return Waiver(check=check, resource=resource, reason=reason)


@pytest.mark.parametrize(
    ("resource", "matching"),
    [
        (WEB, True),
        ("*", True),
        ("module.security.*", True),
        ("*.aws_vpc_security_group_ingress_rule.*", True),
        ("*[*]", True),
        ('*["0.0.0.0/0"]', True),
        ('*["0?0.0.0/0"]', False),
        ("*.web", False),
        ("module.security", False),
        ("MODULE.*", False),
        (WEB.replace(".", "x"), False),
        ("module.security.aws_vpc_security_group_ingress_rule.web[0]", False),
        ("", False),
    ],
)
def test_only_a_star_is_a_wildcard(resource: str, matching: bool) -> None:
    assert matches(waiver(resource), finding(WEB)) is matching


def test_brackets_are_literal() -> None:
    assert not matches(waiver("aws_lb.this[01]"), finding("aws_lb.this0"))
    assert matches(waiver("aws_lb.this[01]"), finding("aws_lb.this[01]"))


def test_a_waiver_is_for_one_check() -> None:
    assert not matches(waiver("*", check="CKV_AWS_26"), finding(WEB))


def test_findings_are_split_and_unused_waivers_returned() -> None:
    findings = [finding("aws_lb.a"), finding("aws_lb.b"), finding("aws_lb.a", check="CKV_AWS_2")]
    waivers = [waiver("aws_lb.a", reason="First."), waiver("*.a", reason="Second."), waiver("aws_lb.c")]
    standing, waived, unused = apply_waivers(findings, waivers)
    assert standing == findings[1:]
    assert [(one.address, one.check, one.waiver) for one in waived] == [("aws_lb.a", "CKV_AWS_260", "First.")]
    assert unused == [waivers[2]]


def test_waivers_stand_in_the_root(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text(json.dumps({"waivers": [{"check": "A", "resource": "*", "reason": "B"}]}))
    assert read_waivers(tmp_path, "policy.json") == ([Waiver(check="A", resource="*", reason="B")], [])


def test_there_may_be_no_waivers(tmp_path: Path) -> None:
    assert read_waivers(tmp_path, "policy.json") == ([], [])


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"waivers": 1}', '{"waivers": [1]}', '{"waivers": [{}]}',
     '{"waivers": [{"check": "A", "resource": "*"}]}', '{"waivers": [{"check": "A", "resource": "*", "reason": " "}]}',
     '{"waivers": [{"check": "A", "resource": ["*"], "reason": "B"}]}'],
)  # fmt: skip
def test_waivers_that_can_not_be_read_are_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "policy.json").write_text(text)
    waivers, (diagnostic,) = read_waivers(tmp_path, "eu-west-1/policy.json")
    assert waivers == []
    assert diagnostic.rule == "scan-waivers"
    assert diagnostic.location is not None
    assert diagnostic.location.file == "eu-west-1/policy.json"
