"""The spec's `load_balancer` section."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Stickiness:
    """Sticky sessions, for configurations that keep session state."""

    enabled: bool
    cookie_duration: int


@dataclass(frozen=True, kw_only=True)
class TargetHealthCheck:
    """How the load balancer checks a task on the web port."""

    path: str
    matcher: str
    interval: int
    timeout: int
    healthy_threshold: int
    unhealthy_threshold: int


@dataclass(frozen=True, kw_only=True)
class LoadBalancer:
    """The application load balancer in front of the web port."""

    internal: bool
    certificate_arn: str | None = None
    ssl_policy: str
    stickiness: Stickiness
    idle_timeout: int
    deregistration_delay: int
    deletion_protection: bool
    access_logs: bool
    health_check: TargetHealthCheck
