"""Connections, told by what stands at their ends."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from capgen.reach.connection import Connection
from capgen.reach.flow import Flow
from capgen.reach.interface import LOAD_BALANCER, TASK, Interface
from capgen.reach.listening import Listening
from capgen.reach.naming import called_of, entities_of, names_of
from capgen.topology.addresses import has_public_addresses


def flows_of(connections: Iterable[Connection], found: Sequence[Interface], listening: Listening) -> tuple[Flow, ...]:
    """Return the flows, sorted. Connections that come to the same flow are one, with the rules of each."""
    names = names_of(found)
    flows: dict[Flow, Flow] = {}
    registered = listening.registered()
    for connection in connections:
        flow = Flow(
            source=_name(connection.source, names),
            destination=_name(connection.destination, names),
            protocol=connection.ports.protocol,
            from_port=connection.ports.first,
            to_port=connection.ports.last,
            internet=_internet(connection),
            listens=_listens(connection, registered),
            rules=tuple(sorted({rule.address for rule in connection.rules})),
        )
        _add(flows, flow)
    for from_source in (True, False):
        for flow in list(_of_whole_entities(tuple(flows.values()), found, from_source=from_source)):
            _add(flows, flow)
    return tuple(sorted(flows.values()))


def _name(end: Interface | str, names: Mapping[str, str]) -> str:
    return end if isinstance(end, str) else names[end.address]


def _add(flows: dict[Flow, Flow], flow: Flow) -> None:
    known = flows.pop(flow, None)
    if known is not None:
        rules = tuple(sorted({*known.rules, *flow.rules}))
        flow = replace(flow, listens=known.listens or flow.listens, rules=rules)
    flows[flow] = flow


def _of_whole_entities(flows: Sequence[Flow], found: Sequence[Interface], *, from_source: bool) -> Iterator[Flow]:
    """Yield the flows that every interface of a thing has, though they are in different groups."""
    called = called_of(found)
    for entity, members in entities_of(found).items():
        if len({one.groups for one in members}) == 1:
            continue
        alike = [
            {_renamed(flow, called[entity], from_source=from_source): flow for flow in flows
             if (flow.source if from_source else flow.destination) == one.address}
            for one in members
        ]  # fmt: skip
        for flow in alike[0]:
            if all(flow in others for others in alike):
                yield from (_renamed(others[flow], called[entity], from_source=from_source) for others in alike)


def _renamed(flow: Flow, name: str, *, from_source: bool) -> Flow:
    return replace(flow, source=name) if from_source else replace(flow, destination=name)


def _internet(connection: Connection) -> bool:
    """Say whether one end is the Internet. A group without members is not."""
    ends = (connection.source, connection.destination)
    interface = next(end for end in ends if not isinstance(end, str))
    by_group = all(rule.by_group for rule in connection.rules)
    ranges = [end for end in ends if isinstance(end, str) and not by_group]
    return interface.public is not False and any(map(has_public_addresses, ranges))


def _listens(connection: Connection, registered: set[tuple[str, str, int | None]]) -> bool:
    """Say whether something answers. A load balancer sends requests only to what is registered with it."""
    source, destination = connection.source, connection.destination
    if isinstance(destination, str):
        return True
    ports = [port for port in destination.ports if connection.ports.has_tcp(port)]
    if not isinstance(source, str) and (source.tier, destination.tier) == (LOAD_BALANCER, TASK):
        return any((source.name, destination.name, port) in registered for port in ports)
    return bool(ports)
