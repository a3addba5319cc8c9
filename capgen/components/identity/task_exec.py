"""ECS Exec: the statements of the task role that let an operator open a shell in a running task."""

from capgen.components.identity.key import Key
from capgen.components.identity.plan import Shape
from capgen.terraform.iam import Statement, allow


def exec_statements(shape: Shape, key: Key | None) -> list[Statement]:
    """Open the session's channels, find its log group, and decrypt the session where it has a key.

    The four channel actions and DescribeLogGroups know no resources. The session's agent asks KMS itself, not through
    another service: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
    """
    if not shape.execute_command:
        return []
    channels = [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ]
    statements = [allow("Exec", channels, ["*"]), allow("ExecLogging", ["logs:DescribeLogGroups"], ["*"])]
    if key:
        statements.append(allow("ExecKey", ["kms:Decrypt"], [key.arn]))
    return statements
