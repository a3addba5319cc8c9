"""The task definition: how much Fargate gives a task, as whom it acts, and what it mounts."""

from capgen.components.service.container import FILES_VOLUME, TMP_VOLUME, container_definitions
from capgen.components.service.plan import Shape
from capgen.components.service.values import Shared
from capgen.terraform.expression import Argument, Expr
from capgen.terraform.module import Module

_CPU = "256, 512, 1024, 2048, 4096, 8192, 16384"


def task_definition(module: Module, shape: Shape, shared: Shared) -> Expr:
    """Register a revision; the ones before stay, for ECS can roll back only to a revision that is still active.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
    """
    cpu = module.variable(
        "cpu", "number", "CPU units of the task; 1024 are one vCPU.",
        validations=[(f"contains([{_CPU}], var.cpu)", f"cpu must be one of {_CPU}.")],
    )  # fmt: skip
    memory = module.variable(
        "memory", "number", "Memory of the task in MiB.",
        validations=[(
            "var.memory >= 2 * var.cpu && var.memory <= 8 * var.cpu",
            "memory must be 2 to 8 MiB for each CPU unit, in the steps that Fargate offers.",
        )],
    )  # fmt: skip
    return module.resource("aws_ecs_task_definition", "this", {
        "family": module.variable("task_family", "string", "Family of the task definition."),
        "requires_compatibilities": ["FARGATE"],
        "network_mode": "awsvpc",
        "cpu": cpu,
        "memory": memory,
        "runtime_platform": [{
            "operating_system_family": "LINUX",
            "cpu_architecture": module.variable("architecture", "string", "CPU architecture of the image."),
        }],
        "execution_role_arn": module.variable(
            "task_execution_role_arn", "string", "ARN of the role by which ECS pulls the image and reads the secrets."
        ),
        "task_role_arn": module.variable("task_role_arn", "string", "ARN of the role as which the agent acts."),
        "ephemeral_storage": _ephemeral_storage(module) if shape.ephemeral_storage else None,
        "volume": _volumes(module, shape),
        "container_definitions": container_definitions(module, shape, shared),
        "skip_destroy": True,
    })  # fmt: skip


def _ephemeral_storage(module: Module) -> Argument:
    size = module.variable(
        "ephemeral_storage", "number", "Scratch disk of the task in GiB.",
        validations=[(
            "var.ephemeral_storage >= 21 && var.ephemeral_storage <= 200",
            "ephemeral_storage must be from 21 to 200 GiB.",
        )],
    )  # fmt: skip
    return [{"size_in_gib": size}]


def _volumes(module: Module, shape: Shape) -> Argument:
    files = _files(module)
    return [files, {"name": TMP_VOLUME}] if shape.writable_tmp else [files]


def _files(module: Module) -> Argument:
    """Mount the access point over TLS and with the task role. Its own directory is the root, so none is named here.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
    """
    return {
        "name": FILES_VOLUME,
        "efs_volume_configuration": [{
            "file_system_id": module.variable("file_system_id", "string", "ID of the file system."),
            "transit_encryption": "ENABLED",
            "authorization_config": [{
                "access_point_id": module.variable("access_point_id", "string", "ID of the access point."),
                "iam": "ENABLED",
            }],
        }],
    }  # fmt: skip
