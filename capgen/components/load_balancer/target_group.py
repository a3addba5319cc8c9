"""The target group: the tasks' web port, how a healthy task is told, and whether a client stays with one task."""

from capgen.terraform.expression import Argument, Expr
from capgen.terraform.module import Module

_PROTOCOL = "HTTP"


def target_group(module: Module, name: Expr) -> Expr:
    """Make the target group. ECS registers each task by its private address, so the target type is ip.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
    """
    vpc_id = module.variable("vpc_id", "string", "ID of the VPC.")
    port = module.variable(
        "web_port", "number", "Port on which the tasks serve the solution.",
        validations=[("var.web_port >= 1 && var.web_port <= 65535", "web_port must be from 1 to 65535.")],
    )  # fmt: skip
    return module.resource("aws_lb_target_group", "web", {
        "name": _name(module, name, vpc_id, port),
        "target_type": "ip",
        "vpc_id": vpc_id,
        "port": port,
        "protocol": _PROTOCOL,
        "protocol_version": "HTTP1",
        "deregistration_delay": module.variable(
            "deregistration_delay", "number", "Seconds that a leaving task may finish its requests.",
            validations=[(
                "var.deregistration_delay >= 0 && var.deregistration_delay <= 3600",
                "deregistration_delay must be from 0 to 3600 seconds.",
            )],
        ),
        "stickiness": _stickiness(module),
        "health_check": _health_check(module),
        "lifecycle": {"create_before_destroy": True},
    })  # fmt: skip


def _name(module: Module, name: Expr, vpc_id: Expr, port: Expr) -> Expr:
    """Name the group after all that replaces it: while a new one takes over, the old one still holds its own name.

    25 characters of the load balancer's name, a hyphen and six digits stay within AWS's 32.
    """
    identity = f"{vpc_id}/{port}/{_PROTOCOL}"
    return module.local("target_group_name", f'${{substr({name.text}, 0, 25)}}-${{substr(sha256("{identity}"), 0, 6)}}')


def _stickiness(module: Module) -> Argument:
    """Duration-based stickiness, as the guide advises for configurations that keep session state.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html
    """
    stickiness = module.variable(
        "stickiness", "object({ enabled = bool, cookie_duration = number })",
        "Whether a client is sent to the same task each time, and for how many seconds.",
        validations=[(
            "var.stickiness.cookie_duration >= 1 && var.stickiness.cookie_duration <= 604800",
            "stickiness.cookie_duration must be from 1 to 604800 seconds.",
        )],
    )  # fmt: skip
    return [{
        "type": "lb_cookie",
        "enabled": stickiness["enabled"],
        "cookie_duration": stickiness["cookie_duration"],
    }]  # fmt: skip


def _health_check(module: Module) -> Argument:
    check = module.variable(
        "health_check",
        "object({ path = string, matcher = string, interval = number, timeout = number, "
        "healthy_threshold = number, unhealthy_threshold = number })",
        "How the load balancer tells a healthy task: request, accepted status codes, seconds, checks in a row.",
        validations=[(
            "var.health_check.timeout < var.health_check.interval",
            "health_check.timeout must be less than health_check.interval.",
        )],
    )  # fmt: skip
    return [{
        "enabled": True,
        "protocol": _PROTOCOL,
        "port": "traffic-port",
        "path": check["path"],
        "matcher": check["matcher"],
        "interval": check["interval"],
        "timeout": check["timeout"],
        "healthy_threshold": check["healthy_threshold"],
        "unhealthy_threshold": check["unhealthy_threshold"],
    }]  # fmt: skip
