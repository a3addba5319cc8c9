"""DeployUser and DeployUserAccessKey: the user that the CAP Console signs in as, its key kept in Secrets Manager."""

from capgen.components.identity.access_key_template import access_key_template
from capgen.components.identity.context import Context
from capgen.components.identity.credentials import output_credentials
from capgen.components.identity.deploy_permissions import deploy_policy
from capgen.components.identity.role import declare_name
from capgen.terraform.expression import Expr


def add_deploy_user(context: Context) -> None:
    """Make the user, and its key by way of CloudFormation: a key that Terraform made would lie in the state."""
    module, account = context.module, context.account
    user = module.resource("aws_iam_user", "deploy", {
        "name": declare_name(module, "deploy_user_name", "the deploy user"),
        "permissions_boundary": account.permissions_boundary,
    })  # fmt: skip
    permissions = module.resource("aws_iam_user_policy", "deploy", {
        "name": "deploy", "user": user["name"], "policy": deploy_policy(context),
    })  # fmt: skip
    arn = _access_key(context, user)["outputs"]["SecretArn"]
    command = f"aws secretsmanager get-secret-value --region {account.region} --secret-id {arn}"
    output_credentials(module, arn, f"{command} --query SecretString --output text", depends_on=[permissions])


def _access_key(context: Context, user: Expr) -> Expr:
    """Let CloudFormation make key and secret; it outputs the secret's ARN, and Terraform sees no more of it."""
    module, key = context.module, context.key
    serial = module.variable(
        "deploy_user_key_serial", "number", "Serial number of the access key. A higher one makes a new key.",
        validations=[("var.deploy_user_key_serial >= 1", "deploy_user_key_serial must be 1 or more.")],
    )  # fmt: skip
    secret_name = module.variable("deploy_user_secret_name", "string", "Name of the secret with the access key.")
    return module.resource("aws_cloudformation_stack", "deploy_user_credentials", {
        "name": module.variable("deploy_user_stack_name", "string", "Name of the CloudFormation stack with the key."),
        "capabilities": ["CAPABILITY_IAM"],
        "template_body": access_key_template(encrypted=key is not None),
        "parameters": {
            "UserName": user["name"],
            "SecretName": secret_name,
            "Serial": serial,
            "KmsKeyId": key.arn if key else None,
        },
    })  # fmt: skip
