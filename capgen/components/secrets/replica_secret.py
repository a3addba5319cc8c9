"""The replica of a secret that another region's root made and owns."""

from capgen.components.secrets.credentials import Credentials
from capgen.terraform.functions import jsondecode
from capgen.terraform.module import Module


def replica_secret(module: Module) -> Credentials:
    """Find the replica by its name, which is the primary secret's, and read it. Nothing about it is changed.

    It is asked for in this region alone, so that it is found when the primary's is out of reach, and after it was made
    a secret of its own. Its ARN is the primary secret's with this region in it.
    https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
    """
    name = module.variable("secret_name", "string", "Name of the secret, in its own region and in this one.")
    secret = module.data("aws_secretsmanager_secret", "replica", {"name": name})
    stored = module.ephemeral("aws_secretsmanager_secret_version", "this", {"secret_id": secret["arn"]})
    password = jsondecode(stored["secret_string"])["password"]
    return Credentials(secret_arn=secret["arn"], ready=(), password=password)
