"""Listeners of load balancers that do nothing but redirect to HTTPS."""

from collections.abc import Iterator, Mapping
from typing import Any

from capgen.evaluate import Block, Flattened, blocks, reference
from capgen.reach import Flow
from capgen.reach.interface import LOAD_BALANCER
from capgen.reach.listening import number


def redirects_to_https(flattened: Flattened, flow: Flow) -> bool:
    """Say whether a flow to a load balancer comes to nothing but redirects, on whichever load balancer it ends."""
    if flow.destination != LOAD_BALANCER and ".aws_lb." not in f".{flow.destination}":
        return False
    listeners = [block for block in blocks(flattened, "aws_lb_listener")
                 if not block.is_data and _on(block, flow)]  # fmt: skip
    return bool(listeners) and all(only_redirects(block, flattened) for block in listeners)


def only_redirects(listener: Block, flattened: Flattened) -> bool:
    """Say whether a listener redirects every request to HTTPS, by its default action and without any other rule.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
    """
    actions = list(_nested(listener.body.get("default_action")))
    rules = (reference(rule.body.get("listener_arn")) for rule in blocks(flattened, "aws_lb_listener_rule"))
    return bool(actions) and all(map(_is_redirect, actions)) and not any(
        named is None or named[0] == listener.name for named in rules)  # fmt: skip


def _on(listener: Block, flow: Flow) -> bool:
    port = number(listener.body.get("port"))
    return port is None or flow.from_port <= port <= flow.to_port


def _is_redirect(action: Mapping[str, Any]) -> bool:
    targets = list(_nested(action.get("redirect")))
    return action.get("type") == "redirect" and bool(targets) and all(
        target.get("protocol") == "HTTPS" for target in targets)  # fmt: skip


def _nested(value: object) -> Iterator[Mapping[str, Any]]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            yield each
