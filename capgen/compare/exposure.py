"""Which flows are opened and closed, and whether the whole Internet is let in."""

from collections.abc import Iterable
from dataclasses import replace

from capgen.compare.changes import ExposureChange
from capgen.reach import Flow, Reachability
from capgen.topology.addresses import is_world, parse_range


def exposure_changes(old: Reachability, new: Reachability) -> tuple[ExposureChange, ...]:
    """Return the flows that are opened and closed: those that let the world in first, then the other opened ones.

    A range that is widened is one flow opened and one closed. A node that gets a public address opens its flows to the
    Internet, and closes nothing; one that loses it closes them, and opens nothing.
    """
    opened, closed = set(new.flows) - set(old.flows), set(old.flows) - set(new.flows)
    changes = [
        *(ExposureChange(flow=flow, opened=True, world=_lets_in_the_world(flow, old.flows))
          for flow in opened if not _of_the_internet(flow, closed)),
        *(ExposureChange(flow=flow, opened=False, world=False)
          for flow in closed if not _of_the_internet(flow, opened)),
    ]  # fmt: skip
    return tuple(sorted(changes, key=lambda change: (not change.world, not change.opened, change.flow)))


def _of_the_internet(flow: Flow, others: Iterable[Flow]) -> bool:
    """Say whether a flow that is not of the Internet is among others as one that is."""
    return not flow.internet and replace(flow, internet=True) in others


def _lets_in_the_world(flow: Flow, before: Iterable[Flow]) -> bool:
    """Say whether a flow lets in the whole Internet, or a range of it for the first time, where nothing did."""
    if is_world(flow.source):
        return not any(is_world(other.source) and _covers(other, flow) for other in before)
    return flow.internet and parse_range(flow.source) is not None and replace(flow, internet=False) in before


def _covers(wide: Flow, flow: Flow) -> bool:
    """Say whether one flow reaches everything that the other one reaches."""
    return (wide.destination == flow.destination and wide.protocol in (flow.protocol, "all")
            and wide.from_port <= flow.from_port and flow.to_port <= wide.to_port
            and (wide.internet or not flow.internet))  # fmt: skip
