"""The role with which RDS writes Enhanced Monitoring's metrics of the operating system.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
"""

from capgen.components.identity.context import Context
from capgen.components.identity.role import add_role
from capgen.components.identity.trust import only_for, trust_service
from capgen.terraform.iam import allow


def add_database_monitoring_role(context: Context) -> None:
    """Allow what AWS's managed policy allows, in this account and region and on the one log group that RDS uses.

    https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonRDSEnhancedMonitoringRole.html
    """
    account = context.account
    group = account.arn("logs", "log-group:RDSOSMetrics")
    streams = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams", "logs:GetLogEvents"]
    add_role(
        context,
        "database_monitoring",
        "RDS writes the database's Enhanced Monitoring metrics with it.",
        trust_service("monitoring.rds.amazonaws.com", only_for(account, account.arn("rds", "db:*"))),
        [
            allow("LogGroup", ["logs:CreateLogGroup", "logs:PutRetentionPolicy"], [group, f"{group}:*"]),
            allow("LogStreams", streams, [f"{group}:log-stream:*"]),
        ],
    )
