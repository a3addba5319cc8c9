"""The service: how many tasks run, where, and how a new revision takes over."""

from capgen.components.service.plan import Shape
from capgen.components.service.values import CONTAINER, Shared
from capgen.terraform.expression import Argument, Expr
from capgen.terraform.module import Body, Module

_TIMEOUTS = {"create": "30m", "update": "90m", "delete": "90m"}
"""A first rollout that fails leaves nothing to wait for. A later one goes on until the circuit breaker has counted its
failed tasks and the old version is back; tasks may then take up to an hour to finish their requests."""


def service(module: Module, shape: Shape, shared: Shared, cluster: Expr, definition: Expr) -> Expr:
    """Run the tasks on Fargate.

    Zone rebalancing is off: it replaces healthy tasks at any time, and the CAP Console knows a task by its address.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
    """
    return module.resource("aws_ecs_service", "this", {
        "name": module.variable("service_name", "string", "Name of the service."),
        "cluster": cluster["arn"],
        "task_definition": definition["arn"],
        "desired_count": module.variable("desired_count", "number", "Number of tasks."),
        "launch_type": "FARGATE",
        "platform_version": "LATEST",
        "availability_zone_rebalancing": "DISABLED",
        "enable_ecs_managed_tags": True,
        "propagate_tags": "SERVICE",
        "enable_execute_command": module.variable("execute_command", "bool", "Whether ECS Exec may enter the tasks."),
        "network_configuration": _network(module),
        "load_balancer": [{
            "target_group_arn": module.variable("target_group_arn", "string", "ARN of the web port's target group."),
            "container_name": CONTAINER,
            "container_port": shared.web_port,
        }],
        **_rollout(module),
        **_forced_deployment(shape, shared),
        "timeouts": _TIMEOUTS,
        "lifecycle": _lifecycle(shape, shared, cluster, definition),
    })  # fmt: skip


def _network(module: Module) -> Argument:
    return [{
        "subnets": module.variable("subnet_ids", "list(string)", "Subnets of the tasks."),
        "security_groups": [module.variable("security_group_id", "string", "ID of the tasks' security group.")],
        "assign_public_ip": module.variable("assign_public_ip", "bool", "Whether each task gets a public IP address."),
    }]  # fmt: skip


def _rollout(module: Module) -> Body:
    """Replace tasks step by step, and go back when the new ones do not become healthy.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
    """
    breaker = module.variable(
        "circuit_breaker", "object({ enable = bool, rollback = bool })",
        "Whether ECS stops a rollout that fails, and whether it goes back to the last version that worked.",
    )  # fmt: skip
    return {
        "deployment_minimum_healthy_percent": module.variable(
            "minimum_healthy_percent", "number", "Share of the tasks that stays healthy during a rollout."
        ),
        "deployment_maximum_percent": module.variable(
            "maximum_percent", "number", "Share of the tasks that may run during a rollout.",
            validations=[(
                "var.maximum_percent > var.minimum_healthy_percent",
                "maximum_percent must be more than minimum_healthy_percent, or no rollout can start.",
            )],
        ),
        "deployment_circuit_breaker": [{"enable": breaker["enable"], "rollback": breaker["rollback"]}],
        "health_check_grace_period_seconds": module.variable(
            "health_check_grace_period_seconds", "number",
            "Seconds after start in which a failing load balancer check does not stop a task.",
        ),
        "wait_for_steady_state": module.variable(
            "wait_for_steady_state", "bool", "Whether apply waits until a rollout is done."
        ),
    }  # fmt: skip


def _forced_deployment(shape: Shape, shared: Shared) -> Body:
    """Restart the tasks for a new database password where another pipeline chooses the revision.

    Elsewhere the new revision does that. Forcing is not for everyone: with it each update of the service, of its
    number of tasks too, replaces every task.
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service#triggers
    """
    if not shape.versions_rolled_out_externally:
        return {}
    return {"force_new_deployment": True, "triggers": {"password_version": str(shared.password_version)}}


def _lifecycle(shape: Shape, shared: Shared, cluster: Expr, definition: Expr) -> Argument:
    """Leave to others what is theirs; where Terraform rolls out, hold ECS to it."""
    ours = not shape.versions_rolled_out_externally
    ignored = (["desired_count"] if shape.tasks_scaled_externally else []) + ([] if ours else ["task_definition"])
    return {
        "ignore_changes": ignored or None,
        "postcondition": _not_rolled_back(shared, cluster, definition) if ours else None,
    }


def _not_rolled_back(shared: Shared, cluster: Expr, definition: Expr) -> Argument:
    """Fail when the service runs another revision than the one just registered: else a rollback looks like success."""
    events = (
        f"aws ecs describe-services --region {shared.region} --cluster {cluster['name']} --services ${{self.name}} "
        "--query 'services[0].events[:10].message' --output text"
    )
    return [{
        "condition": f"${{self.task_definition == {definition.text}.arn}}",
        "error_message": f"ECS rolled the service back to ${{self.task_definition}}: the tasks of {definition['arn']} "
        f"did not become healthy. Its events say why:\n\n  {events}",  # Terraform wraps no line that is indented
    }]  # fmt: skip
