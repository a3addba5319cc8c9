"""What the load balancer module's own test holds it to."""

from collections.abc import Mapping

from capgen.components.load_balancer.plan import Shape
from capgen.terraform.checks import Check, Checks
from capgen.terraform.expression import Json

_HEALTH_CHECK: Mapping[str, Json] = {
    "healthy_threshold": 2, "interval": 30, "matcher": "200-399", "path": "/health", "timeout": 10,
    "unhealthy_threshold": 5,
}  # fmt: skip

_HTTP, _HTTPS, _GROUP = "aws_lb_listener.http", "aws_lb_listener.https", "aws_lb_target_group.web"
_REDIRECT = f"{_HTTP}.default_action[0].redirect[0]"

_ALWAYS = (
    Check("aws_lb.this.drop_invalid_header_fields", "Invalid header fields must be dropped."),
    Check(
        'contains(["defensive", "strictest"], aws_lb.this.desync_mitigation_mode)',
        "Requests that load balancer and agent could read differently must not get through.",
    ),
    Check(
        "aws_lb.this.enable_deletion_protection == var.deletion_protection",
        "AWS must refuse to delete the load balancer where deletion_protection says so.",
    ),
    Check("aws_lb.this.internal == var.internal", "Only internal may decide whether it has public addresses."),
    Check(
        "aws_lb.this.security_groups == toset([var.security_group_id])",
        "The security group of security_group_id must be its only one.",
    ),
    Check(
        f'{_GROUP}.target_type == "ip" && {_GROUP}.port == var.web_port && {_GROUP}.vpc_id == var.vpc_id',
        "Requests must go to tasks in the VPC, by address, on web_port.",
    ),
    Check(
        f"alltrue([for name, value in var.health_check : tostring({_GROUP}.health_check[0][name]) == tostring(value)])",
        "Tasks must be checked as health_check says.",
    ),
)


def checks(shape: Shape) -> Checks:
    """Hold it to who reaches it, what it lets through, and TLS where there is a certificate."""
    return Checks(
        example={
            "certificate_arn": "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
            "deletion_protection": True,
            "deregistration_delay": 60,
            "health_check": _HEALTH_CHECK,
            "idle_timeout": 60,
            "internal": True,
            "name": "example-alb",
            "ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "stickiness": {"cookie_duration": 3600, "enabled": True},
        },
        holds=(*_ALWAYS, *_access_logs(shape), *(_with_certificate() if shape.https else _without_certificate())),
        refused={
            "deregistration_delay": 3601,
            "health_check": {**_HEALTH_CHECK, "timeout": 30},
            "idle_timeout": 4001,
            "name": "internal-example",
            "stickiness": {"cookie_duration": 604801, "enabled": True},
            "web_port": 65536,
        },
    )


def _access_logs(shape: Shape) -> tuple[Check, ...]:
    if not shape.access_logs:
        return ()
    condition = "aws_lb.this.access_logs[0].enabled && aws_lb.this.access_logs[0].bucket == var.access_log_bucket"
    return (Check(condition, "Requests must be logged to the bucket for access logs."),)


def _with_certificate() -> tuple[Check, ...]:
    return (
        Check(
            f'{_HTTPS}.protocol == "HTTPS" && {_HTTPS}.port == 443 && {_HTTPS}.ssl_policy == var.ssl_policy '
            f"&& {_HTTPS}.certificate_arn == var.certificate_arn && {_forwards(_HTTPS)}",
            "HTTPS must be served with the certificate and the TLS policy that were asked for.",
        ),
        Check(
            f'{_HTTP}.port == 80 && {_HTTP}.default_action[0].type == "redirect" && {_REDIRECT}.protocol == "HTTPS" '
            f'&& {_REDIRECT}.port == "443" && {_REDIRECT}.status_code == "HTTP_301"',
            "HTTP must do nothing but redirect to HTTPS.",
        ),
        Check('startswith(output.url, "https://")', "The URL must be that of HTTPS."),
    )


def _without_certificate() -> tuple[Check, ...]:
    condition = f'{_HTTP}.port == 80 && {_HTTP}.protocol == "HTTP" && {_forwards(_HTTP)}'
    return (Check(condition, "HTTP must be forwarded to the tasks, since there is no certificate."),)


def _forwards(listener: str) -> str:
    action = f"{listener}.default_action[0]"
    return f'{action}.type == "forward" && {action}.target_group_arn == {_GROUP}.arn'
