"""Run the checks that judge blocks by how they are connected."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

from capgen.scan.verdict import Verdict, block_name, in_order, tried

_OUTCOMES = (True, False, None)


def graph_checks(checks: Iterable[Any], connected: Any) -> Iterator[Verdict]:
    """Judge checkov's graph. Checks about other types than those in it, such as another cloud's, are not asked."""
    present = {attributes.get("resource_type") for _, attributes in connected.nodes()}
    for check in in_order(checks):
        about = _about(check)
        if about and not about & present:
            continue
        outcome = tried(check.id, check.run, connected)
        for vertices, passed in zip(outcome, _OUTCOMES, strict=True):
            for vertex in vertices:
                block = block_name(vertex["block_type_"], vertex["block_name_"])
                yield Verdict(check=check.id, name=check.name, block=block, passed=passed, guideline=check.guideline)


@cache
def _about(check: Any) -> AbstractSet[str] | None:
    """Return every type that a check names; nothing, or None, where it may be about any."""
    if check.sub_checks:
        parts = [_about(part) for part in check.sub_checks]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    if check.attribute == "resource_type":  # a filter: what passes it is decided by the other parts
        return frozenset()
    named = frozenset((*(check.resource_types or ()), *(check.connected_resources_types or ())))
    return named if check.resource_types and "all" not in {name.lower() for name in named} else None
