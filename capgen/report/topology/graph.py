"""From a region to what the picture shows: tiers, the ranges beside them, and the flows between."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from capgen.assess import RegionAssessment
from capgen.report.judged import JudgedFlow, Verdict, port_words, tier_name, tier_of
from capgen.report.topology.node import Graph, GraphEdge, GraphNode, Note
from capgen.report.topology.ranges import range_nodes
from capgen.report.topology.tiers import tier_nodes

_SOURCES, _DESTINATIONS = 0, 3
_COLUMNS: Mapping[str, int] = {"load_balancer": 1, "task": 2}
"""All other tiers stand in the column of what is connected to."""

_MOST_PORTS = 2


@dataclass(frozen=True, order=True, kw_only=True)
class _Arrow:
    source: str
    destination: str
    verdict: Verdict
    world: bool


def graph(region: RegionAssessment, flows: Sequence[JudgedFlow]) -> Graph:
    """Return what there is to draw of a region with these flows."""
    incoming = range_nodes(_SOURCES, _by_range(region, flows, source=True), source=True)
    outgoing = range_nodes(_DESTINATIONS, _by_range(region, flows, source=False), source=False)
    arrows = _arrows(flows, incoming, outgoing)
    ends = {end: tier_of(region, end) for judged in flows for end in (judged.flow.source, judged.flow.destination)}
    tiers = {node.tier: node.tier for node in region.reachability.nodes}
    within = {end: tier for end, tier in ends.items() if tier} | tiers
    column = {end: _COLUMNS.get(tier, _DESTINATIONS) for end, tier in within.items()}
    beside = {arrow for arrow in arrows if column.get(arrow.source, _SOURCES) == column.get(arrow.destination)}
    notes = {end: tuple(_note(arrow, arrows[arrow]) for arrow in sorted(beside) if arrow.source == end)
             for end in within}  # fmt: skip
    let_in = {each.flow.destination for each in flows if each.from_everyone and each.flow.listens}
    proxies = {end for end in let_in if within.get(end) == "load_balancer"}
    between: dict[tuple[str, str], tuple[JudgedFlow, ...]] = {}
    for arrow, group in sorted(arrows.items()):
        ends_of = (arrow.source, arrow.destination)
        between[ends_of] = (*between.get(ends_of, ()), *group)
    return Graph(
        inside=tier_nodes(region, within, column, notes),
        outside=(*incoming, *outgoing),
        edges=tuple(_edge(arrow, arrows[arrow], proxies) for arrow in sorted(arrows) if arrow not in beside),
        flows=between,
    )


def _arrows(
    flows: Iterable[JudgedFlow], incoming: Iterable[GraphNode], outgoing: Iterable[GraphNode]
) -> dict[_Arrow, list[JudgedFlow]]:
    sources = {member: node.key for node in incoming for member in node.members}
    destinations = {member: node.key for node in outgoing for member in node.members}
    arrows: dict[_Arrow, list[JudgedFlow]] = {}
    for judged in flows:
        source, destination = judged.flow.source, judged.flow.destination
        arrow = _Arrow(source=sources.get(source, source), destination=destinations.get(destination, destination),
                       verdict=judged.verdict, world=judged.from_everyone)  # fmt: skip
        arrows.setdefault(arrow, []).append(judged)
    return arrows


def _by_range(region: RegionAssessment, flows: Iterable[JudgedFlow], *, source: bool) -> dict[str, list[JudgedFlow]]:
    found: dict[str, list[JudgedFlow]] = {}
    for judged in flows:
        end = judged.flow.source if source else judged.flow.destination
        if tier_of(region, end) is None:
            found.setdefault(end, []).append(judged)
    return found


def _note(arrow: _Arrow, group: Sequence[JudgedFlow]) -> Note:
    to = "itself" if arrow.destination == arrow.source else tier_name(arrow.destination)
    wrong = str(arrow.verdict) if arrow.verdict in (Verdict.UNINTENDED, Verdict.MISSING) else ""
    return Note(text=f"to {to}: {_ports(group)}", wrong=wrong)


def _edge(arrow: _Arrow, group: Sequence[JudgedFlow], proxies: set[str]) -> GraphEdge:
    listens = any(judged.flow.listens for judged in group)
    return GraphEdge(
        source=arrow.source,
        destination=arrow.destination,
        label=_ports(group),
        verdict=arrow.verdict,
        world=arrow.world,
        through=arrow.source in proxies and listens,
        listens=listens,
        words=", ".join(dict.fromkeys(f"{port_words(judged.flow)} ({state(judged)})" for judged in group)),
    )


def state(judged: JudgedFlow) -> str:
    """Say in a few words whether a flow exists and should."""
    idle = "" if judged.flow.listens or judged.verdict is Verdict.MISSING else ", nothing listens"
    words = {
        Verdict.INTENDED: "intended",
        Verdict.UNKNOWN: "open",
        Verdict.MISSING: "intended, but closed",
        Verdict.UNINTENDED: "open, not intended",
    }
    return words[judged.verdict] + idle


def _ports(group: Iterable[JudgedFlow]) -> str:
    """Write the ports of several flows in few words: `TCP 80, 443`."""
    words = list(dict.fromkeys(port_words(judged.flow) for judged in group))
    if len(words) > 1 and all(word.startswith("TCP ") for word in words):
        words = [words[0], *(word.removeprefix("TCP ") for word in words[1:])]
    shown = ", ".join(words[:_MOST_PORTS])
    return f"{shown} +{len(words) - _MOST_PORTS}" if len(words) > _MOST_PORTS else shown
