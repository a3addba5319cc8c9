"""Make the load balancer."""

from capgen.components.load_balancer.listeners import listeners
from capgen.components.load_balancer.plan import Shape
from capgen.components.load_balancer.target_group import target_group
from capgen.terraform.expression import Argument, Expr
from capgen.terraform.module import Module

_ACCESS_LOG_PREFIX = "load-balancer"
"""Where in the access log bucket the load balancer may write; the bucket's policy names the same prefix."""


def construct(module: Module, shape: Shape) -> None:
    """Output address, URL, and the target group once a listener forwards to it.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html
    """
    name = module.variable(
        "name", "string", "Name of the load balancer.",
        validations=[
            (
                'can(regex("^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$", var.name))',
                "name must be at most 32 letters, digits and inner hyphens.",
            ),
            ('!startswith(var.name, "internal-")', "name must not begin with internal-, which AWS keeps for itself."),
        ],
    )  # fmt: skip
    balancer = _load_balancer(module, shape, name)
    group = target_group(module, name)
    attached = listeners(module, shape, balancer, group)
    scheme = "https" if shape.https else "http"
    module.output("dns_name", balancer["dns_name"], "DNS name of the load balancer.")
    module.output("zone_id", balancer["zone_id"], "ID of the hosted zone that the DNS name is in, for alias records.")
    module.output("url", f"{scheme}://{balancer['dns_name']}", "URL of the solution behind the load balancer.")
    module.output(
        "target_group_arn", group["arn"], "ARN of the target group, once it is attached to the load balancer.",
        depends_on=attached,
    )  # fmt: skip


def _load_balancer(module: Module, shape: Shape, name: Expr) -> Expr:
    """Refuse what is not valid HTTP, so that load balancer and agent never read a request differently.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
    """
    return module.resource("aws_lb", "this", {
        "name": name,
        "load_balancer_type": "application",
        "internal": module.variable("internal", "bool", "Whether the load balancer has private addresses only."),
        "subnets": module.variable("subnet_ids", "list(string)", "Subnets of the load balancer, in two zones or more."),
        "security_groups": [
            module.variable("security_group_id", "string", "ID of the load balancer's security group."),
        ],
        "drop_invalid_header_fields": True,
        "desync_mitigation_mode": "defensive",
        "enable_deletion_protection": module.variable(
            "deletion_protection", "bool", "Whether AWS refuses to delete the load balancer."
        ),
        "idle_timeout": module.variable(
            "idle_timeout", "number", "Seconds until an idle connection is closed.",
            validations=[(
                "var.idle_timeout >= 1 && var.idle_timeout <= 4000", "idle_timeout must be from 1 to 4000 seconds."
            )],
        ),
        "access_logs": _access_logs(module) if shape.access_logs else None,
    })  # fmt: skip


def _access_logs(module: Module) -> Argument:
    bucket = module.variable("access_log_bucket", "string", "Name of the bucket that receives the access logs.")
    return [{"bucket": bucket, "prefix": _ACCESS_LOG_PREFIX, "enabled": True}]
