"""What answers a health check: a listener that forwards to tasks, or one that answers whatever becomes of them."""

from collections.abc import Mapping

from capgen.evaluate import reference
from capgen.scan.policies.policy import Subject, all_hold, is_unknown, nested

_PORTS: Mapping[str, int] = {"HTTP": 80, "HTTPS": 443}
"""The port that Route 53 asks, by protocol, where none is set.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
"""

_OF_ITSELF = ("fixed-response", "redirect")
"""Actions with which a load balancer answers by itself. Route 53 counts statuses from 200 to 399 as healthy."""


def asks_the_tasks(check: Subject) -> bool | None:
    """Say whether the listener that a health check asks forwards to tasks; True where no load balancer is asked.

    Only a load balancer of the configuration is looked at. An application load balancer takes connections on the port
    of a listener whatever its tasks do, so a check of TCP says nothing of them.
    """
    asked = reference(check.body.get("fqdn"))
    if asked is None or not asked[0].startswith("aws_lb."):
        return True
    kind = check.body.get("type")
    if is_unknown(kind):
        return None
    protocol = str(kind).partition("_")[0]
    if protocol not in _PORTS:
        return protocol != "TCP" or not _is_application(asked[0], check)
    listeners = [each for each in check.others("aws_lb_listener") if _is_of(each, asked[0])]
    answers = [_answers(each, str(check.body.get("port") or _PORTS[protocol]), protocol, check) for each in listeners]
    if not answers or True in answers:
        return True
    return None if None in answers else False


def _is_application(balancer: str, check: Subject) -> bool:
    found = [each.body.get("load_balancer_type") for each in check.others("aws_lb") if each.name == balancer]
    return bool(found) and found[0] in (None, "application")


def _is_of(listener: Subject, balancer: str) -> bool:
    found = reference(listener.body.get("load_balancer_arn"))
    return found is not None and found[0] == balancer


def _answers(listener: Subject, port: str, protocol: str, check: Subject) -> bool | None:
    """Say whether a listener takes the question and hands it to tasks, as its rules may where its default does not."""
    body = listener.body
    known = [body.get("port"), body.get("protocol") or "HTTP"]
    if any(map(is_unknown, [port, *known])):
        return None
    if list(map(str, known)) != [port, protocol]:
        return False
    forwards = all_hold(action.get("type") not in _OF_ITSELF for action in nested(body, "default_action"))
    ruled = any(
        found is None or found[0] == listener.name
        for found in (reference(rule.body.get("listener_arn")) for rule in check.others("aws_lb_listener_rule"))
    )
    return forwards or (None if ruled else False)
