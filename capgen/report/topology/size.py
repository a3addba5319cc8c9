"""How much room boxes, badges and labels take, in the unit of the picture: about a pixel on a wide screen."""

from collections.abc import Iterable
from dataclasses import dataclass

from capgen.report.judged import Verdict
from capgen.report.topology.badges import Badge
from capgen.report.topology.measure import width
from capgen.report.topology.node import GraphEdge, GraphNode

BOX_WIDTH = 196
PAD = 12
TITLE, LINE, SMALL = 13.5, 11, 10.5
"""Sizes of text."""
LINE_STEP, BADGE_HEIGHT, BADGE_STEP = 15, 18, 23
HEAD = 30
"""Height of a box above the first line below its title."""
ICON = 26
CURVE = 46
"""Room in which arrows bend, beside the boxes they leave."""
ARROW = 20
"""Room of an arrow's head."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """Width and height."""

    width: float
    height: float


def badge_width(badge: Badge) -> float:
    """Return how wide a badge is."""
    return width(badge.text, SMALL) + 16 + (13 if badge.icon else 0)


def badge_rows(badges: Iterable[Badge], room: float) -> list[list[Badge]]:
    """Break badges into rows that fit into a width."""
    rows: list[list[Badge]] = []
    used = room
    for badge in badges:
        wide = badge_width(badge) + 5
        if not rows or used + wide > room + 5:
            rows.append([])
            used = 0
        rows[-1].append(badge)
        used += wide
    return rows


def box_size(node: GraphNode) -> Size:
    """Return how large a node's box is."""
    rows = len(badge_rows(node.badges, BOX_WIDTH - 2 * PAD))
    text = max(HEAD + LINE_STEP * len(node.lines), PAD + ICON)
    notes = LINE_STEP * sum(2 if each.wrong else 1 for each in node.notes)
    return Size(width=BOX_WIDTH, height=text + BADGE_STEP * rows + notes + PAD)


def note(edge: GraphEdge) -> str:
    """Return the second line of an arrow's label: what is wrong with it."""
    if edge.verdict in (Verdict.UNINTENDED, Verdict.MISSING):
        return str(edge.verdict)
    return "" if edge.listens else "nothing listens"


def icons(edge: GraphEdge) -> tuple[str, ...]:
    """Return the shapes before an arrow's label."""
    wrong = edge.verdict in (Verdict.UNINTENDED, Verdict.MISSING)
    return (*(("alert",) if wrong else ()), *(("globe",) if edge.world or edge.through else ()))


def label_size(edge: GraphEdge) -> Size:
    """Return how large an arrow's label is."""
    wide = max(width(edge.label, LINE, bold=True), width(note(edge), SMALL))
    return Size(width=wide + 16 + 15 * len(icons(edge)), height=34 if note(edge) else 20)
