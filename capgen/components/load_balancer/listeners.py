"""The listeners: HTTP that forwards where there is no certificate, else HTTPS and a redirect to it."""

from capgen.components.load_balancer.plan import Shape
from capgen.terraform.expression import Argument, Expr
from capgen.terraform.module import Module


def listeners(module: Module, shape: Shape, balancer: Expr, group: Expr) -> tuple[Expr, ...]:
    """Make the listeners and return them.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
    """
    forward: Argument = [{"type": "forward", "target_group_arn": group["arn"]}]
    http = module.resource("aws_lb_listener", "http", {
        "load_balancer_arn": balancer["arn"],
        "port": 80,
        "protocol": "HTTP",
        "default_action": _redirect() if shape.https else forward,
    })  # fmt: skip
    return (http, _https(module, balancer, forward)) if shape.https else (http,)


def _https(module: Module, balancer: Expr, forward: Argument) -> Expr:
    return module.resource("aws_lb_listener", "https", {
        "load_balancer_arn": balancer["arn"],
        "port": 443,
        "protocol": "HTTPS",
        "certificate_arn": module.variable("certificate_arn", "string", "ARN of the HTTPS listener's certificate."),
        "ssl_policy": module.variable("ssl_policy", "string", "TLS policy of the HTTPS listener."),
        "default_action": forward,
    })  # fmt: skip


def _redirect() -> Argument:
    return [{"type": "redirect", "redirect": [{"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}]}]
