"""What the secrets module is given."""

from dataclasses import dataclass
from typing import Literal

from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Value, outputs, root

_RECOVERY_WINDOW = 30


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Where the password comes from: AWS makes it, the operator hands it over, or an existing secret holds it."""

    source: Literal["generated", "variable", "secret"]


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass what the secret is made of, or which existing one to read."""
    password = deployment.database.password
    if password.source == "secret":
        inputs: dict[str, Value] = {"secret_arn": password.secret_arn, "secret_key": password.secret_key}
    else:
        inputs = _own_secret(deployment)
    return ModulePlan(component="secrets", shape=Shape(source=password.source), inputs=inputs)


def _own_secret(deployment: RegionalDeployment) -> dict[str, Value]:
    """Keep a deleted secret as long as AWS allows where the database is protected, and not at all where it is not.

    A name that waits for deletion cannot be taken again, and an unprotected deployment is one to destroy and rebuild.
    """
    database = deployment.database
    inputs: dict[str, Value] = {
        "kms_key_arn": outputs.KMS_KEY_ARN,
        "password_version": database.password.version,
        "recovery_window_in_days": _RECOVERY_WINDOW if database.deletion_protection else 0,
        "secret_name": names_of(deployment).database_secret,
        "username": database.username,
    }
    if database.password.source == "variable":
        inputs["database_password"] = root.DATABASE_PASSWORD
    return inputs
