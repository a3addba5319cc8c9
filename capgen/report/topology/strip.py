"""Draw the services beside the network as a strip of chips."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from capgen.report.topology.boxes import Target, draw_badges
from capgen.report.topology.element import add
from capgen.report.topology.measure import width
from capgen.report.topology.services import Service
from capgen.report.topology.size import LINE, TITLE, badge_width

_TOP, _TITLE, _HEIGHT, _GAP, _PAD, _LEFT = 30, 22, 50, 10, 13, 4


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A service and where it stands."""

    service: Service
    x: float
    y: float
    width: float


def chips(services: Sequence[Service], y: float, room: float) -> tuple[list[Chip], float]:
    """Break services into rows below `y`, and return them with the height at which they end."""
    if not services:
        return [], y
    placed: list[Chip] = []
    x, top = float(_LEFT), y + _TOP + _TITLE
    for service in services:
        words = width(f"{service.name}  ", TITLE, bold=True) + width(service.words, LINE)
        badges = sum(badge_width(badge) + 5 for badge in service.badges)
        wide = 2 * _PAD + max(words, badges)
        if placed and x + wide > room:
            x, top = _LEFT, top + _HEIGHT + _GAP
        placed.append(Chip(service=service, x=x, y=top, width=wide))
        x += wide + _GAP
    return placed, top + _HEIGHT + _LEFT


def draw_strip(parent: Element, placed: Sequence[Chip], target: Target) -> None:
    """Draw the chips and their title."""
    if not placed:
        return
    add(
        parent, "text", "AWS services beside the network", x=_LEFT, y=placed[0].y - 10, class_="caption", font_size=LINE
    )
    for chip in placed:
        place = next((found for address in chip.service.addresses if (found := target(address))), None)
        group = add(parent, "a", href=f"#{place}", class_="box") if place else add(parent, "g", class_="box")
        add(group, "title", f"{chip.service.name}: {', '.join(chip.service.addresses)}")
        add(group, "rect", x=chip.x, y=chip.y, width=chip.width, height=_HEIGHT, rx=9, class_="card")
        bare = not chip.service.badges
        text = add(group, "text", x=chip.x + _PAD, y=chip.y + (30 if bare else 19), font_size=TITLE)
        add(text, "tspan", chip.service.name, class_="name")
        add(text, "tspan", chip.service.words, class_="aside", dx=7, font_size=LINE)
        draw_badges(group, chip.service.badges, chip.x + _PAD - 2, chip.y + 26, chip.width)
