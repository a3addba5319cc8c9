"""What the identity module is given."""

from dataclasses import dataclass
from typing import Literal

from capgen.components.identity.image import ecr_repository
from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Text, Value, outputs, root


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Which principals there are, and which of their statements."""

    customer_managed_key: bool
    ecr_image: bool
    task_capture: bool
    execute_command: bool
    snapshot_script_role: bool
    database_monitoring: bool
    deploy: Literal["key", "role", "none"]


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Choose the principals and pass what their policies name."""
    shape = Shape(
        customer_managed_key=deployment.encryption.customer_managed_key,
        ecr_image=ecr_repository(deployment.agent.image) is not None,
        task_capture=deployment.snapshots.task_capture,
        execute_command=deployment.agent.execute_command,
        snapshot_script_role=deployment.snapshots.publisher == "lambda",
        database_monitoring=deployment.database.monitoring_interval > 0,
        deploy=deployment.identity.deploy_user,
    )
    inputs: dict[str, Value] = {
        "account_id": root.ACCOUNT_ID,
        "partition": root.PARTITION,
        "permissions_boundary": deployment.identity.permissions_boundary,
        "region": deployment.region,
        **_task_roles(deployment),
        **_encryption(shape),
        **_optional_roles(deployment, shape),
        **_deploy(deployment, shape),
    }
    return ModulePlan(component="identity", shape=shape, inputs=inputs)


def _task_roles(deployment: RegionalDeployment) -> dict[str, Value]:
    names = names_of(deployment)
    secret_arns = sorted({secret.secret_arn for secret in deployment.agent.secrets.values()})
    inputs: dict[str, Value] = {
        "access_point_arn": outputs.ACCESS_POINT_ARN,
        "file_system_arn": outputs.FILE_SYSTEM_ARN,
        "log_group_arn": outputs.LOG_GROUP_ARN,
        "secret_arns": [outputs.DATABASE_SECRET_ARN, *secret_arns],
        "snapshot_bucket_arn": outputs.SNAPSHOT_BUCKET_ARN,
        "snapshot_prefix": deployment.snapshots.prefix,
        "task_execution_role_name": names.task_execution_role,
        "task_role_name": names.task_role,
    }
    repository = ecr_repository(deployment.agent.image)
    if repository:
        place = f":ecr:{repository.region}:{repository.account_id}:repository/{repository.name}"
        inputs["image_repository_arn"] = Text(("arn:", root.PARTITION, place))
    return inputs


def _encryption(shape: Shape) -> dict[str, Value]:
    return {"dns_suffix": root.DNS_SUFFIX, "kms_key_arn": outputs.KMS_KEY_ARN} if shape.customer_managed_key else {}


def _optional_roles(deployment: RegionalDeployment, shape: Shape) -> dict[str, Value]:
    names = names_of(deployment)
    inputs: dict[str, Value] = {}
    if shape.snapshot_script_role:
        inputs["snapshot_script_log_group_arn"] = outputs.SNAPSHOT_SCRIPT_LOG_GROUP_ARN
        inputs["snapshot_script_role_name"] = names.snapshot_script_role
    if shape.database_monitoring:
        inputs["database_monitoring_role_name"] = names.database_monitoring_role
    return inputs


def _deploy(deployment: RegionalDeployment, shape: Shape) -> dict[str, Value]:
    if shape.deploy == "none":
        return {}
    names = names_of(deployment)
    inputs: dict[str, Value] = {
        "cluster_name": names.cluster,
        "service_name": names.service,
        "target_group_arn": outputs.TARGET_GROUP_ARN,
    }
    if shape.deploy == "role":
        inputs["deploy_role_name"] = names.deploy_role
        inputs["deploy_role_principals"] = sorted(deployment.identity.deploy_role_principals)
    else:
        inputs["deploy_user_key_serial"] = deployment.identity.deploy_user_key_serial
        inputs["deploy_user_name"] = names.deploy_user
        inputs["deploy_user_secret_name"] = names.deploy_user_secret
        inputs["deploy_user_stack_name"] = names.deploy_user_stack
    return inputs
