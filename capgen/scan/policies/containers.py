"""What a container may do to its host, what it knows, and what is known of it.

CKV_AWS_334 and CKV_AWS_335 are meant to find privileged containers and host namespaces, but look for keys that a task
definition does not have.
"""

from collections.abc import Callable

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Body, Policy, Subject, all_hold, is_unknown, nested, switch
from capgen.validate.secret_names import is_literal, names_a_secret

_TASK = ("aws_ecs_task_definition",)
_CONTAINERS = ("container_definitions",)

#: What Fargate lets a task add, so that it can trace its own processes.
_HARMLESS = frozenset({"SYS_PTRACE"})


def _every(holds: Callable[[Body], bool | None]) -> Callable[[Subject], bool | None]:
    def all_containers_hold(subject: Subject) -> bool | None:
        containers = subject.body.get("container_definitions", [])
        if not isinstance(containers, list):
            return None
        return all_hold(holds(each) if isinstance(each, dict) else None for each in containers)

    return all_containers_hold


def _is_unprivileged(container: Body) -> bool | None:
    privileged = switch(container.get("privileged"))
    return None if privileged is None else not privileged


def _has_plain_environment(container: Body) -> bool | None:
    variables = container.get("environment") or []
    if not isinstance(variables, list) or not all(isinstance(each, dict) for each in variables):
        return None
    pairs = ((str(variable.get("name")), variable.get("value")) for variable in variables)
    return not any(names_a_secret(name) and is_literal(value, name) for name, value in pairs)


def _has_pinned_image(container: Body) -> bool | None:
    image = str(container.get("image"))
    if "@sha256:" in image:
        return True
    _, _, tag = image.rpartition("/")[2].partition(":")
    return tag != "latest" and (True if tag and not is_unknown(tag) else None if is_unknown(image) else False)


def _is_logged(container: Body) -> bool | None:
    settings = container.get("logConfiguration")
    return None if is_unknown(settings) else isinstance(settings, dict) and bool(settings.get("logDriver"))


def _stays_inside(subject: Subject) -> bool | None:
    modes = [subject.body.get(name) for name in ("network_mode", "pid_mode", "ipc_mode")]
    paths = [block.get("host_path") for block in nested(subject.body, "volume")]
    host = [None if is_unknown(mode) else mode != "host" for mode in modes]
    return all_hold([*host, *(not path for path in paths), _every(_adds_no_power)(subject)])


def _adds_no_power(container: Body) -> bool | None:
    linux = container.get("linuxParameters") or {}
    if not isinstance(linux, dict):
        return None
    added = (linux.get("capabilities") or {}).get("add") or []
    return not linux.get("devices") and {str(each).upper() for each in added} <= _HARMLESS


POLICIES = (
    Policy(
        id="CAPGEN_5",
        title="Ensure no container is privileged",
        severity=FindingSeverity.HIGH,
        rationale="A privileged container is root on its host. Whoever breaks into it owns the host, every other "
        "container there and the credentials of the instance.",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
        fix="Remove privileged from the container definition; Fargate refuses it.",
        spec="agent",
        types=_TASK,
        arguments=_CONTAINERS,
        holds=_every(_is_unprivileged),
    ),
    Policy(
        id="CAPGEN_6",
        title="Ensure no secret stands in a container's environment",
        severity=FindingSeverity.HIGH,
        rationale="A task definition can be read with ecs:DescribeTaskDefinition, is kept in all its revisions, and "
        "shows the environment to everyone who may look at the console. A secret there is a secret shared.",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
        fix="Keep the value in Secrets Manager and name it in agent.secrets.",
        spec="agent.secrets",
        types=_TASK,
        arguments=_CONTAINERS,
        holds=_every(_has_plain_environment),
    ),
    Policy(
        id="CAPGEN_7",
        title="Ensure the image has a version",
        severity=FindingSeverity.MEDIUM,
        rationale="What latest means changes without a review and without a plan. The next task that starts, perhaps "
        "at night after a failure, runs something else than the ones beside it, and no rollback brings back the old.",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html",
        fix="Name a version or a digest in agent.image: what latest means changes without a review.",
        spec="agent.image",
        types=_TASK,
        arguments=_CONTAINERS,
        holds=_every(_has_pinned_image),
    ),
    Policy(
        id="CAPGEN_10",
        title="Ensure no container reaches its host",
        severity=FindingSeverity.HIGH,
        rationale="Added Linux capabilities, devices, a host's directories and its namespaces are ways out of a "
        "container. With one of them a break-in does not end at the container's wall.",
        link="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html",
        fix="Take the capabilities, devices, host paths and host modes out of the task definition.",
        spec="agent",
        types=_TASK,
        arguments=("container_definitions", "network_mode", "pid_mode", "ipc_mode", "volume"),
        holds=_stays_inside,
    ),
    Policy(
        id="CAPGEN_22",
        title="Ensure every container writes its log somewhere",
        severity=FindingSeverity.MEDIUM,
        rationale="Without a log configuration, what a container writes is gone with the task. After a crash or a "
        "break-in there is nothing to read.",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
        fix="Give each container a logConfiguration, as capgen does with the log group of logs.",
        spec="logs",
        types=_TASK,
        arguments=_CONTAINERS,
        holds=_every(_is_logged),
    ),
)
