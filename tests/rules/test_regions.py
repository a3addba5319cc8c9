"""A region is one, offers what is used there, and a younger one is let in on purpose only."""

from typing import Any

import pytest

from capgen.diagnostics import Severity
from capgen.region_facts import listed_regions, table_date
from capgen.resources import table
from tests.rules.finding import diagnostics

YOUNG = "ap-central-9"
ALLOWED: dict[str, Any] = {"allow_unlisted_region": True}


def test_every_listed_region_is_known_and_offers_what_a_deployment_uses() -> None:
    regions: dict[str, dict[str, Any]] = {code: {} for code in listed_regions()}
    for rule in ("deployment-known-region", "deployment-unlisted-region", "deployment-region-offers"):
        assert diagnostics(rule, regions) == []


def test_a_region_that_is_not_listed_is_refused_with_the_tables_date_and_the_switch() -> None:
    (found,) = diagnostics("deployment-known-region", {YOUNG: {}})
    assert found.severity is Severity.ERROR
    assert table_date() in found.message
    assert f"regions.{YOUNG}.allow_unlisted_region: true" in str(found.hint)
    assert found.path == ""
    assert found.location is not None


def test_a_misspelt_region_is_told_what_was_meant() -> None:
    (found,) = diagnostics("deployment-known-region", {"eu-wset-1": {}})
    assert 'did you mean "eu-west-1"?' in str(found.hint)


def test_with_the_switch_an_unlisted_region_is_a_warning_that_names_its_partition() -> None:
    assert not diagnostics("deployment-known-region", {YOUNG: ALLOWED})
    (found,) = diagnostics("deployment-unlisted-region", {YOUNG: ALLOWED})
    assert found.severity is Severity.WARNING
    assert "partition aws" in found.message


@pytest.mark.parametrize("region", ["zz-north-1", "xx-nowhere-1"])
def test_a_region_of_no_partition_is_refused_whatever_the_switch_says(region: str) -> None:
    """The provider would leave the partition out of every ARN: tests/regions/test_provider.py."""
    for switch in ({}, ALLOWED):
        (found,) = diagnostics("deployment-known-region", {region: switch})
        assert "nor a partition" in found.message
        assert "allow_unlisted_region" not in str(found.hint)


@pytest.mark.parametrize(
    ("regions", "top", "told"),
    [
        ({"eu-west-1": ALLOWED}, {}, ["eu-west-1"]),
        ({"eu-west-1": {}, "eu-west-2": {}}, ALLOWED, ["eu-west-1, eu-west-2"]),
        ({"eu-west-1": {}, YOUNG: {}}, ALLOWED, []),
        ({"eu-west-1": {}, YOUNG: ALLOWED}, {}, []),
        ({"eu-west-1": {"allow_unlisted_region": False}}, {}, []),
    ],
)
def test_a_switch_that_no_region_needs_is_a_warning(regions: Any, top: Any, told: list[str]) -> None:
    found = diagnostics("deployment-needless-switch", regions, **top)
    assert [each.message.rpartition(" lists ")[2] for each in found] == told
    assert all(each.severity is Severity.WARNING for each in found)


@pytest.mark.parametrize(
    ("service", "top", "path"),
    [
        ("efs", {}, "storage"),
        ("rds", {}, "database"),
        ("ecs", {}, ""),
        ("ecr", {}, "agent.image"),
        ("lambda", {"snapshots": {"publisher": "lambda"}}, "snapshots.publisher"),
        ("cloudformation", {"identity": {"deploy_user": "key"}}, "identity.deploy_user"),
        ("kms", {"encryption": {"customer_managed_key": True}}, "encryption.customer_managed_key"),
        (
            "acm",
            {"load_balancer": {"certificate_arn": "arn:aws:acm:eu-west-1:123456789012:certificate/a"}},
            "load_balancer.certificate_arn",
        ),
        ("route53", {"dns": {"zone_id": "Z1", "name": "app.example.com"}}, "dns"),
    ],
)
def test_a_service_that_the_region_lacks_is_refused_where_it_is_asked_for(
    service: str, top: Any, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = table("aws/region_services.json")["regions"]
    monkeypatch.setitem(offered, "eu-west-1", [each for each in offered["eu-west-1"] if each != service])
    (found,) = diagnostics("deployment-region-offers", {"eu-west-1": {}}, **top)
    assert (found.path, found.severity) == (path, Severity.ERROR)
    assert table_date() in found.message


@pytest.mark.parametrize(
    ("service", "top"),
    [
        ("lambda", {"snapshots": {"publisher": "object"}}),
        ("cloudformation", {"identity": {"deploy_user": "none"}}),
        ("kms", {"encryption": {"customer_managed_key": False}}),
        ("ecr", {"agent": {"image": "example.com/cap/agent:1"}}),
        ("acm", {}),
        ("route53", {}),
    ],
)
def test_a_service_that_is_not_used_is_not_missed(service: str, top: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = table("aws/region_services.json")["regions"]
    monkeypatch.setitem(offered, "eu-west-1", [each for each in offered["eu-west-1"] if each != service])
    assert not diagnostics("deployment-region-offers", {"eu-west-1": {}}, **top)


def test_what_an_unlisted_region_offers_is_not_asked() -> None:
    for rule in ("deployment-region-offers", "database-class-in-region", "service-marketplace-metering"):
        assert not diagnostics(rule, {YOUNG: ALLOWED})
