"""The AWS names that are composed from a deployment's name. The guide fixes most of them."""

from dataclasses import dataclass

from capgen.model.regional import RegionalDeployment

HASH_LENGTH = 8
"""Hexadecimal digits that make a bucket name unique per account and region; Terraform computes them."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """Composed names. IAM is global, so its names carry the region; a bucket's prefix is followed by eight digits."""

    load_balancer: str
    task_security_group: str
    cluster: str
    service: str
    task_family: str
    log_group: str
    flow_log_group: str
    database: str
    file_system: str
    database_secret: str
    deploy_user_secret: str
    deploy_user_stack: str
    key_alias: str
    snapshot_bucket_prefix: str
    access_log_bucket_prefix: str
    snapshot_script_function: str
    task_execution_role: str
    task_role: str
    snapshot_script_role: str
    database_monitoring_role: str
    snapshot_replication_role: str
    flow_log_role: str
    deploy_user: str
    deploy_role: str


def names_of(deployment: RegionalDeployment) -> Names:
    """Compose every name of a region."""
    name, regional = deployment.name, f"{deployment.name}-{deployment.region}"
    return Names(
        load_balancer=f"{name}-alb",
        task_security_group=f"{name}-task",
        cluster=f"{name}-cluster",
        service=f"{name}-svc",
        task_family=name,
        log_group=f"/ecs/{name}",
        flow_log_group=f"/vpc/{name}",
        database=f"{name}-db",
        file_system=f"{name}-files",
        database_secret=f"{name}/database",
        deploy_user_secret=f"{name}/deploy-user-credentials",
        deploy_user_stack=f"{name}-deploy-user-credentials",
        key_alias=f"alias/{name}",
        snapshot_bucket_prefix=f"{name}-snapshots-",
        access_log_bucket_prefix=f"{name}-access-logs-",
        snapshot_script_function=f"{name}-snapshot-script",
        task_execution_role=f"{regional}-task-execution",
        task_role=f"{regional}-task",
        snapshot_script_role=f"{regional}-snapshot-script",
        database_monitoring_role=f"{regional}-db-monitoring",
        snapshot_replication_role=f"{regional}-snapshot-replication",
        flow_log_role=f"{regional}-flow-logs",
        deploy_user=f"{regional}-deploy",
        deploy_role=f"{regional}-deploy",
    )
