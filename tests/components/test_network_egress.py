"""What the tasks must reach in AWS, and what the rules say where nothing leads there."""

from typing import Any

import pytest

from capgen.components.network.egress import routes, services
from capgen.components.network.rules import RULES
from capgen.diagnostics import Severity
from capgen.model.rule import Problem
from tests.components.models import deployment

MARKETPLACE = {"image": "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:1.0.0"}
ECR = ["ecr.api", "ecr.dkr", "s3"]
ALWAYS = ["secretsmanager", "logs"]
EXEC = ["ssmmessages", "kms"]
ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:licence-AbCdEf"


def needed(region: str = "eu-west-1", **sections: Any) -> list[str]:
    values = deployment(region, **sections)
    return [routes(values).endpoint(one) for one in services(values)]


def found(rule: str, **sections: Any) -> list[Problem]:
    check = next(each.check for each in RULES if each.id == f"network-{rule}")
    return list(check(deployment(**sections)))


def test_the_services_of_a_task_in_the_order_of_its_life() -> None:
    assert needed() == [*ECR, *ALWAYS, *EXEC]


@pytest.mark.parametrize(
    ("sections", "services_needed"),
    [
        ({"agent": {"execute_command": False}}, [*ECR, *ALWAYS]),
        ({"encryption": {"customer_managed_key": False}}, [*ECR, *ALWAYS, "ssmmessages"]),
        (
            {"agent": {"secrets": {"LICENCE": {"secret_arn": ARN}}}},
            [*ECR, "com.amazonaws.eu-central-1.secretsmanager", *ALWAYS, *EXEC],
        ),
        (
            {"database": {"password": {"source": "secret", "secret_arn": ARN}}},
            [*ECR, "com.amazonaws.eu-central-1.secretsmanager", "logs", *EXEC],
        ),
        (
            {"agent": MARKETPLACE},
            [*(f"com.amazonaws.us-east-1.{one}" for one in ECR), *ALWAYS, *EXEC, "metering-marketplace"],
        ),
        (
            {"agent": MARKETPLACE, "region": "ca-west-1"},
            [*(f"com.amazonaws.us-east-1.{one}" for one in ECR), *ALWAYS, *EXEC],
        ),
    ],
)
def test_a_task_needs_what_it_uses(sections: dict[str, Any], services_needed: list[str]) -> None:
    assert needed(**sections) == services_needed


@pytest.mark.parametrize("snapshots", [{"gold_master_key": "gold/a.zip"}, {"task_capture": True, "prefix": "gold/"}])
def test_an_image_from_elsewhere_leaves_s3_to_the_snapshots(snapshots: dict[str, Any]) -> None:
    image = {"image": "registry.example.com/cap/agent:1"}
    assert "s3" not in needed(agent=image)
    assert needed(agent=image, snapshots=snapshots)[-1] == "s3"


def test_an_address_of_its_own_or_nat_is_a_way_to_everything() -> None:
    for network in ({"assign_public_ip": True}, {"nat_gateway": True}, {"nat_gateway": True, "vpc_endpoints": ["s3"]}):
        for agent in ({}, MARKETPLACE):
            assert not [one for rule in RULES for one in rule.check(deployment(network=network, agent=agent))]


def test_all_endpoints_are_a_way_to_everything() -> None:
    endpoints = [*ECR, *ALWAYS, *EXEC]
    assert not [one for rule in RULES for one in rule.check(deployment(network={"vpc_endpoints": endpoints}))]


@pytest.mark.parametrize("missing", [*ECR, *ALWAYS, *EXEC])
def test_each_missing_endpoint_is_one_error_that_says_what_fails(missing: str) -> None:
    endpoints = [one for one in (*ECR, *ALWAYS, *EXEC) if one != missing]
    (problem,) = found("vpc-endpoints", network={"vpc_endpoints": endpoints})
    assert problem.severity is Severity.ERROR
    assert problem.path == ("network", "vpc_endpoints")
    assert problem.message.startswith(f"there is no VPC endpoint {missing} and no NAT, so ")


def test_a_name_that_is_nearly_right_is_shown() -> None:
    endpoints = [*ECR, "secretmanager", "logs", *EXEC]
    (problem,) = found("vpc-endpoints", network={"vpc_endpoints": endpoints})
    assert problem.hint == 'did you mean "secretsmanager", not "secretmanager"?'


def test_nothing_declared_is_a_warning_that_names_what_is_needed() -> None:
    (problem,) = found("way-to-aws", agent=MARKETPLACE)
    assert problem.severity is Severity.WARNING
    assert problem.allowed is not None
    for name in (*EXEC, *ALWAYS, "com.amazonaws.us-east-1.ecr.api", "metering-marketplace"):
        assert name in problem.allowed


@pytest.mark.parametrize("network", [{"nat_gateway": False}, {"vpc_endpoints": []}])
def test_no_way_at_all_is_one_error(network: dict[str, Any]) -> None:
    (problem,) = [one for rule in RULES for one in rule.check(deployment(network=network))]
    assert problem.severity is Severity.ERROR
    assert problem.message.startswith("the tasks have no way to AWS")
