"""The account and region that the principals belong to."""

from dataclasses import dataclass

from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


@dataclass(frozen=True)
class Account:
    """What every ARN of the deployment begins with, and the boundary of every principal (null for none)."""

    partition: Expr
    region: Expr
    id: Expr
    permissions_boundary: Expr

    def arn(self, service: str, resource: str) -> str:
        """Compose the ARN of a resource of this account and region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.id}:{resource}"


def declare_account(module: Module) -> Account:
    """Declare the variables that tell the account."""
    return Account(
        partition=module.variable("partition", "string", "AWS partition, such as aws or aws-cn."),
        region=module.variable("region", "string", "AWS region."),
        id=module.variable(
            "account_id", "string", "AWS account ID.",
            validations=[('can(regex("^[0-9]{12}$", var.account_id))', "account_id must have twelve digits.")],
        ),
        permissions_boundary=module.variable(
            "permissions_boundary", "string", "ARN of the policy that bounds every role and user; null for none.",
            nullable=True,
        ),
    )  # fmt: skip
