"""What the DNS module's own test holds it to."""

from capgen.components.dns.plan import Shape
from capgen.terraform.checks import Answers, Check, Checks, Refusal

_RECORD, _CHECK, _ZONE = "aws_route53_record.this", "aws_route53_health_check.this", "data.aws_route53_zone.this"

_ALWAYS = (
    Check(
        f'{_RECORD}.type == "A" && {_RECORD}.name == var.record_name && {_RECORD}.zone_id == {_ZONE}.zone_id',
        "The record must be an address of record_name in the zone.",
    ),
    Check(
        f"{_RECORD}.alias[0].name == var.load_balancer_dns_name "
        f"&& {_RECORD}.alias[0].zone_id == var.load_balancer_zone_id",
        "The record must lead to the load balancer.",
    ),
    Check(
        f"{_RECORD}.alias[0].evaluate_target_health",
        "A load balancer without a healthy task must not count as healthy.",
    ),
)

_ROUTING = {
    "failover": Check(
        f"{_RECORD}.failover_routing_policy[0].type == var.failover_type "
        f"&& {_RECORD}.set_identifier == var.set_identifier",
        "The record must serve, or stand by, as failover_type says.",
    ),
    "latency": Check(
        f"{_RECORD}.latency_routing_policy[0].region == var.region && {_RECORD}.set_identifier == var.set_identifier",
        "The record must be chosen by the latency to region.",
    ),
    "weighted": Check(
        f"{_RECORD}.weighted_routing_policy[0].weight == var.weight && {_RECORD}.set_identifier == var.set_identifier",
        "The record must have the share that weight says.",
    ),
}


def checks(shape: Shape) -> Checks:
    """Hold the record to the load balancer and its routing, and the check to asking that load balancer."""
    routing = (_ROUTING[shape.routing],) if shape.routing != "simple" else ()
    return Checks(
        example={
            "failover_type": "PRIMARY",
            "health_check": {"failure_threshold": 3, "path": "/health", "request_interval": 30},
            "load_balancer_dns_name": "example-alb-1234567890.eu-west-1.elb.amazonaws.com",
            "load_balancer_zone_id": "Z32O12XQLNTSW2",
            "record_name": "app.example.com",
            "set_identifier": "example-eu-west-1",
            "weight": 100,
            "zone_id": "Z0123456789ABCDEFGHIJ",
        },
        holds=(*_ALWAYS, *routing, *(_checked(shape) if shape.health_check else ())),
        refused={
            "failover_type": "TERTIARY",
            "health_check": {"failure_threshold": 3, "path": "/health", "request_interval": 20},
            "record_name": "App.Example.com",
            "set_identifier": "",
            "weight": 256,
        },
        answers=_zone("example.com"),
        refusals=(
            Refusal(name="refuses_a_zone_that_the_name_is_not_in", answers=_zone("ample.com"), refused_by=(_ZONE,)),
        ),
    )


def _zone(name: str) -> Answers:
    return {_ZONE: {"name": name, "zone_id": "Z0123456789ABCDEFGHIJ"}}


def _checked(shape: Shape) -> tuple[Check, ...]:
    type, port = ("HTTPS", 443) if shape.https else ("HTTP", 80)
    return (
        Check(f"{_RECORD}.health_check_id == {_CHECK}.id", "Route 53 must choose by the health check."),
        Check(
            f'{_CHECK}.fqdn == var.load_balancer_dns_name && {_CHECK}.type == "{type}" && {_CHECK}.port == {port} '
            f"&& {_CHECK}.resource_path == var.health_check.path",
            f"The health check must ask the load balancer itself for the path, over {type}.",
        ),
        Check(
            f"{_CHECK}.request_interval == var.health_check.request_interval "
            f"&& {_CHECK}.failure_threshold == var.health_check.failure_threshold",
            "The health check must be as quick and as patient as health_check says.",
        ),
    )
