"""What the service module is given."""

from dataclasses import asdict, dataclass

from capgen.components.service.environment import environment, secrets
from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Value, outputs

_TMP = "/tmp"  # noqa: S108  # a path in the container


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What the task definition has, whose key encrypts ECS Exec, and what Terraform leaves to others.

    `writable_tmp`: /tmp is a scratch volume, since the root file system is read-only.
    `tasks_scaled_externally`: someone else sets the number of tasks.
    `versions_rolled_out_externally`: someone else chooses the running task definition.
    """

    customer_managed_key: bool
    ephemeral_storage: bool
    health_check: bool
    writable_tmp: bool
    tasks_scaled_externally: bool
    versions_rolled_out_externally: bool


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass the container, the task around it, and the service that runs it."""
    agent, rollout = deployment.agent, deployment.deployment
    shape = Shape(
        customer_managed_key=deployment.encryption.customer_managed_key,
        ephemeral_storage=agent.ephemeral_storage is not None,
        health_check=agent.health_check is not None,
        writable_tmp=agent.readonly_root_filesystem and deployment.storage.mount_path != _TMP,
        tasks_scaled_externally=rollout.desired_count_owner == "external",
        versions_rolled_out_externally=rollout.task_definition_owner == "external",
    )
    inputs = {**_cluster(deployment), **_container(deployment), **_task(deployment), **_service(deployment)}
    return ModulePlan(component="service", shape=shape, inputs=inputs)


def _cluster(deployment: RegionalDeployment) -> dict[str, Value]:
    return {
        "cluster_name": names_of(deployment).cluster,
        "kms_key_arn": outputs.KMS_KEY_ARN,
        "log_group_name": outputs.LOG_GROUP_NAME,
        "region": deployment.region,
    }


def _container(deployment: RegionalDeployment) -> dict[str, Value]:
    agent = deployment.agent
    inputs: dict[str, Value] = {
        "environment": environment(deployment),
        "image": agent.image,
        "management_port": agent.ports.management,
        "mount_path": deployment.storage.mount_path,
        "password_version": deployment.database.password.version,
        "readonly_root_filesystem": agent.readonly_root_filesystem,
        "secrets": secrets(deployment),
        "stop_timeout": agent.stop_timeout,
        "web_port": agent.ports.web,
    }
    if agent.health_check is not None:
        inputs["health_check"] = asdict(agent.health_check)
    return inputs


def _task(deployment: RegionalDeployment) -> dict[str, Value]:
    agent = deployment.agent
    inputs: dict[str, Value] = {
        "access_point_id": outputs.ACCESS_POINT_ID,
        "architecture": agent.architecture,
        "cpu": agent.cpu,
        "file_system_id": outputs.FILE_SYSTEM_ID,
        "memory": agent.memory,
        "task_execution_role_arn": outputs.TASK_EXECUTION_ROLE_ARN,
        "task_family": names_of(deployment).task_family,
        "task_role_arn": outputs.TASK_ROLE_ARN,
    }
    if agent.ephemeral_storage is not None:
        inputs["ephemeral_storage"] = agent.ephemeral_storage
    return inputs


def _service(deployment: RegionalDeployment) -> dict[str, Value]:
    rollout, breaker = deployment.deployment, deployment.deployment.circuit_breaker
    return {
        "assign_public_ip": deployment.network.assign_public_ip,
        # A rollback is part of the circuit breaker: without it nothing ever decides that a rollout failed.
        "circuit_breaker": {"enable": breaker.enable, "rollback": breaker.enable and breaker.rollback},
        "desired_count": deployment.scaling.desired_count,
        "execute_command": deployment.agent.execute_command,
        "health_check_grace_period_seconds": rollout.health_check_grace_period_seconds,
        "maximum_percent": rollout.maximum_percent,
        "minimum_healthy_percent": rollout.minimum_healthy_percent,
        "security_group_id": outputs.TASK_SECURITY_GROUP_ID,
        "service_name": names_of(deployment).service,
        "subnet_ids": outputs.SUBNET_IDS,
        "target_group_arn": outputs.TARGET_GROUP_ARN,
        "wait_for_steady_state": rollout.wait_for_steady_state,
    }
