"""A secret that someone else made and owns."""

from capgen.components.secrets.credentials import Credentials
from capgen.terraform.expression import Expr
from capgen.terraform.functions import jsondecode
from capgen.terraform.module import Module


def existing_secret(module: Module) -> Credentials:
    """Read the secret's current version when it is needed. Nothing about it is changed.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/ephemeral-resources/secretsmanager_secret_version
    """
    secret_arn = module.variable("secret_arn", "string", "ARN of the existing secret.")
    key = module.variable("secret_key", "string", "Key of the secret's JSON object that holds the password.")
    stored = module.ephemeral("aws_secretsmanager_secret_version", "this", {
        "secret_id": secret_arn,
        "lifecycle": {"postcondition": [{
            "condition": f"${{can(jsondecode(self.secret_string)[{key.text}])}}",
            "error_message": f"The secret {secret_arn} is not a JSON object with the key {key}.",
        }]},
    })  # fmt: skip
    document = jsondecode(stored["secret_string"])
    return Credentials(secret_arn=secret_arn, ready=(), password=Expr(f"{document.text}[{key.text}]"))
