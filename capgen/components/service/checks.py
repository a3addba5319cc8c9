"""What the service module's own test holds it to."""

from capgen.components.service.plan import Shape
from capgen.terraform.checks import Check, Checks
from capgen.terraform.expression import Json

_DEFINITION = "aws_ecs_task_definition.this"
_CONTAINER = f"jsondecode({_DEFINITION}.container_definitions)[0]"
_SERVICE = "aws_ecs_service.this"
_NETWORK = f"{_SERVICE}.network_configuration[0]"
_EXEC = "aws_ecs_cluster.this.configuration[0].execute_command_configuration[0]"
_FILES = (
    'one([for each in aws_ecs_task_definition.this.volume : each if each.name == "files"]).efs_volume_configuration[0]'
)
_BREAKER = f"{_SERVICE}.deployment_circuit_breaker[0]"

_ALWAYS = (
    Check(
        f'{_DEFINITION}.network_mode == "awsvpc" && {_DEFINITION}.requires_compatibilities == toset(["FARGATE"]) '
        f'&& {_SERVICE}.launch_type == "FARGATE"',
        "Tasks must run on Fargate, each with a network interface of its own.",
    ),
    Check(
        f"length(jsondecode({_DEFINITION}.container_definitions)) == 1 && !{_CONTAINER}.privileged "
        f"&& {_CONTAINER}.readonlyRootFilesystem == var.readonly_root_filesystem",
        "The one container must not be privileged, and its root file system as readonly_root_filesystem says.",
    ),
    Check(
        f"[for each in {_CONTAINER}.portMappings : each.containerPort] == [var.web_port, var.management_port]",
        "web_port and management_port must be the only open ports.",
    ),
    Check(
        f"jsonencode({_CONTAINER}.secrets) == jsonencode(var.secrets) "
        f"&& jsonencode({_CONTAINER}.environment) == jsonencode(var.environment)",
        "Secrets must come from Secrets Manager, and nothing but environment may be in plain text.",
    ),
    Check(
        f'{_FILES}.transit_encryption == "ENABLED" && {_FILES}.authorization_config[0].iam == "ENABLED" '
        f"&& {_FILES}.authorization_config[0].access_point_id == var.access_point_id",
        "The file system must be mounted over TLS, with the task role, through the access point.",
    ),
    Check(
        f"{_DEFINITION}.task_role_arn == var.task_role_arn "
        f"&& {_DEFINITION}.execution_role_arn == var.task_execution_role_arn",
        "Tasks must act, and be started, in their own roles.",
    ),
    Check(
        f'{_CONTAINER}.logConfiguration.options["awslogs-group"] == var.log_group_name',
        "The container must log to the agent's log group.",
    ),
    Check(
        f"{_NETWORK}.security_groups == toset([var.security_group_id]) && {_NETWORK}.subnets == toset(var.subnet_ids) "
        f"&& {_NETWORK}.assign_public_ip == var.assign_public_ip",
        "Tasks must be in the subnets and the one security group, with a public address only where asked for.",
    ),
    Check(
        f"{_SERVICE}.enable_execute_command == var.execute_command",
        "ECS Exec may enter the tasks only where execute_command says so.",
    ),
    Check(
        f'{_EXEC}.logging == "OVERRIDE" && {_EXEC}.kms_key_id == var.kms_key_arn '
        f"&& {_EXEC}.log_configuration[0].cloud_watch_log_group_name == var.log_group_name",
        "ECS Exec sessions must be logged, and encrypted with the key.",
    ),
    Check(
        f"{_BREAKER}.enable == var.circuit_breaker.enable && {_BREAKER}.rollback == var.circuit_breaker.rollback "
        f"&& {_SERVICE}.wait_for_steady_state == var.wait_for_steady_state",
        "A rollout must be waited for, stopped and undone as asked for.",
    ),
    Check(
        f"one({_SERVICE}.load_balancer).target_group_arn == var.target_group_arn "
        f"&& one({_SERVICE}.load_balancer).container_port == var.web_port",
        "The load balancer must reach the tasks on web_port.",
    ),
)


def checks(shape: Shape) -> Checks:
    """Hold tasks to what they may reach and what they keep to themselves, and the service to how it rolls out."""
    return Checks(
        example=_example(),
        holds=(*_ALWAYS, *_optional(shape)),
        refused={
            "cpu": 300,
            "ephemeral_storage": 20,
            "management_port": 8080,
            "maximum_percent": 100,
            "memory": 1024,
            "stop_timeout": 121,
        },
    )


def _optional(shape: Shape) -> list[Check]:
    found: list[Check] = []
    if shape.customer_managed_key:
        condition = f"{_EXEC}.log_configuration[0].cloud_watch_encryption_enabled"
        found.append(Check(condition, "What is typed in an ECS Exec session must be logged to an encrypted group."))
    if shape.writable_tmp:
        mounts = f'[for each in {_CONTAINER}.mountPoints : each.containerPath if each.sourceVolume == "tmp"]'
        found.append(Check(f'{mounts} == ["/tmp"]', "/tmp must be a scratch volume."))  # noqa: S108  # in the container
    if shape.versions_rolled_out_externally:
        condition = (
            f"{_SERVICE}.force_new_deployment && {_SERVICE}.triggers.password_version == tostring(var.password_version)"
        )
        found.append(Check(condition, "A new database password must restart the tasks."))
    return found


def _example() -> dict[str, Json]:
    return {
        "access_point_id": "fsap-0a1b2c3d4e5f60718",
        "architecture": "X86_64",
        "assign_public_ip": False,
        "circuit_breaker": {"enable": True, "rollback": True},
        "cpu": 1024,
        "desired_count": 2,
        "environment": [{"name": "CAP_AGENT_NAME", "value": "Agent"}],
        "ephemeral_storage": 50,
        "execute_command": True,
        "file_system_id": "fs-0a1b2c3d4e5f60718",
        "health_check": {"command": ["CMD", "true"], "interval": 30, "retries": 3, "start_period": 60, "timeout": 5},
        "health_check_grace_period_seconds": 120,
        "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/example:1.0.0",
        "maximum_percent": 200,
        "memory": 2048,
        "minimum_healthy_percent": 100,
        "mount_path": "/files",
        "readonly_root_filesystem": True,
        "secrets": [{
            "name": "DB_PASSWORD",
            "valueFrom": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:example-AbCdEf:password::",
        }],
        "stop_timeout": 60,
        "task_execution_role_arn": "arn:aws:iam::123456789012:role/example-task-execution",
        "task_family": "example",
        "task_role_arn": "arn:aws:iam::123456789012:role/example-task",
        "wait_for_steady_state": True,
    }  # fmt: skip
