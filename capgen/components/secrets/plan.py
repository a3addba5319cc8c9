"""What the secrets module is given."""

from dataclasses import dataclass
from typing import Literal

from capgen.model.names import names_of
from capgen.model.recovery import hands_on_secret, reads_replica_of_secret
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Value, outputs, root

_RECOVERY_WINDOW, _SHORTEST_WINDOW = 30, 7


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Where the password comes from: AWS makes it, the operator hands it over, or a secret holds it.

    The secret is an existing one, or the replica of the primary region's. `replicated`: ours has a replica elsewhere.
    """

    source: Literal["generated", "variable", "secret", "replica"]
    replicated: bool


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass what the secret is made of, or which existing one to read."""
    password = deployment.database.password
    if reads_replica_of_secret(deployment):
        inputs: dict[str, Value] = {"secret_name": names_of(deployment).database_secret}
        return ModulePlan(component="secrets", shape=Shape(source="replica", replicated=False), inputs=inputs)
    replicated = hands_on_secret(deployment)
    if password.source == "secret":
        inputs = {"secret_arn": password.secret_arn, "secret_key": password.secret_key}
    else:
        inputs = {**_own_secret(deployment), **(_replicas(deployment) if replicated else {})}
    return ModulePlan(component="secrets", shape=Shape(source=password.source, replicated=replicated), inputs=inputs)


def _replicas(deployment: RegionalDeployment) -> dict[str, Value]:
    """Name the key of each replica: one that the spec names there, else AWS's own.

    A key that the standby's root makes has no ARN when this root is applied, which is before that one.
    """
    standby = deployment.counterpart
    return {"replica_key_arns": {} if standby is None else {standby.region: standby.kms_key_arn}}


def _own_secret(deployment: RegionalDeployment) -> dict[str, Value]:
    """Keep a deleted secret as long as AWS allows where the database is protected, and not at all where it is not.

    A name that waits for deletion cannot be taken again, and an unprotected deployment is one to destroy and rebuild.
    One with a replica waits, if briefly: AWS removes the replica by and by, and one that outlives its primary cannot
    be deleted before it is promoted.
    """
    database = deployment.database
    unprotected = _SHORTEST_WINDOW if hands_on_secret(deployment) else 0
    inputs: dict[str, Value] = {
        "kms_key_arn": outputs.KMS_KEY_ARN,
        "password_version": database.password.version,
        "recovery_window_in_days": _RECOVERY_WINDOW if database.deletion_protection else unprotected,
        "secret_name": names_of(deployment).database_secret,
        "username": database.username,
    }
    if database.password.source == "variable":
        inputs["database_password"] = root.DATABASE_PASSWORD
    return inputs
