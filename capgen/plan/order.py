"""The order in which the roots of a deployment are applied."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

from capgen.topology import RootPlan


def apply_order(roots: Iterable[RootPlan]) -> tuple[tuple[str, ...], ...]:
    """Return the regions in groups, each sorted: a root stands after every root whose outputs it takes.

    Raises graphlib.CycleError where roots need each other; no plan makes such references.
    """
    sorter = TopologicalSorter({root.region: root.needs for root in roots})
    sorter.prepare()
    groups = []
    while sorter.is_active():
        ready = sorter.get_ready()
        groups.append(tuple(sorted(ready)))
        sorter.done(*ready)
    return tuple(groups)
