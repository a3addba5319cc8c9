"""What the encryption module is given."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Text, Value, root


@dataclass(frozen=True)
class Shape:
    """Whose key it is: one that the module makes, one that exists, or AWS's own per service."""

    key: Literal["created", "existing", "aws"]


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Choose the key and pass what its policy needs."""
    encryption = deployment.encryption
    if not encryption.customer_managed_key:
        return ModulePlan(component="encryption", shape=Shape("aws"), inputs={})
    if encryption.kms_key_arn is not None:
        return ModulePlan(component="encryption", shape=Shape("existing"), inputs={"key_arn": encryption.kms_key_arn})
    names = names_of(deployment)
    inputs: dict[str, Value] = {
        "account_id": root.ACCOUNT_ID,
        "alias": names.key_alias,
        "deletion_window_in_days": encryption.deletion_window_in_days,
        "dns_suffix": root.DNS_SUFFIX,
        "log_group_arns": [_log_group_arn(deployment, group) for group in _log_groups(deployment)],
        "name": deployment.name,
        "partition": root.PARTITION,
        "region": deployment.region,
    }
    return ModulePlan(component="encryption", shape=Shape("created"), inputs=inputs)


def _log_groups(deployment: RegionalDeployment) -> Iterator[str]:
    """Yield the names, or patterns, of the log groups that are encrypted with the key."""
    names = names_of(deployment)
    yield names.log_group
    yield f"/aws/lambda/{names.snapshot_script_function}"
    yield f"/aws/rds/instance/{names.database}/*"
    if deployment.network.vpc is not None:
        yield names.flow_log_group


def _log_group_arn(deployment: RegionalDeployment, name: str) -> Text:
    return Text(("arn:", root.PARTITION, f":logs:{deployment.region}:", root.ACCOUNT_ID, f":log-group:{name}"))
