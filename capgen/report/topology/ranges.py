"""The boxes of what is outside of the deployment: ranges that may do the same are one box."""

from collections.abc import Mapping, Sequence

from capgen.report.judged import JudgedFlow, port_words
from capgen.report.topology.node import GraphNode
from capgen.topology.addresses import is_world

_MOST_BOXES = 5
_MOST_LINES = 3


def range_nodes(column: int, by_range: Mapping[str, Sequence[JudgedFlow]], *, source: bool) -> tuple[GraphNode, ...]:
    """Return the boxes of a side, the whole Internet first. Where there would be many, the last is for all the others.

    `by_range` has the flows of each range, which is their `source` or else their destination.
    """
    alike: dict[tuple[object, ...], list[str]] = {}
    for range_, flows in sorted(by_range.items()):
        alike.setdefault((is_world(range_), *_abilities(flows, source=source)), []).append(range_)
    groups = sorted(alike.values(), key=lambda ranges: (_rank(ranges[0], by_range[ranges[0]]), ranges))
    if len(groups) > _MOST_BOXES:
        groups = [*groups[: _MOST_BOXES - 1], sorted(each for ranges in groups[_MOST_BOXES - 1 :] for each in ranges)]
    return tuple(
        _node(
            f"{'from' if source else 'to'} {number}",
            column,
            ranges,
            [flow for each in ranges for flow in by_range[each]],
        )
        for number, ranges in enumerate(groups)
    )


def _abilities(flows: Sequence[JudgedFlow], *, source: bool) -> tuple[object, ...]:
    """Return what a range may do, or may be reached by."""
    return tuple(
        sorted((each.flow.destination if source else each.flow.source, port_words(each.flow), each.flow.internet,
                each.flow.listens, str(each.verdict)) for each in flows)
    )  # fmt: skip


def _rank(range_: str, flows: Sequence[JudgedFlow]) -> tuple[bool, bool]:
    return (not is_world(range_), not any(each.flow.internet for each in flows))


def _node(key: str, column: int, ranges: Sequence[str], flows: Sequence[JudgedFlow]) -> GraphNode:
    shown = ranges if len(ranges) <= _MOST_LINES else ranges[:_MOST_LINES]
    more = [f"and {len(ranges) - len(shown)} more"] if len(ranges) > len(shown) else []
    everyone = is_world(ranges[0])
    internet = any(each.flow.internet for each in flows)
    if everyone:
        title = "Internet" if internet else "Any address"
    else:
        kind = "public range" if internet else "range"
        title = f"{len(ranges)} {kind}s" if len(ranges) > 1 else kind.capitalize()
    return GraphNode(key=key, kind="everyone" if everyone else "ranges", column=column, title=title,
                     lines=(*shown, *more), members=tuple(ranges))  # fmt: skip
