"""What the identity module's own test holds it to."""

from capgen.components.identity.plan import Shape
from capgen.terraform.checks import Check, Checks
from capgen.terraform.expression import Json

_UNSCOPED = (
    "aws-marketplace:MeterUsage",
    "aws-marketplace:RegisterUsage",
    "ecr:GetAuthorizationToken",
    "ecs:ListTasks",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "logs:DescribeLogGroups",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)
"""Actions that know no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html."""

_TRUST = (
    "flatten([for role in [aws_iam_role.task, aws_iam_role.task_execution] : "
    "jsondecode(role.assume_role_policy).Statement])"
)
_TASK = "jsondecode(aws_iam_role_policy.task.policy).Statement"
_EXECUTION = "jsondecode(aws_iam_role_policy.task_execution.policy).Statement"


def checks(shape: Shape) -> Checks:
    """Hold every principal to its own actions, and every role to who may assume it."""
    return Checks(
        example=_example(),
        holds=(*_everyone(shape), *_task_roles(shape), *_deploy(shape)),
        refused={
            "account_id": "1234",
            "database_monitoring_role_name": "x" * 65,
            "deploy_role_name": "two words",
            "deploy_role_principals": ["*"],
            "deploy_user_key_serial": 0,
            "deploy_user_name": "two words",
            "snapshot_prefix": "*",
            "snapshot_script_role_name": "",
            "task_execution_role_name": "a/b",
            "task_role_name": "two words",
        },
    )


def _everyone(shape: Shape) -> tuple[Check, ...]:
    roles = ["task", "task_execution"]
    roles += ["snapshot_script"] if shape.snapshot_script_role else []
    roles += ["database_monitoring"] if shape.database_monitoring else []
    roles += ["deploy"] if shape.deploy == "role" else []
    principals = [f"aws_iam_role.{role}" for role in roles]
    policies = [f"aws_iam_role_policy.{role}.policy" for role in roles]
    if shape.deploy == "key":
        principals.append("aws_iam_user.deploy")
        policies.append("aws_iam_user_policy.deploy.policy")
    statements = f"flatten([for text in [{', '.join(policies)}] : jsondecode(text).Statement])"
    unscoped = ", ".join(f'"{action}"' for action in _UNSCOPED)
    return (
        Check(
            f'alltrue([for each in {statements} : each.Effect == "Allow" '
            '&& alltrue([for action in each.Action : !strcontains(action, "*")])])',
            "No policy may allow an action by wildcard.",
        ),
        Check(
            f"alltrue([for each in {statements} : length(setsubtract(each.Action, [{unscoped}])) == 0 "
            'if contains(each.Resource, "*")])',
            "Only actions that know no resources may be allowed on all of them.",
        ),
        Check(
            f"alltrue([for each in [{', '.join(f'{each}.permissions_boundary' for each in principals)}] : "
            "each == var.permissions_boundary])",
            "The permissions boundary must bound every role and user.",
        ),
    )


def _task_roles(shape: Shape) -> tuple[Check, ...]:
    return (
        Check(
            f"alltrue([for each in {_TRUST} : "
            'each.Principal == { Service = "ecs-tasks.amazonaws.com" } '
            '&& try(each.Condition.StringEquals["aws:SourceAccount"], "") == var.account_id])',
            "Only ECS may assume the task roles, and only for this account.",
        ),
        Check(
            f'toset(flatten([for each in {_EXECUTION} : each.Resource if contains(each.Action, '
            '"secretsmanager:GetSecretValue")])) == toset(var.secret_arns)',
            "The container may be started with the secrets of secret_arns and no others.",
        ),
        Check(
            f'alltrue([for each in {_TASK} : each.Resource == [var.file_system_arn] && try(each.Condition.StringEquals'
            '["elasticfilesystem:AccessPointArn"], "") == var.access_point_arn '
            '&& !contains(each.Action, "elasticfilesystem:ClientRootAccess") '
            'if length([for action in each.Action : action if startswith(action, "elasticfilesystem:")]) > 0])',
            "The agent may use the file system through the access point alone, and never as root.",
        ),
        _may(shape.task_capture, "s3:PutObject", "The agent must be able to write snapshots.",
             "The agent may not write snapshots."),
        _may(shape.execute_command, "ssmmessages:OpenDataChannel", "ECS Exec must be able to enter the tasks.",
             "ECS Exec may not enter the tasks."),
    )  # fmt: skip


def _may(allowed: bool, action: str, must: str, may_not: str) -> Check:
    found = f'anytrue([for each in {_TASK} : contains(each.Action, "{action}")])'
    return Check(found, must) if allowed else Check(f"!{found}", may_not)


def _deploy(shape: Shape) -> tuple[Check, ...]:
    if shape.deploy == "key":
        stack = "aws_cloudformation_stack.deploy_user_credentials"
        condition = f'keys(jsondecode({stack}.template_body).Outputs) == ["SecretArn"]'
        return (Check(condition, "The stack with the access key may output nothing but the ARN of its secret."),)
    if shape.deploy == "role":
        trusted = "[for each in jsondecode(aws_iam_role.deploy.assume_role_policy).Statement : each.Principal.AWS]"
        condition = f"toset(flatten({trusted})) == toset(var.deploy_role_principals)"
        return (Check(condition, "deploy_role_principals must be all that may assume the deploy role."),)
    return (Check("output.deploy_user_credentials_arn == null", "There must be no deploy user's credentials."),)


def _example() -> dict[str, Json]:
    return {
        "access_point_arn": "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0a1b2c3d4e5f60718",
        "database_monitoring_role_name": "example-db-monitoring",
        "deploy_role_name": "example-deploy",
        "deploy_role_principals": ["arn:aws:iam::210987654321:role/console"],
        "deploy_user_key_serial": 1,
        "deploy_user_name": "example-deploy",
        "deploy_user_secret_name": "example/deploy-user-credentials",
        "deploy_user_stack_name": "example-deploy-user-credentials",
        "file_system_arn": "arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0a1b2c3d4e5f60718",
        "image_repository_arn": "arn:aws:ecr:eu-west-1:123456789012:repository/example",
        "log_group_arn": "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/example",
        "permissions_boundary": "arn:aws:iam::123456789012:policy/boundary",
        "secret_arns": ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:example-AbCdEf"],
        "snapshot_bucket_arn": "arn:aws:s3:::example-snapshots",
        "snapshot_prefix": "snapshots/",
        "snapshot_script_log_group_arn": "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/example",
        "snapshot_script_role_name": "example-snapshot-script",
        "task_execution_role_name": "example-task-execution",
        "task_role_name": "example-task",
    }
