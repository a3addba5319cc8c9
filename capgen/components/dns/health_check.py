"""How Route 53 checks the load balancer from outside."""

from capgen.components.dns.plan import Shape
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module

_TYPE = "object({ failure_threshold = number, path = string, request_interval = number })"


def add_health_check(module: Module, shape: Shape, balancer: Expr) -> Expr:
    """Make the check and return it. A new one comes before the old one goes: a record must not lose its check.

    It asks for the load balancer's own name, and sends that as the host: the record's name would lead to whichever
    region Route 53 has chosen. No checker verifies the certificate, so it need not be for that name; statuses from 200
    to 399 count as healthy.
    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
    https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
    """
    check = module.variable(
        "health_check", _TYPE, "How often the load balancer is asked for which path, and how many answers decide.",
        validations=[
            ("contains([10, 30], var.health_check.request_interval)",
             "health_check.request_interval must be 10 or 30 seconds."),
            ("var.health_check.failure_threshold >= 1 && var.health_check.failure_threshold <= 10",
             "health_check.failure_threshold must be from 1 to 10."),
            ('startswith(var.health_check.path, "/")', "health_check.path must begin with a slash."),
        ],
    )  # fmt: skip
    return module.resource("aws_route53_health_check", "this", {
        "type": "HTTPS" if shape.https else "HTTP",
        "fqdn": balancer,
        "port": 443 if shape.https else 80,
        "enable_sni": True if shape.https else None,
        "resource_path": check["path"],
        "request_interval": check["request_interval"],
        "failure_threshold": check["failure_threshold"],
        "tags": {"Name": module.variable("name", "string", "Name of the health check, as its tag.")},
        "lifecycle": {"create_before_destroy": True},
    })  # fmt: skip
