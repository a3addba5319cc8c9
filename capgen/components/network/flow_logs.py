"""Flow logs: who talked to whom in the VPC, and who was refused.

https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
"""

from capgen.components.network.context import Context
from capgen.terraform.expression import Expr
from capgen.terraform.iam import allow, allow_principal, policy

_SERVICE = "vpc-flow-logs.amazonaws.com"


def add_flow_logs(context: Context, vpc: Expr) -> None:
    """Write all traffic to a log group of its own, encrypted as the other logs are."""
    module = context.module
    retention = module.variable("log_retention_in_days", "number", "Days that flow logs are kept.")
    group = module.resource("aws_cloudwatch_log_group", "flow_logs", {
        "name": module.variable("flow_log_group_name", "string", "Name of the flow logs' log group."),
        "retention_in_days": retention,
        "kms_key_id": module.variable(
            "kms_key_arn", "string", "ARN of the key that encrypts the log group; null for none.", nullable=True
        ),
    })  # fmt: skip
    role, permissions = _role(context, group)
    module.resource("aws_flow_log", "this", {
        "vpc_id": vpc["id"],
        "traffic_type": "ALL",
        "log_destination_type": "cloud-watch-logs",
        "log_destination": group["arn"],
        "iam_role_arn": role["arn"],
        "tags": {"Name": context.name},
        "depends_on": [permissions.text],
    })  # fmt: skip


def _role(context: Context, group: Expr) -> tuple[Expr, Expr]:
    """Make the role with which flow logs are written, for this account's VPCs and for the one log group.

    https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
    """
    module = context.module
    conditions = {
        "StringEquals": {"aws:SourceAccount": str(context.account_id)},
        "ArnLike": {"aws:SourceArn": context.arn("ec2", "vpc-flow-log/*")},
    }
    role = module.resource("aws_iam_role", "flow_logs", {
        "name": module.variable("flow_log_role_name", "string", "Name of the role that writes flow logs."),
        "description": "VPC flow logs are written with it.",
        "assume_role_policy": policy(
            allow_principal("Trust", {"Service": _SERVICE}, ["sts:AssumeRole"], conditions=conditions)
        ),
        "permissions_boundary": module.variable(
            "permissions_boundary", "string", "ARN of the permissions boundary of every role; null for none.",
            nullable=True,
        ),
    })  # fmt: skip
    write = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    permissions = module.resource("aws_iam_role_policy", "flow_logs", {
        "name": "flow-logs",
        "role": role["id"],
        "policy": policy(
            allow("FlowLogs", write, [f"{group['arn']}:*"]),
            allow("FindLogGroup", ["logs:DescribeLogGroups"], [context.arn("logs", "log-group:*")]),
        ),
    })  # fmt: skip
    return role, permissions
