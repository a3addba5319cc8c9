"""The cluster: Container Insights, and ECS Exec sessions that are encrypted and logged."""

from capgen.components.service.plan import Shape
from capgen.components.service.values import Shared
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


def cluster(module: Module, shape: Shape, shared: Shared) -> Expr:
    """Make the cluster. What is typed in an ECS Exec session goes to the agent's log group.

    A session ends at once when encryption is asked for and the log group has no key of its own, so it is asked for
    with a customer managed key only:
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
    """
    return module.resource("aws_ecs_cluster", "this", {
        "name": module.variable("cluster_name", "string", "Name of the cluster."),
        "setting": [{"name": "containerInsights", "value": "enabled"}],
        "configuration": [{
            "execute_command_configuration": [{
                "kms_key_id": module.variable(
                    "kms_key_arn", "string", "ARN of the key that encrypts ECS Exec sessions; null for AWS's own.",
                    nullable=True,
                ),
                "logging": "OVERRIDE",
                "log_configuration": [{
                    "cloud_watch_encryption_enabled": shape.customer_managed_key,
                    "cloud_watch_log_group_name": shared.log_group_name,
                }],
            }],
        }],
    })  # fmt: skip
