"""What the snapshots module is given."""

from dataclasses import dataclass
from typing import Literal

from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Value, outputs, root


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Who names the bucket, whose key encrypts it, and who publishes the helper script."""

    bucket_named: bool
    customer_managed_key: bool
    publisher: Literal["lambda", "object"]


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass the bucket's name or what it is made of, how long snapshots are kept, and where the script goes."""
    snapshots = deployment.snapshots
    shape = Shape(
        bucket_named=snapshots.bucket is not None,
        customer_managed_key=deployment.encryption.customer_managed_key,
        publisher=snapshots.publisher,
    )
    inputs: dict[str, Value] = {
        "access_log_bucket": outputs.ACCESS_LOG_BUCKET,
        "force_destroy": snapshots.force_destroy,
        "helper_script_key": snapshots.helper_script_key,
        "noncurrent_version_expiration_days": snapshots.noncurrent_version_expiration_days,
        **_bucket_name(deployment),
    }
    if shape.customer_managed_key:
        inputs["kms_key_arn"] = outputs.KMS_KEY_ARN
    if shape.publisher == "lambda":
        inputs["function_name"] = names_of(deployment).snapshot_script_function
        inputs["log_retention_in_days"] = deployment.logs.retention_in_days
        inputs["role_arn"] = outputs.SNAPSHOT_SCRIPT_ROLE_ARN
    return ModulePlan(component="snapshots", shape=shape, inputs=inputs)


def _bucket_name(deployment: RegionalDeployment) -> dict[str, Value]:
    if deployment.snapshots.bucket is not None:
        return {"bucket_name": deployment.snapshots.bucket}
    return {
        "account_id": root.ACCOUNT_ID,
        "bucket_prefix": names_of(deployment).snapshot_bucket_prefix,
        "name": deployment.name,
        "region": deployment.region,
    }
