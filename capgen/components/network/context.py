"""What the parts of a created network share."""

from dataclasses import dataclass

from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


@dataclass(frozen=True, kw_only=True)
class Context:
    """The module, the name that everything bears, and what ARNs begin with."""

    module: Module
    name: Expr
    account_id: Expr
    partition: Expr
    region: Expr

    def arn(self, service: str, resource: str) -> str:
        """Compose the ARN of a resource of this account and region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account_id}:{resource}"


def declare_context(module: Module) -> Context:
    """Declare the variables that more than one part needs."""
    return Context(
        module=module,
        name=module.variable("name", "string", "Name of the deployment."),
        account_id=module.variable("account_id", "string", "AWS account ID."),
        partition=module.variable("partition", "string", "AWS partition."),
        region=module.variable("region", "string", "AWS region."),
    )
