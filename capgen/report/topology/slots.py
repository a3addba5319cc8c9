"""The places of boxes and arrows in the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from capgen.report.topology.node import GraphEdge


@dataclass(kw_only=True)
class Slot:
    """A place in a column: a box, or the lane of an arrow that passes. `key` is that of the node, or the lane's own."""

    key: str
    outside: bool
    height: float
    lane: bool = False
    x: float = 0
    y: float = 0
    left: list["Link"] = field(default_factory=list)
    right: list["Link"] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return self.y + self.height / 2


@dataclass(kw_only=True)
class Link:
    """A part of an arrow between neighbouring columns; the label stands on the last. `start` and `end` are heights."""

    edge: GraphEdge
    source: Slot
    target: Slot
    last: bool
    start: float = 0
    end: float = 0


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Boxes by the key of their node; every arrow as its links from left to right; the frame of the network."""

    boxes: Mapping[str, Slot]
    arrows: Sequence[Sequence[Link]]
    frame: Frame
    width: float
    height: float
