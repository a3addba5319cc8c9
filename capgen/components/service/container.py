"""The container definition, in the form in which AWS returns it.

Whatever AWS fills in by itself stands here already, and lists are in AWS's order: a definition that reads back
differently registers a new revision, and so replaces every task, at each apply.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
"""

from capgen.components.service.plan import Shape
from capgen.components.service.values import CONTAINER, Shared
from capgen.terraform.expression import Argument, Expr
from capgen.terraform.json_template import json_template
from capgen.terraform.module import Module

FILES_VOLUME = "files"
TMP_VOLUME = "tmp"

_PASSWORD_VERSION_LABEL = "capgen.database-password-version"  # noqa: S105  # the name of a label


def container_definitions(module: Module, shape: Shape, shared: Shared) -> str:
    """Write the JSON of the one container.

    ECS reads secrets when a task starts and never again. The password's version is a label, so that a new password is a
    new revision and reaches the tasks as an ordinary rollout.
    """
    return json_template([{
        "name": CONTAINER,
        "image": module.variable("image", "string", "Container image."),
        "cpu": 0,
        "essential": True,
        "portMappings": _ports(module, shared),
        "environment": module.variable(
            "environment", "list(object({ name = string, value = string }))",
            "Plain environment variables of the container, sorted by name.",
        ),
        "secrets": module.variable(
            "secrets", "list(object({ name = string, valueFrom = string }))",
            "Environment variables that ECS fills from Secrets Manager, sorted by name.",
        ),
        "mountPoints": _mount_points(module, shape),
        "volumesFrom": [],
        "systemControls": [],
        "dockerLabels": {_PASSWORD_VERSION_LABEL: str(shared.password_version)},
        "linuxParameters": {"initProcessEnabled": True},  # reaps what ECS Exec leaves behind
        "privileged": False,
        "readonlyRootFilesystem": module.variable(
            "readonly_root_filesystem", "bool", "Whether the root file system of the container is read-only."
        ),
        "stopTimeout": module.variable(
            "stop_timeout", "number", "Seconds between SIGTERM and SIGKILL when a task stops.",
            validations=[(
                "var.stop_timeout >= 2 && var.stop_timeout <= 120", "stop_timeout must be from 2 to 120 seconds."
            )],
        ),
        "healthCheck": _health_check(module) if shape.health_check else None,
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": shared.log_group_name,
                "awslogs-region": shared.region,
                "awslogs-stream-prefix": CONTAINER,
            },
        },
    }])  # fmt: skip


def _ports(module: Module, shared: Shared) -> Argument:
    management = module.variable(
        "management_port", "number", "Port on which the CAP Console reaches the agent.",
        validations=[("var.management_port != var.web_port", "management_port and web_port must differ.")],
    )  # fmt: skip
    return [_port(shared.web_port), _port(management)]


def _port(port: Expr) -> Argument:
    return {"containerPort": port, "hostPort": port, "protocol": "tcp"}


def _mount_points(module: Module, shape: Shape) -> Argument:
    path = module.variable("mount_path", "string", "Where the container sees the file system.")
    files = _mount_point(FILES_VOLUME, path)
    return [files, _mount_point(TMP_VOLUME, "/tmp")] if shape.writable_tmp else [files]  # noqa: S108


def _mount_point(volume: str, path: str | Expr) -> Argument:
    return {"sourceVolume": volume, "containerPath": path, "readOnly": False}


def _health_check(module: Module) -> Argument:
    check = module.variable(
        "health_check",
        "object({ command = list(string), interval = number, timeout = number, "
        "retries = number, start_period = number })",
        "Command that tells a healthy container, seconds between checks, for one check and after start, and retries.",
    )
    return {
        "command": check["command"],
        "interval": check["interval"],
        "timeout": check["timeout"],
        "retries": check["retries"],
        "startPeriod": check["start_period"],
    }
