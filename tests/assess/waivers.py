"""Findings, waivers and regions, made for a test."""

from datetime import date
from typing import Any

from capgen.assess import RegionAssessment, Terms
from capgen.diagnostics import Diagnostic, Location
from capgen.findings import Finding, FindingSeverity, Waiver
from tests.terms import TODAY

LATER = date(2030, 1, 1)


def finding(address: str, check: str = "CKV_AWS_260") -> Finding:
    return Finding(check=check, severity=FindingSeverity.HIGH, message="", address=address, file="main.tf.json", line=1,
                   fix="", spec_path="access")  # fmt: skip


def waiver(resource: str = "*", check: str = "CKV_AWS_260", expires: date | None = LATER, **rest: Any) -> Waiver:
    return Waiver(check=check, resource=resource, owner="platform", reason="It is public.", expires=expires,
                  place=Location("cap.yaml", 7, 5), **rest)  # fmt: skip


def region(
    *findings: Finding, carried: tuple[Waiver, ...] = (), name: str = "shop/eu-west-1", broken: bool = False
) -> RegionAssessment:
    deployment, _, code = name.partition("/")
    diagnostics = (Diagnostic(rule="scan-parse", message="no JSON"),) if broken else ()
    return RegionAssessment(name=name, deployment=deployment, region=code, findings=findings, carried=carried,
                            diagnostics=diagnostics)  # fmt: skip


def terms(*shared: Waiver, today: date = TODAY) -> Terms:
    return Terms(today=today, waivers=shared)
