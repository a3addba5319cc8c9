"""Who gets in, and where the instance is reached."""

from capgen.components.database.values import Arguments, Surroundings
from capgen.terraform.module import Module

_PASSWORD = (
    ("length(var.password) >= 8 && length(var.password) <= 128", "password must have 8 to 128 characters."),
    ('can(regex("^[!#-.0-?A-~]*$", var.password))',
     'password must be of printable ASCII characters other than /, ", @ and space.'),
)  # fmt: skip
"""https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"""


def credentials(module: Module) -> Arguments:
    """Set the password without keeping it: RDS gets it when the version changes, and nothing else records it.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#password_wo
    """
    return {
        "db_name": module.variable(
            "db_name", "string", "Name of the database; null for the snapshot's. It cannot be changed.", nullable=True
        ),
        "username": module.variable(
            "username", "string", "Master user name; null for the snapshot's. It cannot be changed.", nullable=True
        ),
        "password_wo": module.variable(
            "password", "string", "Master password, used only when password_version changes.",
            validations=_PASSWORD, sensitive=True, ephemeral=True,
        ),
        "password_wo_version": module.variable(
            "password_version", "number", "Version of the password. Raising it sets the password anew."
        ),
    }  # fmt: skip


def iam_authentication(module: Module) -> Arguments:
    """Say whether PostgreSQL takes IAM tokens too."""
    return {
        "iam_database_authentication_enabled": module.variable(
            "iam_database_authentication_enabled", "bool", "Whether IAM tokens are taken beside the password."
        ),
    }  # fmt: skip


def network(module: Module, surroundings: Surroundings) -> Arguments:
    """Place the instance, and let the security group alone decide who connects."""
    return {
        "db_subnet_group_name": surroundings.subnet_group["name"],
        "vpc_security_group_ids": [module.variable("security_group_id", "string", "Security group of the database.")],
        "port": module.variable(
            "port", "number", "TCP port of the database.",
            validations=[("var.port >= 1150 && var.port <= 65535", "port must be from 1150 to 65535.")],
        ),
        "publicly_accessible": module.variable("publicly_accessible", "bool", "Whether it has a public address."),
        "multi_az": module.variable("multi_az", "bool", "Whether a standby waits in another availability zone."),
        "ca_cert_identifier": module.variable(
            "ca_cert_identifier", "string", "Certificate authority of the TLS certificate; null for AWS's.",
            nullable=True,
        ),
    }  # fmt: skip
