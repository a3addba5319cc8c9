"""What the CAP Console may do for its remote deployments, whether it comes as a user or in a role."""

from capgen.components.identity.context import Context
from capgen.terraform.iam import allow, policy


def deploy_policy(context: Context) -> str:
    """Find this service's tasks, and take targets out of the load balancer and back.

    ListTasks, DescribeTargetHealth and DescribeTargetGroups know no resources; the first knows the cluster as a
    condition: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
    """
    account, module = context.account, context.module
    cluster = module.variable("cluster_name", "string", "Name of the ECS cluster.")
    service = module.variable("service_name", "string", "Name of the ECS service.")
    target_group = module.variable("target_group_arn", "string", "ARN of the service's target group.")
    targets = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"]
    describe = ["elasticloadbalancing:DescribeTargetHealth", "elasticloadbalancing:DescribeTargetGroups"]
    in_cluster = {"ArnEquals": {"ecs:cluster": account.arn("ecs", f"cluster/{cluster}")}}
    return policy(
        allow("ListTasks", ["ecs:ListTasks"], ["*"], in_cluster),
        allow("DescribeTasks", ["ecs:DescribeTasks"], [account.arn("ecs", f"task/{cluster}/*")]),
        allow("DescribeService", ["ecs:DescribeServices"], [account.arn("ecs", f"service/{cluster}/{service}")]),
        allow("Targets", targets, [target_group]),
        allow("DescribeTargets", describe, ["*"]),
    )
