"""Make the log group and the access log bucket."""

from capgen.components.logs.access_log_bucket import access_log_bucket
from capgen.components.logs.plan import Shape
from capgen.terraform.module import Module


def construct(module: Module, shape: Shape) -> None:
    """Output the log group's name and ARN, and the bucket once it accepts log deliveries."""
    del shape
    retention = module.variable("retention_in_days", "number", "Days that log events and access logs are kept.")
    group = module.resource("aws_cloudwatch_log_group", "this", {
        "name": module.variable("log_group_name", "string", "Name of the agent's log group."),
        "retention_in_days": retention,
        "kms_key_id": module.variable(
            "kms_key_arn", "string", "ARN of the key that encrypts the log group; null for none.", nullable=True
        ),
    })  # fmt: skip
    module.output("log_group_name", group["name"], "Name of the agent's log group.")
    module.output("log_group_arn", group["arn"], "ARN of the agent's log group.")
    access_log_bucket(module, retention)
