"""When a flow that exists is one that is intended."""

from capgen.reach.flow import Flow
from capgen.reach.ports import Ports
from capgen.topology import IntendedFlow
from capgen.topology.addresses import lies_in, parse_range


def exists_as(flow: Flow, wanted: IntendedFlow) -> bool:
    """Say whether a flow is exactly the one that is intended."""
    ends = (_end(flow.source), _end(flow.destination)) == (_end(wanted.source), _end(wanted.destination))
    return ends and (flow.protocol, flow.from_port, flow.to_port) == (wanted.protocol, wanted.port, wanted.port)


def covers(flow: Flow, wanted: IntendedFlow) -> bool:
    """Say whether a flow lets everything through that is intended, and perhaps more."""
    port = Ports(wanted.protocol, wanted.port, wanted.port)
    ports = Ports(flow.protocol, flow.from_port, flow.to_port).overlap(port) == port
    return ports and _holds(flow.source, wanted.source) and _holds(flow.destination, wanted.destination)


def _end(text: str) -> str:
    """Return a tier, or a range as it is written everywhere."""
    return str(parse_range(text) or text)


def _holds(outer: str, inner: str) -> bool:
    """Say whether one end is another, or a range around it."""
    around, within = parse_range(outer), parse_range(inner)
    return outer == inner if around is None or within is None else lies_in(within, around)
