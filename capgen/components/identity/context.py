"""What the principals share."""

from dataclasses import dataclass

from capgen.components.identity.account import Account, declare_account
from capgen.components.identity.key import Key, declare_key
from capgen.components.identity.plan import Shape
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


@dataclass(frozen=True, kw_only=True)
class Context:
    """The module, whose principals they are, and what more than one policy names."""

    module: Module
    shape: Shape
    account: Account
    key: Key | None
    log_group_arn: Expr
    bucket_arn: Expr


def declare_context(module: Module, shape: Shape) -> Context:
    """Declare the variables that more than one principal needs."""
    account = declare_account(module)
    return Context(
        module=module,
        shape=shape,
        account=account,
        key=declare_key(module, shape, account.region),
        log_group_arn=module.variable("log_group_arn", "string", "ARN of the agent's log group."),
        bucket_arn=module.variable("snapshot_bucket_arn", "string", "ARN of the snapshot bucket."),
    )
