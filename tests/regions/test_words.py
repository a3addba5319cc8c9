"""Reports name hosts as they are in the region's partition."""

import pytest

from capgen.permissions.words.principals import service

SUFFIX = "${data.aws_partition.current.dns_suffix}"


@pytest.mark.parametrize(
    ("region", "suffix"),
    [
        ("eu-west-1", "amazonaws.com"),
        ("us-gov-west-1", "amazonaws.com"),
        ("cn-north-1", "amazonaws.com.cn"),
        ("eusc-de-east-1", "amazonaws.eu"),
        ("cn-south-9", "amazonaws.com.cn"),
    ],
)
def test_the_principal_of_a_service_has_its_regions_suffix(region: str, suffix: str) -> None:
    assert service(f"logs.{region}.{SUFFIX}") == f"CloudWatch Logs of {region} (logs.{region}.{suffix})"


def test_a_principal_without_a_region_is_the_same_everywhere() -> None:
    assert service("ecs-tasks.amazonaws.com") == "ECS tasks (ecs-tasks.amazonaws.com)"
