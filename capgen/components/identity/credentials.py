"""The two outputs that tell how the CAP Console gets its credentials."""

from collections.abc import Sequence

from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


def output_credentials(module: Module, arn: Expr, command: str | Expr, depends_on: Sequence[Expr] = ()) -> None:
    """Output the ARN of the secret or role, and the command that prints the credentials; never these themselves."""
    module.output(
        "deploy_user_credentials_arn", arn,
        "ARN of the secret with the deploy user's access key, or of the deploy role; null where there is neither.",
        depends_on=depends_on,
    )  # fmt: skip
    module.output(
        "deploy_user_credentials_command", command,
        "Command that prints the credentials; null where there are none.",
        depends_on=depends_on,
    )  # fmt: skip
