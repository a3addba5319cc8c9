"""Trust policies: who may assume a role."""

from capgen.components.identity.account import Account
from capgen.terraform.iam import Conditions, allow_principal, policy


def trust_service(service: str, conditions: Conditions | None = None) -> str:
    """Let one AWS service assume the role."""
    return policy(allow_principal("Trust", {"Service": service}, ["sts:AssumeRole"], conditions=conditions))


def trust_tasks(account: Account) -> str:
    """Trust the tasks of this account and region alone, so that ECS cannot be made to act for anyone else's.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role
    """
    conditions = only_for(account, account.arn("ecs", "*"))
    return trust_service("ecs-tasks.amazonaws.com", conditions)


def only_for(account: Account, source_arn: str) -> Conditions:
    """Hold a service to resources of this account, so that it is nobody else's deputy.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    return {"StringEquals": {"aws:SourceAccount": str(account.id)}, "ArnLike": {"aws:SourceArn": source_arn}}
