"""Make the cluster, the task definition and the service."""

from capgen.components.service.cluster import cluster
from capgen.components.service.plan import Shape
from capgen.components.service.service import service
from capgen.components.service.task_definition import task_definition
from capgen.components.service.values import Shared
from capgen.terraform.module import Module


def construct(module: Module, shape: Shape) -> None:
    """Output the names of cluster and service, and the revision that Terraform registered."""
    shared = Shared(
        region=module.variable("region", "string", "AWS region."),
        log_group_name=module.variable("log_group_name", "string", "Name of the agent's log group."),
        password_version=module.variable(
            "password_version", "number", "Version of the database password: raising it replaces the tasks."
        ),
        web_port=module.variable("web_port", "number", "Port on which the container serves the solution."),
    )
    home = cluster(module, shape, shared)
    definition = task_definition(module, shape, shared)
    running = service(module, shape, shared, home, definition)
    module.output("cluster_name", home["name"], "Name of the cluster.")
    module.output("cluster_arn", home["arn"], "ARN of the cluster.")
    module.output("service_name", running["name"], "Name of the service.")
    module.output("task_definition_arn", definition["arn"], "ARN of the revision that Terraform registered.")
