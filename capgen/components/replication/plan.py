"""What the replication module is given."""

from dataclasses import dataclass

from capgen.model.names import names_of
from capgen.model.recovery import copying, role
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Remote, Value, outputs, remote_outputs, root

_PROVIDER = "primary"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What is replicated, and whether customer managed keys encrypt the snapshots on both sides."""

    files: bool
    snapshots: bool
    customer_managed_key: bool


def plan(deployment: RegionalDeployment) -> ModulePlan | None:
    """Pass where data comes from and where it goes; None where nothing is replicated to this region."""
    recovery, primary = copying(deployment), deployment.counterpart
    if recovery is None or primary is None or role(deployment) != "standby":
        return None
    shape = Shape(
        files=recovery.file_replication,
        snapshots=recovery.snapshot_replication,
        customer_managed_key=recovery.snapshot_replication and deployment.encryption.customer_managed_key,
    )
    if not (shape.files or shape.snapshots):
        return None
    inputs: dict[str, Value] = {}
    if shape.files:
        inputs |= _files(deployment, primary.region)
    if shape.snapshots:
        inputs |= _snapshots(deployment, primary.region)
    if shape.customer_managed_key:
        inputs |= _keys(deployment, primary.region)
    return ModulePlan(component="replication", shape=shape, inputs=inputs, provider=_PROVIDER)


def _files(deployment: RegionalDeployment, primary: str) -> dict[str, Value]:
    return {
        "destination_file_system_id": outputs.FILE_SYSTEM_ID,
        "destination_region": deployment.region,
        "source_file_system_id": Remote(primary, remote_outputs.FILE_SYSTEM_ID),
    }


def _snapshots(deployment: RegionalDeployment, primary: str) -> dict[str, Value]:
    return {
        "destination_bucket_arn": outputs.SNAPSHOT_BUCKET_ARN,
        "partition": root.PARTITION,
        "permissions_boundary": deployment.identity.permissions_boundary,
        "role_name": names_of(deployment).snapshot_replication_role,
        "snapshot_prefix": deployment.snapshots.prefix,
        "source_bucket_name": Remote(primary, remote_outputs.SNAPSHOT_BUCKET_NAME),
    }


def _keys(deployment: RegionalDeployment, primary: str) -> dict[str, Value]:
    return {
        "destination_kms_key_arn": outputs.KMS_KEY_ARN,
        "destination_region": deployment.region,
        "dns_suffix": root.DNS_SUFFIX,
        "source_kms_key_arn": Remote(primary, remote_outputs.KMS_KEY_ARN),
        "source_region": primary,
    }
