"""Where each box and arrow stands: columns from left to right, and no arrow crosses a box or a label.

An arrow that passes a column gets a lane of its own there, as in layered drawings of graphs:
https://en.wikipedia.org/wiki/Layered_graph_drawing. Every arrow ends at a height of its own, where its label stands, so
that labels never meet.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from capgen.report.topology.node import Graph, GraphEdge
from capgen.report.topology.size import ARROW, BOX_WIDTH, CURVE, Size, label_size
from capgen.report.topology.slots import Frame, Layout, Link, Slot

_LANE = 26
_ROW_GAP = 24
_SWEEPS = 4
_FRAME_PAD = 18
_FRAME_TITLE = 34
_MARGIN = 4

#: A small picture keeps the size of its text: it is not stretched over the page.
_NARROWEST = 900


def lay_out(graph: Graph, sizes: Mapping[str, Size]) -> Layout:
    """Place a graph. `sizes` are those of the boxes, by the key of their node."""
    column = {node.key: node.column for node in (*graph.inside, *graph.outside)}
    outside = {node.key for node in graph.outside}
    slots = {key: Slot(key=key, outside=key in outside, height=sizes[key].height) for key in column}
    used = sorted(set(column.values()))
    columns: list[list[Slot]] = [[slots[key] for key in column if column[key] == each] for each in used]
    arrows = [_chain(edge, number, column, slots, used, columns) for number, edge in enumerate(graph.edges)]
    links = [link for arrow in arrows for link in arrow]
    for link in links:
        link.source.right.append(link)
        link.target.left.append(link)
    for slot in slots.values():
        slot.height = max(slot.height, _room(slot.left), _room(slot.right))
    for sweep in range(_SWEEPS):
        _order(columns, leftwards=sweep % 2 == 1)
    width = _place_columns(columns)
    frame = _place_rows(columns)
    for slot in {id(each): each for each in (each for part in columns for each in part)}.values():
        _spread(slot)
    height = max([frame.y + frame.height, *(slot.y + slot.height for slot in slots.values())]) + _MARGIN
    return Layout(boxes=slots, arrows=arrows, frame=frame, width=max(width + _FRAME_PAD + _MARGIN, _NARROWEST),
                  height=height)  # fmt: skip


def _chain(
    edge: GraphEdge, number: int, column: Mapping[str, int], slots: Mapping[str, Slot], used: Sequence[int],
    columns: Sequence[list[Slot]],
) -> list[Link]:  # fmt: skip
    """Return the links of an arrow, with a lane in every column that it passes. One to the left is drawn backwards."""
    first, last = sorted((edge.source, edge.destination), key=lambda key: column[key])
    stops = [slots[first]]
    for index in range(used.index(column[first]) + 1, used.index(column[last])):
        lane = Slot(key=f"lane{number}", outside=False, height=_LANE, lane=True)
        columns[index].append(lane)
        stops.append(lane)
    stops.append(slots[last])
    return [
        Link(edge=edge, source=source, target=target, last=target is stops[-1]) for source, target in pairwise(stops)
    ]


def _room(links: Sequence[Link]) -> float:
    return sum(_slice(link) for link in links) + 12


def _slice(link: Link) -> float:
    """Return how much of a side an arrow takes: its label's height, where it has its label there."""
    return label_size(link.edge).height + 8 if link.last else _LANE


def _order(columns: Sequence[list[Slot]], *, leftwards: bool) -> None:
    """Sort each column by the places of its neighbours, so that few arrows cross."""
    for part in reversed(columns) if leftwards else columns:
        place = {id(slot): index / len(each) for each in columns for index, slot in enumerate(each)}
        part.sort(key=lambda slot: (slot.outside and bool(slot.left), _middle(slot, place, leftwards=leftwards)))


def _middle(slot: Slot, place: Mapping[int, float], *, leftwards: bool) -> float:
    near = [link.target for link in slot.right] if leftwards else [link.source for link in slot.left]
    return sum(place[id(each)] for each in near) / len(near) if near else place[id(slot)]


def _place_columns(columns: Sequence[list[Slot]]) -> float:
    framed = any(not slot.outside for slot in columns[0])
    x = float(_MARGIN + (_FRAME_PAD if framed else 0))
    for index, part in enumerate(columns):
        if index:
            labels = [label_size(link.edge).width for slot in part for link in slot.left if link.last]
            x += CURVE + max(labels, default=0) + ARROW + _FRAME_PAD
        for slot in part:
            slot.x = x
        x += BOX_WIDTH
    return x


def _place_rows(columns: Sequence[list[Slot]]) -> Frame:
    """Stack each column, its middle on the same height as the others'; what lies beyond the network stands below it."""
    above = [[slot for slot in part if not (slot.outside and slot.left)] for part in columns]
    top = _MARGIN + _FRAME_TITLE
    tallest = max((_tall(part) for part in above), default=0)
    for part in above:
        _stack(part, top + (tallest - _tall(part)) / 2)
    within = [slot for part in above for slot in part if not slot.outside]
    last = max((slot.y + slot.height for slot in within), default=float(top))
    first = min((slot.y for slot in within), default=float(top))
    left = min((slot.x for slot in within), default=float(_MARGIN)) - _FRAME_PAD
    right = max((slot.x for slot in within), default=left) + BOX_WIDTH + _FRAME_PAD
    frame = Frame(x=left, y=first - _FRAME_TITLE, width=right - left, height=last - first + _FRAME_TITLE + _FRAME_PAD)
    for part in columns:
        _stack([slot for slot in part if slot.outside and slot.left], frame.y + frame.height + _ROW_GAP)
    return frame


def _tall(part: Sequence[Slot]) -> float:
    return sum(slot.height for slot in part) + _ROW_GAP * max(len(part) - 1, 0)


def _stack(part: Iterable[Slot], y: float) -> None:
    for slot in part:
        slot.y = y
        y += slot.height + _ROW_GAP


def _spread(slot: Slot) -> None:
    """Give each arrow at a box a height of its own, in the order of where it comes from."""
    slot.left.sort(key=lambda link: link.source.middle)
    slot.right.sort(key=lambda link: link.target.middle)
    for links, attribute in ((slot.left, "end"), (slot.right, "start")):
        y = slot.middle - sum(map(_slice, links)) / 2
        for link in links:
            setattr(link, attribute, y + _slice(link) / 2)
            y += _slice(link)
