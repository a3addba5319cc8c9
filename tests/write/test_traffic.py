"""What the runbook tells about the name: commands that name the right record, and nothing where there is no record."""

from typing import Any

import pytest

from capgen.write.template import template
from capgen.write.traffic import traffic_of
from tests.components.models import deployment

DNS = {"zone_id": "Z0123456789ABCDEFGHIJ", "name": "app.example.com"}


def told(region: str = "eu-west-1", recovery: dict[str, Any] | None = None, **dns: Any) -> str:
    sections: dict[str, Any] = {"disaster_recovery": recovery} if recovery else {}
    model = deployment(region, dns={**DNS, **dns}, **sections)
    names = {"cluster": "cap-cluster", "service": "cap-svc"}
    text: str = template("traffic.md.j2").render(
        deployment=model, names=names, traffic=traffic_of(model), cli=f"--region {region}"
    )
    return text


def test_there_is_nothing_to_tell_without_a_name() -> None:
    assert traffic_of(deployment()) is None


def test_a_simple_name_is_not_checked() -> None:
    text = told()
    assert "It leads to this region's load balancer." in text
    assert "health-check" not in text
    assert "Send clients elsewhere" not in text


@pytest.mark.parametrize("region", ["eu-west-1", "eu-central-1"])
def test_failover_turns_on_the_primarys_check_in_both_runbooks(region: str) -> None:
    text = told(region, {"primary_region": "eu-west-1"}, routing="failover")
    assert "[?SetIdentifier=='cap-production-eu-west-1']" in text
    assert ("This region is the primary." in text) is (region == "eu-west-1")
    assert "it takes 150 seconds or more" in text
    assert "--disabled --inverted" in text


def test_a_primary_that_was_replaced_has_no_record_to_tell_of() -> None:
    recovery = {"primary_region": "eu-west-1", "promoted": True}
    text = told("eu-west-1", recovery, routing="failover")
    assert "has no record for `app.example.com` any more" in text
    assert "aws route53" not in text
    assert "It leads to this region, which has taken over." in told("eu-central-1", recovery, routing="failover")


@pytest.mark.parametrize("health_check", [{}, {"enabled": False}])
def test_a_region_that_took_over_asks_for_its_own_check_and_has_no_other_to_send_clients_to(
    health_check: dict[str, Any],
) -> None:
    recovery = {"primary_region": "eu-west-1", "promoted": True}
    text = told("eu-central-1", recovery, routing="failover", health_check=health_check)
    assert ("[?SetIdentifier=='cap-production-eu-central-1']" in text) is (not health_check)
    assert ("The health of this region" in text) is (not health_check)
    assert "cap-production-eu-west-1" not in text
    assert "sent elsewhere" not in text
    assert "Send clients elsewhere" not in text


def test_a_region_is_drained_by_its_weight() -> None:
    assert "Set `regions.eu-west-1.dns.weight: 0`" in told(routing="weighted")
    unchecked = told(routing="weighted", health_check={"enabled": False})
    assert "Set `regions.eu-west-1.dns.weight: 0`" in unchecked
    assert "update-health-check" not in unchecked


def test_without_a_check_a_region_of_latency_is_drained_by_its_tasks() -> None:
    text = told(routing="latency", health_check={"enabled": False})
    assert "--service cap-svc --desired-count 0" in text
    assert "update-health-check" not in text


def test_a_wildcard_is_asked_for_as_route_53_spells_it() -> None:
    text = told(name="*.example.com")
    assert r"Name=='\\052.example.com.'" in text
    assert "http://any.example.com/" in text


def test_the_zone_of_another_account_needs_its_credentials() -> None:
    role = "arn:aws:iam::210987654321:role/dns"
    assert f"need the credentials of `{role}`" in told(assume_role={"role_arn": role})
