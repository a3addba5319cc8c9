"""Draw the boxes: what stands where, what it is called, and what is to be seen at first glance."""

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from capgen.report.topology.badges import Badge
from capgen.report.topology.element import add, add_icon
from capgen.report.topology.measure import fit
from capgen.report.topology.node import GraphNode
from capgen.report.topology.size import (
    BADGE_HEIGHT,
    BADGE_STEP,
    BOX_WIDTH,
    HEAD,
    ICON,
    LINE,
    LINE_STEP,
    PAD,
    SMALL,
    TITLE,
    badge_rows,
    badge_width,
)
from capgen.report.topology.slots import Slot
from capgen.validate.words import printable

Target = Callable[[str], str | None]
"""Finds the id of the place in the page that tells about an address."""

_TEXT = PAD + ICON + 9


def draw_box(parent: Element, node: GraphNode, slot: Slot, target: Target) -> None:
    """Draw a box. It leads to the first of its resources that the page tells about."""
    place = next((found for member in node.members if (found := target(member))), None)
    group = add(parent, "a", href=f"#{place}", class_=f"box {node.kind}") if place else add(
        parent, "g", class_=f"box {node.kind if node.kind in ('everyone', 'ranges') else 'tier'}")  # fmt: skip
    add(group, "title", f"{node.title}: {', '.join(node.members)}" if node.members else node.title)
    add(group, "rect", x=slot.x, y=slot.y, width=BOX_WIDTH, height=slot.height, rx=11, class_="card")
    add(group, "rect", x=slot.x + PAD, y=slot.y + PAD, width=ICON, height=ICON, rx=7, class_="tile")
    add_icon(group, node.kind, slot.x + PAD + 5, slot.y + PAD + 5, ICON - 10)
    room = BOX_WIDTH - _TEXT - PAD + 4
    x, y = slot.x + _TEXT, slot.y + HEAD - 8
    add(group, "text", fit(printable(node.title), room, TITLE, bold=True), x=x, y=y, class_="name", font_size=TITLE)
    for line in map(printable, node.lines):
        y += LINE_STEP
        shown = fit(line, room, LINE, mono=True)
        written = add(group, "text", shown, x=x, y=y, class_="line-of-text", font_size=LINE)
        if shown != line:
            add(written, "title", line)
    y = max(y + 10, slot.y + PAD + ICON + 8)
    left, wide = slot.x + PAD, BOX_WIDTH - 2 * PAD
    draw_badges(group, node.badges, left, y, wide)
    _draw_notes(group, node, left, y + BADGE_STEP * len(badge_rows(node.badges, wide)) - 3)


def _draw_notes(group: Element, node: GraphNode, x: float, y: float) -> None:
    """Write the flows that stay within the column, what is wrong with one in a line of its own."""
    for each in node.notes:
        y += LINE_STEP
        text = printable(each.text)
        shown = fit(text, BOX_WIDTH - 2 * PAD, LINE)
        written = add(group, "text", shown, x=x, y=y, class_="aside", font_size=LINE)
        if shown != text:
            add(written, "title", text)
        if each.wrong:
            y += LINE_STEP
            wrong = add(group, "g", class_="label wrong")
            add_icon(wrong, "alert", x, y - 9.5, 11)
            add(wrong, "text", each.wrong, x=x + 16, y=y, font_size=LINE)


def draw_badges(parent: Element, badges: Iterable[Badge], x: float, y: float, room: float) -> None:
    """Draw badges in rows."""
    for row in badge_rows(badges, room):
        at = x
        for badge in row:
            wide = badge_width(badge)
            group = add(parent, "g", class_=f"badge {badge.tone}")
            add(group, "rect", x=at, y=y, width=wide, height=BADGE_HEIGHT, rx=BADGE_HEIGHT / 2)
            if badge.icon:
                add_icon(group, badge.icon, at + 7, y + 4, 10)
            inset = 8 + (13 if badge.icon else 0)
            add(group, "text", badge.text, x=at + inset, y=y + 12.8, font_size=SMALL)
            at += wide + 5
        y += BADGE_STEP
