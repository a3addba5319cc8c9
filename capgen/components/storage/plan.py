"""What the storage module is given."""

from dataclasses import dataclass

from capgen.model.names import names_of
from capgen.model.recovery import receives_files
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, outputs


@dataclass(frozen=True, kw_only=True)
class Shape:
    """`protected`: Terraform refuses to destroy or replace the file system; `by_zone`: its subnets are created too.

    `overwritten`: it is the destination of a replication, and read-only while there is one.
    """

    protected: bool
    by_zone: bool
    overwritten: bool


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass what the file system is like."""
    storage, access_point = deployment.storage, deployment.storage.access_point
    by_zone = deployment.network.vpc is not None
    subnets = {"subnets_by_zone": outputs.SUBNETS_BY_ZONE} if by_zone else {"subnet_ids": outputs.SUBNET_IDS}
    shape = Shape(
        protected=storage.deletion_protection, by_zone=by_zone, overwritten=receives_files(deployment)
    )  # fmt: skip
    return ModulePlan(
        component="storage",
        shape=shape,
        inputs={
            "backup_status": "ENABLED" if storage.backup else "DISABLED",
            "directory": access_point.path,
            "directory_permissions": access_point.permissions,
            "gid": access_point.gid,
            "kms_key_arn": outputs.KMS_KEY_ARN,
            "name": names_of(deployment).file_system,
            "performance_mode": storage.performance_mode,
            "security_group_id": outputs.STORAGE_SECURITY_GROUP_ID,
            "throughput_mode": storage.throughput_mode,
            "transition_to_ia": storage.transition_to_ia,
            "uid": access_point.uid,
            **subnets,
        },
    )
