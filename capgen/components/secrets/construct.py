"""Make or read the secret, and hand on its ARN and the password in it."""

from capgen.components.secrets.credentials import Credentials
from capgen.components.secrets.existing_secret import existing_secret
from capgen.components.secrets.own_secret import own_secret
from capgen.components.secrets.plan import Shape
from capgen.components.secrets.replica_secret import replica_secret
from capgen.terraform.module import Module


def construct(module: Module, shape: Shape) -> None:
    """Output the secret's ARN for the tasks, once there is a password in it, and the password for the database.

    The password is an ephemeral value from end to end: Terraform keeps it in no plan and no state.
    https://developer.hashicorp.com/terraform/language/manage-sensitive-data/ephemeral
    """
    credentials = _credentials(module, shape)
    module.output(
        "database_secret_arn", credentials.secret_arn, "ARN of the secret that holds the database password.",
        depends_on=credentials.ready,
    )  # fmt: skip
    module.output("database_password", credentials.password, "Master password of the database.", ephemeral=True)


def _credentials(module: Module, shape: Shape) -> Credentials:
    if shape.source == "secret":
        return existing_secret(module)
    if shape.source == "replica":
        return replica_secret(module)
    return own_secret(module, shape)
