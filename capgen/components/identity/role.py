"""A role together with its one policy."""

from collections.abc import Sequence

from capgen.components.identity.context import Context
from capgen.terraform.expression import Expr
from capgen.terraform.iam import Statement, policy
from capgen.terraform.module import Module


def declare_name(module: Module, variable: str, what: str) -> Expr:
    """Declare the name of a role or user. IAM takes 64 characters.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    return module.variable(
        variable, "string", f"Name of {what}.",
        validations=[(f'can(regex("^[A-Za-z0-9+=,.@_-]{{1,64}}$", var.{variable}))',
                      f"{variable} must have 1 to 64 letters, digits or any of + = , . @ _ -")],
    )  # fmt: skip


def add_role(context: Context, label: str, description: str, trust: str, statements: Sequence[Statement]) -> None:
    """Add a role with its inline policy; output `<label>_role_arn`, and not before the policy is in place."""
    module = context.module
    role = module.resource("aws_iam_role", label, {
        "name": declare_name(module, f"{label}_role_name", f"the {label.replace('_', ' ')} role"),
        "description": description,
        "assume_role_policy": trust,
        "permissions_boundary": context.account.permissions_boundary,
    })  # fmt: skip
    permissions = module.resource("aws_iam_role_policy", label, {
        "name": label.replace("_", "-"),
        "role": role["id"],
        "policy": policy(*statements),
    })  # fmt: skip
    module.output(f"{label}_role_arn", role["arn"], f"ARN of a role. {description}", depends_on=[permissions])
