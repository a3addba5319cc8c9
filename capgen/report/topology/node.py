"""What the picture shows, before it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from capgen.report.judged import JudgedFlow, Verdict
from capgen.report.topology.badges import Badge


@dataclass(frozen=True, kw_only=True)
class Note:
    """A flow that has no arrow, since it stays within a column; `wrong` says what is wrong with it, or is empty."""

    text: str
    wrong: str


@dataclass(frozen=True, kw_only=True)
class GraphNode:
    """A box of the picture. `key` is unique; `kind` is a tier, `everyone` or `ranges`; `lines` stand under the title.

    `column` counts from the left. `members` are the addresses of its resources, or its ranges, all of them.
    """

    key: str
    kind: str
    column: int
    title: str
    lines: tuple[str, ...]
    members: tuple[str, ...]
    badges: tuple[Badge, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GraphEdge:
    """An arrow. `world` says that the whole Internet is let in; `through` that it is so by way of a load balancer.

    `label` has the ports; `words` tells every flow of the arrow.
    """

    source: str
    destination: str
    label: str
    verdict: Verdict
    world: bool
    through: bool
    listens: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Boxes and arrows. `inside` are the tiers, `outside` the ranges on both sides of them.

    `flows` has every flow between two boxes, by their keys.
    """

    inside: tuple[GraphNode, ...]
    outside: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    flows: Mapping[tuple[str, str], tuple[JudgedFlow, ...]]
