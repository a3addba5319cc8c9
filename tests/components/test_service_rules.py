"""What the service's rules refuse and warn of, and what they leave in peace."""

from typing import Any

import pytest

from capgen.components.service.rules import RULES
from capgen.diagnostics import Severity
from capgen.model.rule import Problem
from capgen.topology.image import Image
from tests.components.models import deployment

MARKETPLACE = "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:1.0.0"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:licence-AbCdEf"


def found(rule: str, **sections: Any) -> list[Problem]:
    check = next(each.check for each in RULES if each.id == f"service-{rule}")
    return list(check(deployment(**sections)))


def one(rule: str, **sections: Any) -> Problem:
    (problem,) = found(rule, **sections)
    return problem


def test_the_defaults_break_no_rule() -> None:
    assert not [problem for rule in RULES for problem in rule.check(deployment())]


def test_every_rule_has_an_id_of_its_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(("cpu", "memory"), [(256, 512), (256, 2048), (4096, 30720), (8192, 20480), (16384, 122880)])
def test_fargate_offers_these_sizes(cpu: int, memory: int) -> None:
    assert not found("fargate-memory", agent={"cpu": cpu, "memory": memory})


@pytest.mark.parametrize(
    ("cpu", "memory", "nearest"),
    [(256, 3072, 2048), (512, 1536, 2048), (1024, 1024, 2048), (8192, 17408, 16384), (16384, 100000, 98304)],
)
def test_the_message_names_the_memory_that_fits(cpu: int, memory: int, nearest: int) -> None:
    problem = one("fargate-memory", agent={"cpu": cpu, "memory": memory})
    assert (problem.path, problem.value) == (("agent", "memory"), str(memory))
    assert problem.hint == f"{nearest} is the nearest"
    assert problem.allowed is not None
    assert str(nearest) in problem.allowed.split(", ")


def test_web_and_management_need_a_port_each() -> None:
    assert one("distinct-ports", agent={"ports": {"web": 20001}}).path == ("agent", "ports", "management")


def test_exec_and_a_read_only_root_exclude_each_other() -> None:
    assert one("exec-writable-root", agent={"readonly_root_filesystem": True}).severity is Severity.ERROR
    assert not found("exec-writable-root", agent={"readonly_root_filesystem": True, "execute_command": False})


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (["CMD", "curl", "-f", "http://localhost/"], False),
        (["CMD-SHELL", "true"], False),
        (["CMD-SHELL", "curl", "-f"], True),
        (["curl", "-f"], True),
    ],
)
def test_a_health_check_says_how_it_is_run(command: list[str], refused: bool) -> None:
    assert bool(found("health-check-command", agent={"health_check": {"command": command}})) is refused


def test_a_slow_health_check_is_doubtful() -> None:
    check = {"command": ["CMD", "true"], "interval": 10, "timeout": 20}
    assert one("health-check-timeout", agent={"health_check": check}).severity is Severity.WARNING
    assert not found("health-check-timeout", agent={"health_check": check | {"timeout": 10}})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("example.com/cap:1", ("example.com", "1", None)),
        ("example.com:5000/cap/agent", ("example.com:5000", None, None)),
        (f"example.com:5000/cap/agent:1@sha256:{'0' * 64}", ("example.com:5000", "1", f"sha256:{'0' * 64}")),
    ],
)
def test_an_image_is_taken_apart(text: str, parts: tuple[str, str | None, str | None]) -> None:
    image = Image.parse(text)
    assert (image.registry, image.tag, image.digest) == parts


def test_an_image_is_pinned() -> None:
    assert one("image-pinned", agent={"image": "example.com/cap/agent"}).severity is Severity.ERROR
    assert one("image-pinned", agent={"image": "example.com/cap/agent:latest"}).severity is Severity.WARNING
    assert not found("image-pinned", agent={"image": f"example.com/cap/agent:latest@sha256:{'0' * 64}"})
    assert not found("image-pinned", agent={"image": f"example.com/cap/agent@sha256:{'0' * 64}"})


def test_no_role_signs_in_across_partitions() -> None:
    assert one("image-partition", agent={"image": MARKETPLACE}, region="cn-north-1").severity is Severity.ERROR
    assert not found("image-partition", agent={"image": MARKETPLACE}, region="ap-southeast-5")
    china = {"image": "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/cap/agent:1"}
    assert found("image-partition", agent=china)
    assert not found("image-partition", agent=china, region="cn-northwest-1")
    assert "ask the vendor" in str(one("image-partition", agent={"image": MARKETPLACE}, region="us-gov-west-1").hint)
    assert "copy the image" in str(one("image-partition", agent=china).hint)
    assert not found("image-partition", agent={"image": MARKETPLACE}, region="xx-nowhere-1")


@pytest.mark.parametrize(
    ("registry", "meant"),
    [
        ("cn-north-1.amazonaws.com", "cn-north-1.amazonaws.com.cn/"),
        ("eu-west-1.amazonaws.com.cn", "eu-west-1.amazonaws.com/"),
        ("eu-west-1.amazonaws.con", "eu-west-1.amazonaws.com/"),
        ("eusc-de-east-1.amazonaws.com", "eusc-de-east-1.amazonaws.eu/"),
        ("eu-west-11.amazonaws.com", 'did you mean "eu-west-1"'),
    ],
)
def test_a_registry_has_the_suffix_of_its_region(registry: str, meant: str) -> None:
    image = f"123456789012.dkr.ecr.{registry}/cap/agent:1"
    assert meant in str(one("image-registry", agent={"image": image}).hint)


@pytest.mark.parametrize(
    "registry",
    [
        "dkr.ecr.eu-west-1.amazonaws.com",
        "dkr.ecr-fips.us-gov-west-1.amazonaws.com",
        "dkr.ecr.cn-north-1.amazonaws.com.cn",
        "dkr.ecr.eusc-de-east-1.amazonaws.eu",
        "dkr-ecr.eu-west-1.on.aws",
        "dkr-ecr.cn-north-1.on.amazonwebservices.com.cn",
    ],
)
def test_registries_of_every_partition_are_known(registry: str) -> None:
    assert not found("image-registry", agent={"image": f"123456789012.{registry}/cap/agent:1"})


def test_metering_is_not_offered_everywhere() -> None:
    assert one("marketplace-metering", agent={"image": MARKETPLACE}, region="ca-west-1").severity is Severity.WARNING
    assert not found("marketplace-metering", agent={"image": MARKETPLACE})
    assert not found("marketplace-metering", agent={"image": MARKETPLACE}, region="cn-north-1")
    assert not found("marketplace-metering", agent={"image": "example.com/cap/agent:1"}, region="ca-west-1")


@pytest.mark.parametrize(
    ("agent", "path", "claimed_by"),
    [
        (
            {"environment": {"DB_PASSWORD": "x"}},
            ("agent", "environment", "DB_PASSWORD"),
            "agent.variables.database_password",
        ),
        (
            {"secrets": {"DB_USERNAME": {"secret_arn": SECRET}}},
            ("agent", "secrets", "DB_USERNAME"),
            "database_username",
        ),
        (
            {"environment": {"S3_GOLD_MASTER": "x"}},
            ("agent", "environment", "S3_GOLD_MASTER"),
            "snapshots.gold_master_key",
        ),
        (
            {"variables": {"jdbc_url": "S3_GOLD_MASTER"}},
            ("agent", "variables", "jdbc_url"),
            "snapshots.gold_master_key",
        ),
        (
            {"variables": {"jdbc_url": "CAP_AGENT_NAME"}},
            ("agent", "variables", "jdbc_url"),
            "agent.variables.agent_name",
        ),
        (
            {"environment": {"LICENCE": "x"}, "secrets": {"LICENCE": {"secret_arn": SECRET}}},
            ("agent", "secrets", "LICENCE"),
            "agent.environment.LICENCE",
        ),
    ],
)
def test_a_variable_is_given_once(agent: dict[str, Any], path: tuple[str, ...], claimed_by: str) -> None:
    problem = one("variable-given-once", agent=agent)
    assert problem.path == path
    assert claimed_by in problem.message


def test_a_default_name_is_free_once_it_is_renamed() -> None:
    agent = {"environment": {"DB_PASSWORD": "x"}, "variables": {"database_password": "PGPASSWORD"}}
    assert not found("variable-given-once", agent=agent)


def test_a_secret_is_in_the_tasks_region() -> None:
    agent = {"secrets": {"LICENCE": {"secret_arn": SECRET}}}
    assert not found("secret-in-region", agent=agent)
    problem = one("secret-in-region", agent=agent, region="eu-west-2")
    assert problem.path == ("agent", "secrets", "LICENCE", "secret_arn")
    assert problem.allowed == "a secret in eu-west-2"


def test_an_environment_larger_than_a_task_definition_is_refused() -> None:
    assert found("environment-size", agent={"environment": {"A": "é" * 33_000}})
    assert not found("environment-size", agent={"environment": {"A": "e" * 33_000}})


@pytest.mark.parametrize(
    ("count", "minimum", "maximum", "at_least"),
    [
        (1, 100, 200, None),
        (1, 100, 150, "200"),
        (1, 0, 100, None),
        (2, 100, 150, None),
        (4, 90, 110, "125"),
        (0, 90, 110, None),
    ],
)
def test_a_rollout_has_room(count: int, minimum: int, maximum: int, at_least: str | None) -> None:
    rollout = {"minimum_healthy_percent": minimum, "maximum_percent": maximum}
    problems = found("rollout-room", scaling={"desired_count": count}, deployment=rollout)
    assert [problem.allowed for problem in problems] == ([] if at_least is None else [f"at least {at_least}"])
    assert not found("rollout-room", deployment=rollout | {"desired_count_owner": "external"})


@pytest.mark.parametrize(("minimum", "maximum"), [(100, 100), (150, 120)])
def test_no_service_rolls_without_a_margin(minimum: int, maximum: int) -> None:
    rollout = {"minimum_healthy_percent": minimum, "maximum_percent": maximum}
    for owner in ("terraform", "external"):
        problem = one("rollout-room", deployment=rollout | {"desired_count_owner": owner})
        assert problem.allowed == f"more than deployment.minimum_healthy_percent, which is {minimum}"


def test_several_tasks_share_one_agent_name() -> None:
    problem = one("agent-per-task", scaling={"desired_count": 2})
    assert (problem.path, problem.severity) == (("scaling", "desired_count"), Severity.WARNING)
    scaled = one("agent-per-task", deployment={"desired_count_owner": "external"})
    assert scaled.path == ("deployment", "desired_count_owner")
    assert not found("agent-per-task")
