"""What the logs module is given."""

from dataclasses import dataclass

from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, outputs, root


@dataclass(frozen=True)
class Shape:
    """The logs module has one form."""


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass the names and how long logs are kept."""
    names = names_of(deployment)
    return ModulePlan(
        component="logs",
        shape=Shape(),
        inputs={
            "account_id": root.ACCOUNT_ID,
            "bucket_prefix": names.access_log_bucket_prefix,
            "force_destroy": deployment.snapshots.force_destroy,
            "kms_key_arn": outputs.KMS_KEY_ARN,
            "log_group_name": names.log_group,
            "partition": root.PARTITION,
            "region": deployment.region,
            "retention_in_days": deployment.logs.retention_in_days,
        },
    )
