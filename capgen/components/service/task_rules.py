"""Rules of the task: what Fargate offers, and what the container may be told."""

from collections.abc import Iterator

from capgen.components.service.tables import memory_sizes
from capgen.diagnostics import Severity
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_COMMANDS = ("CMD", "CMD-SHELL")


def _memory_for_cpu(deployment: RegionalDeployment) -> Iterator[Problem]:
    agent = deployment.agent
    sizes = memory_sizes(agent.cpu)
    if agent.memory not in sizes:
        nearest = min(sizes, key=lambda size: (abs(size - agent.memory), -size))
        yield Problem(
            path=("agent", "memory"),
            message=f"Fargate has no task with {agent.memory} MiB of memory for cpu {agent.cpu}",
            value=str(agent.memory),
            allowed=", ".join(map(str, sizes)),
            hint=f"{nearest} is the nearest",
        )


def _distinct_ports(deployment: RegionalDeployment) -> Iterator[Problem]:
    ports = deployment.agent.ports
    if ports.web == ports.management:
        yield Problem(
            path=("agent", "ports", "management"),
            message=f"web and management traffic cannot both use port {ports.management}",
            value=str(ports.management),
            hint="agent.ports.web is 8080 and agent.ports.management 20001 unless the image was changed",
        )


def _exec_needs_a_writable_root(deployment: RegionalDeployment) -> Iterator[Problem]:
    """The agent of ECS Exec writes to the container's root file system, so AWS supports the two apart only."""
    agent = deployment.agent
    if agent.readonly_root_filesystem and agent.execute_command:
        yield Problem(
            path=("agent", "readonly_root_filesystem"),
            message="ECS Exec does not work with a read-only root file system: no session would ever open",
            value="true",
            hint="set agent.execute_command to false, or agent.readonly_root_filesystem to false",
        )


def _health_check_command(deployment: RegionalDeployment) -> Iterator[Problem]:
    check = deployment.agent.health_check
    if check is not None and check.command[0] not in _COMMANDS:
        yield Problem(
            path=("agent", "health_check", "command", 0),
            message="a health check command begins with the way in which it is run",
            value=check.command[0],
            allowed="CMD for a program and its arguments, CMD-SHELL for one line of shell",
            hint='for example ["CMD-SHELL", "curl -fsS http://localhost:8080/ || exit 1"]',
        )
    elif check is not None and check.command[0] == "CMD-SHELL" and len(check.command) > len(_COMMANDS):
        yield Problem(
            path=("agent", "health_check", "command"),
            message="the shell runs the first line only and takes the others as its arguments",
            value=", ".join(check.command[1:]),
            allowed="CMD-SHELL and one line of shell",
            hint="join the lines to one, or use CMD",
        )


def _health_check_interval(deployment: RegionalDeployment) -> Iterator[Problem]:
    check = deployment.agent.health_check
    if check is not None and check.timeout > check.interval:
        yield Problem(
            path=("agent", "health_check", "timeout"),
            message=f"a check that hangs takes {check.timeout} s, but the next one is due after {check.interval} s",
            value=str(check.timeout),
            allowed=f"at most agent.health_check.interval, which is {check.interval}",
            severity=Severity.WARNING,
        )


_HEALTH_CHECK_LINK = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"

RULES = (
    Rule(
        id="service-fargate-memory",
        title="Fargate offers the memory for the CPU units",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size",
        check=_memory_for_cpu,
    ),
    Rule(
        id="service-distinct-ports",
        title="Web and management have a port each",
        link="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
        check=_distinct_ports,
    ),
    Rule(
        id="service-exec-writable-root",
        title="ECS Exec has a root file system to write to",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-considerations",
        check=_exec_needs_a_writable_root,
    ),
    Rule(
        id="service-health-check-command",
        title="A container health check says how its command is run",
        link=_HEALTH_CHECK_LINK,
        check=_health_check_command,
    ),
    Rule(
        id="service-health-check-timeout",
        title="A container health check is over when the next one is due",
        link=_HEALTH_CHECK_LINK,
        check=_health_check_interval,
    ),
)
