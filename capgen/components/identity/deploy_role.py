"""The role that the CAP Console assumes instead of holding a key."""

from capgen.components.identity.context import Context
from capgen.components.identity.credentials import output_credentials
from capgen.components.identity.deploy_permissions import deploy_policy
from capgen.components.identity.role import declare_name
from capgen.terraform.iam import allow_principal, policy


def add_deploy_role(context: Context) -> None:
    """Trust the named principals alone, and output the role in the place of credentials."""
    module, account = context.module, context.account
    principals = module.variable(
        "deploy_role_principals", "list(string)", "ARNs that may assume the role.",
        validations=[("length(var.deploy_role_principals) > 0", "deploy_role_principals must name at least one ARN."),
                     ('alltrue([for arn in var.deploy_role_principals : !strcontains(arn, "*")])',
                      "deploy_role_principals must not hold a wildcard.")],
    )  # fmt: skip
    role = module.resource("aws_iam_role", "deploy", {
        "name": declare_name(module, "deploy_role_name", "the deploy role"),
        "description": "The CAP Console deploys with it.",
        "assume_role_policy": policy(allow_principal("Trust", {"AWS": principals}, ["sts:AssumeRole"])),
        "permissions_boundary": account.permissions_boundary,
    })  # fmt: skip
    permissions = module.resource("aws_iam_role_policy", "deploy", {
        "name": "deploy", "role": role["id"], "policy": deploy_policy(context),
    })  # fmt: skip
    arn = role["arn"]
    command = f"aws sts assume-role --region {account.region} --role-arn {arn} --role-session-name cap-console"
    output_credentials(module, arn, f"{command} --query Credentials --output json", depends_on=[permissions])
