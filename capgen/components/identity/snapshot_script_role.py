"""SnapshotScriptLambdaRole: the one-time function that puts the helper script into the snapshot bucket.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
"""

from capgen.components.identity.context import Context
from capgen.components.identity.role import add_role
from capgen.components.identity.trust import trust_service
from capgen.terraform.iam import allow


def add_snapshot_script_role(context: Context) -> None:
    """Write below scripts/, and log. For the trust of a function's role Lambda documents no source condition."""
    log_group = context.module.variable(
        "snapshot_script_log_group_arn", "string", "ARN of the log group of the function that publishes the script."
    )
    statements = [
        allow("Script", ["s3:PutObject"], [f"{context.bucket_arn}/scripts/*"]),
        allow("Logs", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{log_group}:*"]),
    ]
    if context.key:
        statements.append(context.key.through("ScriptKey", "s3", ("kms:GenerateDataKey",)))
    description = "Lambda publishes the snapshot helper script with it."
    add_role(context, "snapshot_script", description, trust_service("lambda.amazonaws.com"), statements)
