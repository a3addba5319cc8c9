"""Who can connect to what, as a table: sources down, destinations across, ports in the cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from capgen.report.topology import Graph, GraphNode, JudgedFlow, Verdict, port_words

_WORST = (Verdict.UNINTENDED, Verdict.MISSING, Verdict.UNKNOWN, Verdict.INTENDED)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is open between two ends on some ports. `rules` are the addresses of what opens it."""

    ports: str
    verdict: Verdict
    internet: bool
    everyone: bool
    listens: bool
    rules: tuple[str, ...]
    spec: str

    @property
    def wrong(self) -> bool:
        """Say whether it is not as the spec asks."""
        return self.verdict in (Verdict.UNINTENDED, Verdict.MISSING)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A source with a cell for each destination."""

    source: GraphNode
    cells: tuple[tuple[Opening, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The whole table."""

    destinations: tuple[GraphNode, ...]
    rows: tuple[Row, ...]

    @property
    def openings(self) -> tuple[Opening, ...]:
        """Return every opening."""
        return tuple(opening for row in self.rows for cell in row.cells for opening in cell)


def matrix(drawn: Graph) -> Matrix:
    """Return the table of what a picture shows. Ranges that may do the same are one row."""
    sources = {source for source, _ in drawn.flows}
    reached = {destination for _, destination in drawn.flows}
    nodes = (*(node for node in drawn.outside if node.key in sources), *drawn.inside)
    ends = (*drawn.inside, *(node for node in drawn.outside if node.key in reached))
    rows = (
        Row(source=node, cells=tuple(_cell(drawn.flows.get((node.key, end.key), ())) for end in ends))
        for node in nodes
        if node.key in sources
    )
    return Matrix(destinations=ends, rows=tuple(rows))


def _cell(flows: Sequence[JudgedFlow]) -> tuple[Opening, ...]:
    alike: dict[tuple[str, Verdict, bool, bool, bool], list[JudgedFlow]] = {}
    for each in flows:
        key = (port_words(each.flow), each.verdict, each.flow.internet, each.from_everyone, each.flow.listens)
        alike.setdefault(key, []).append(each)
    openings = (
        Opening(ports=ports, verdict=verdict, internet=internet, everyone=everyone, listens=listens,
                rules=_rules(group), spec=next((each.spec for each in group if each.spec), ""))
        for (ports, verdict, internet, everyone, listens), group in alike.items()
    )  # fmt: skip
    return tuple(sorted(openings, key=lambda opening: _WORST.index(opening.verdict)))


def _rules(flows: Iterable[JudgedFlow]) -> tuple[str, ...]:
    return tuple(sorted({rule for each in flows for rule in each.flow.rules}))
