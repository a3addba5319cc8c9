"""Draw the arrows, each with its ports, and what is wrong with it in shape and words beside the colour."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from capgen.report.judged import Verdict
from capgen.report.topology.element import add, add_icon, path
from capgen.report.topology.node import GraphEdge
from capgen.report.topology.size import BOX_WIDTH, CURVE, LINE, SMALL, icons, label_size, note
from capgen.report.topology.slots import Link

_HEAD, _HALF = 10, 4.5


def tone(edge: GraphEdge) -> str:
    """Return the class that says how an arrow is meant."""
    if edge.verdict is Verdict.UNINTENDED:
        return "wrong"
    if edge.verdict is Verdict.MISSING:
        return "missing"
    if not edge.listens:
        return "idle"
    return "world" if edge.world else "through" if edge.through else "plain"


def draw_arrow(parent: Element, links: Sequence[Link]) -> None:
    """Draw the line of an arrow, from column to column, and its head at the destination."""
    edge, last = links[0].edge, links[-1]
    backwards = links[0].source.key == edge.destination
    group = add(parent, "g", class_=f"arrow {tone(edge)}")
    start = links[0].source.x + BOX_WIDTH
    parts: list[float | str] = ["M", start + (_HEAD if backwards else 0), links[0].start]
    for link in links:
        left = link.source.x + BOX_WIDTH
        parts += ["C", left + CURVE * 0.6, link.start, left + CURVE * 0.4, link.end, left + CURVE, link.end]
        parts += ["L", link.target.x + (0 if link.last else BOX_WIDTH), link.end]
    if not backwards:
        parts[-2] = last.target.x - _HEAD
    add(group, "path", d=path(*parts), class_="line")
    at, y, to = (start, links[0].start, _HEAD) if backwards else (last.target.x, last.end, -_HEAD)
    add(group, "path", d=path("M", at, y, "l", to, -_HALF, "v", 2 * _HALF, "z"), class_="head")


def draw_label(parent: Element, link: Link) -> None:
    """Write the ports of an arrow before the box at its right end."""
    edge, size = link.edge, label_size(link.edge)
    right = link.target.x - _HEAD - 5
    left, top = right - size.width, link.end - size.height / 2
    group = add(parent, "g", class_=f"label {tone(edge)}")
    world = "; the whole Internet is let in" if edge.world else ""
    through = "; carries what the Internet sends to the load balancer" if edge.through else ""
    add(group, "title", f"{edge.words}{world}{through}")
    add(group, "rect", x=left, y=top, width=size.width, height=size.height, rx=9)
    x = left + 8
    for name in icons(edge):
        add_icon(group, name, x, link.end - 6, 12)
        x += 15
    first = link.end + 4 if not note(edge) else link.end - 3
    add(group, "text", edge.label, x=x, y=first, class_="ports", font_size=LINE)
    if note(edge):
        add(group, "text", note(edge), x=x, y=link.end + 11, class_="note", font_size=SMALL)
