"""Whether something answers where an intended flow arrives, and what is in the way if not."""

from collections.abc import Iterator

from capgen.evaluate import Block, blocks
from capgen.reach.interface import LOAD_BALANCER, TASK
from capgen.reach.listening import Registration, number
from capgen.reach.region import Region
from capgen.reach.rule import nested
from capgen.topology import IntendedFlow

_TRAFFIC_PORT = "traffic-port"

Unanswered = tuple[str, str]
"""The address of the block in the way, and what is wrong with it."""


def unanswered(flow: IntendedFlow, region: Region) -> Iterator[Unanswered]:
    """Yield why nothing answers at an intended flow's end, if nothing does."""
    for interface in region.called(flow.destination):
        block = region.by_address[interface.address]
        if (flow.source, flow.destination) == (LOAD_BALANCER, TASK):
            yield from _behind_balancer(block, flow.port, region)
        elif flow.port in interface.ports:
            continue
        elif flow.destination == LOAD_BALANCER:
            yield _listener(block, region), f"no listener of the load balancer is on port {flow.port}"
        elif flow.destination == TASK:
            definition = region.listening.definition(block) or block
            yield definition.address, f"no container has port {flow.port}"
        else:
            yield block.address, f"it listens on {', '.join(map(str, interface.ports)) or 'no port'}"


def _listener(balancer: Block, region: Region) -> str:
    """Return the listener that is most likely the one, else the load balancer."""
    listeners = region.listening.listeners(balancer.name)
    named = [block for block in blocks(region.flattened, "aws_lb_listener") if block not in listeners]
    return (listeners or named or [balancer])[0].address


def _behind_balancer(service: Block, port: int, region: Region) -> Iterator[Unanswered]:
    """Follow a request from listener to target group to the tasks that are registered with it."""
    registrations = list(region.listening.registrations(service))
    found = [registration for registration in registrations if registration.port == port]
    if not found:
        ports = ", ".join(str(registration.port) for registration in registrations) or "no port"
        yield service.address, f"the tasks are registered with the load balancer on {ports}"
    for registration in found:
        if not registration.exposed:
            definition = region.listening.definition(service) or service
            yield definition.address, f"the container that is registered does not have port {port}"
        if not registration.balancers:
            yield _unforwarded(registration, region), "no listener forwards to the target group of the tasks"
        yield from _target_group(registration, region)


def _unforwarded(registration: Registration, region: Region) -> str:
    """Return the first listener that could forward, else the target group."""
    listeners = [block.address for block in blocks(region.flattened, "aws_lb_listener") if not block.is_data]
    groups = [block.address for block in blocks(region.flattened, "aws_lb_target_group")
              if block.name == registration.target_group]  # fmt: skip
    return (listeners or groups or [registration.service.address])[0]


def _target_group(registration: Registration, region: Region) -> Iterator[Unanswered]:
    """ECS registers each task on the container's port; the group's own is for targets that come without one.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
    """
    for group in blocks(region.flattened, "aws_lb_target_group"):
        if group.name != registration.target_group:
            continue
        own = number(group.body.get("port"))
        if own is not None and own != registration.port:
            yield group.address, f"its port is {own}, and the tasks are registered on {registration.port}"
        if group.body.get("target_type", "instance") != "ip":
            yield group.address, "tasks have addresses of their own, so its target_type has to be ip"
        for check in nested(group.body.get("health_check")):
            checked = str(check.get("port", _TRAFFIC_PORT))
            if checked not in (_TRAFFIC_PORT, str(registration.port)):
                yield group.address, f"health checks go to port {checked}, which is not meant to be reached"
