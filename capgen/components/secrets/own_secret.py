"""The deployment's own secret: a JSON object with `username` and `password`."""

from capgen.components.secrets.credentials import Credentials
from capgen.components.secrets.plan import Shape
from capgen.terraform.expression import Argument, Expr
from capgen.terraform.functions import jsondecode
from capgen.terraform.json_template import json_template
from capgen.terraform.module import Module

_PASSWORD_LENGTH = 32

_RDS_PASSWORD = (
    ("length(var.database_password) >= 8 && length(var.database_password) <= 128",
     "database_password must have 8 to 128 characters."),
    ('can(regex("^[!#-.0-?A-~]*$", var.database_password))',
     'database_password must be of printable ASCII characters other than /, ", @ and space.'),
)  # fmt: skip
"""https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"""


_RECOVERY_WINDOW = (
    "var.recovery_window_in_days == 0 || (var.recovery_window_in_days >= 7 && var.recovery_window_in_days <= 30)",
    "recovery_window_in_days must be 0, or from 7 to 30.",
)


def own_secret(module: Module, shape: Shape) -> Credentials:
    """Write the password by a write-only argument, and read it back as an ephemeral value.

    Reading back, rather than handing on what was written, gives the database what the secret holds even where an apply
    stopped between the two. A new password is written when `password_version` changes and at no other time.
    https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
    """
    secret = _secret(module, shape)
    version = module.resource("aws_secretsmanager_secret_version", "this", {
        "secret_id": secret["id"],
        "secret_string_wo": json_template({
            "username": module.variable("username", "string", "Master user name of the database."),
            "password": _generated(module) if shape.source == "generated" else _handed_over(module),
        }),
        "secret_string_wo_version": module.variable(
            "password_version", "number", "Version of the password. Raising it writes a new one.",
            validations=[("var.password_version >= 1", "password_version must be 1 or more.")],
        ),
    })  # fmt: skip
    stored = module.ephemeral("aws_secretsmanager_secret_version", "this", {
        "secret_id": version["secret_id"],
        "version_id": version["version_id"],
    })  # fmt: skip
    return Credentials(
        secret_arn=secret["arn"], ready=(version,), password=jsondecode(stored["secret_string"])["password"]
    )


def _secret(module: Module, shape: Shape) -> Expr:
    return module.resource("aws_secretsmanager_secret", "this", {
        "name": module.variable("secret_name", "string", "Name of the secret."),
        "description": "Master user of the database",
        "kms_key_id": module.variable(
            "kms_key_arn", "string", "ARN of the key that encrypts the secret; null for AWS's own.", nullable=True
        ),
        "recovery_window_in_days": module.variable(
            "recovery_window_in_days", "number",
            "Days that a deleted secret can be restored, and its name not be taken again; 0 deletes it at once.",
            validations=[_RECOVERY_WINDOW],
        ),
        "dynamic": _replicas(module) if shape.replicated else None,
    })  # fmt: skip


def _replicas(module: Module) -> Argument:
    """Replicate the secret to other regions. A replica has the secret's name, contents and tags, and its own key.

    https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
    """
    keys = module.variable(
        "replica_key_arns", "map(string)",
        "ARN of the key that encrypts the replica, by the region of the replica; null for AWS's own.",
    )  # fmt: skip
    return {"replica": [{
        "for_each": keys,
        "content": {"region": "${replica.key}", "kms_key_id": "${replica.value}"},
    }]}  # fmt: skip


def _generated(module: Module) -> Expr:
    """Let AWS make a password of letters and digits alone, which every client and URL takes as it stands."""
    password = module.ephemeral("aws_secretsmanager_random_password", "this", {
        "password_length": _PASSWORD_LENGTH,
        "exclude_punctuation": True,
    })  # fmt: skip
    return password["random_password"]


def _handed_over(module: Module) -> Expr:
    return module.variable(
        "database_password", "string", "Master password of the database, used only when password_version changes.",
        validations=_RDS_PASSWORD, sensitive=True, ephemeral=True,
    )  # fmt: skip
