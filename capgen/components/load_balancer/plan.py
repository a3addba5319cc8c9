"""What the load balancer module is given."""

from dataclasses import dataclass

from capgen.model.load_balancer import LoadBalancer
from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Value, outputs


@dataclass(frozen=True, kw_only=True)
class Shape:
    """`https`: there is a certificate, so HTTP redirects; `access_logs`: requests are logged to the bucket."""

    https: bool
    access_logs: bool


def plan(deployment: RegionalDeployment) -> ModulePlan:
    """Pass where the load balancer stands, where it sends requests and how it tells a healthy task."""
    balancer = deployment.load_balancer
    shape = Shape(https=balancer.certificate_arn is not None, access_logs=balancer.access_logs)
    inputs: dict[str, Value] = {
        "deletion_protection": balancer.deletion_protection,
        "deregistration_delay": balancer.deregistration_delay,
        "health_check": _health_check(balancer),
        "idle_timeout": balancer.idle_timeout,
        "internal": balancer.internal,
        "name": names_of(deployment).load_balancer,
        "security_group_id": outputs.LOAD_BALANCER_SECURITY_GROUP_ID,
        "stickiness": {
            "cookie_duration": balancer.stickiness.cookie_duration,
            "enabled": balancer.stickiness.enabled,
        },
        "subnet_ids": outputs.LOAD_BALANCER_SUBNET_IDS,
        "vpc_id": outputs.VPC_ID,
        "web_port": deployment.agent.ports.web,
    }
    if shape.access_logs:
        inputs["access_log_bucket"] = outputs.ACCESS_LOG_BUCKET
    if shape.https:
        inputs["certificate_arn"] = balancer.certificate_arn
        inputs["ssl_policy"] = balancer.ssl_policy
    return ModulePlan(component="load_balancer", shape=shape, inputs=inputs)


def _health_check(balancer: LoadBalancer) -> Value:
    check = balancer.health_check
    return {
        "healthy_threshold": check.healthy_threshold,
        "interval": check.interval,
        "matcher": check.matcher,
        "path": check.path,
        "timeout": check.timeout,
        "unhealthy_threshold": check.unhealthy_threshold,
    }
