"""What the storage module is given."""

from dataclasses import dataclass

from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, outputs


@dataclass(frozen=True, kw_only=True)
class Shape:
    """`protected`: Terraform refuses to destroy or replace the file system."""

    protected: bool


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass what the file system is like."""
    storage, access_point = deployment.storage, deployment.storage.access_point
    return ModulePlan(
        component="storage",
        shape=Shape(protected=storage.deletion_protection),
        inputs={
            "backup_status": "ENABLED" if storage.backup else "DISABLED",
            "directory": access_point.path,
            "directory_permissions": access_point.permissions,
            "gid": access_point.gid,
            "kms_key_arn": outputs.KMS_KEY_ARN,
            "name": names_of(deployment).file_system,
            "performance_mode": storage.performance_mode,
            "security_group_id": outputs.STORAGE_SECURITY_GROUP_ID,
            "subnet_ids": outputs.SUBNET_IDS,
            "throughput_mode": storage.throughput_mode,
            "transition_to_ia": storage.transition_to_ia,
            "uid": access_point.uid,
        },
    )
