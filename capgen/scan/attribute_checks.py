"""Run the checks that judge a block by its own arguments.

What they say turns on nothing but those, so it is remembered: the regions of a deployment, and the deployments of a
fleet, have most of their blocks in common. A check that also looks at other blocks is asked each time.
"""

import copy
import marshal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from types import CodeType, FunctionType
from typing import Any

from capgen.scan.definitions import FLATTENED
from capgen.scan.engine import Engine
from capgen.scan.user_policies import UserChecks
from capgen.scan.verdict import Verdict, block_name, in_order, passed, tried

_REMEMBERED = 5_000
"""Blocks whose verdicts are kept: some megabytes, and more than a fleet has that are alike."""

_Key = tuple[str, str, bytes]

_known: dict[_Key, tuple[Verdict, ...]] = {}


@dataclass(frozen=True, kw_only=True)
class _Block:
    kind: str
    type: str
    label: str
    body: Any
    name: str


def attribute_checks(parts: Engine, graph: Any, connected: Any) -> Iterator[Verdict]:
    """Judge every block of checkov's graph by checkov's checks and capgen's."""
    for block in _blocks(parts, graph):
        checks = in_order(parts.registries[block.kind].get_checks(block.type))
        key = _key(block)
        known = _known.get(key) if key else None
        if known is None:
            known = tuple(_verdict(check, block, connected) for check in checks if not _looks_around(check))
            _remember(key, known)
        yield from (replace(verdict, block=block.name) for verdict in known)
        yield from (_verdict(check, block, connected) for check in checks if _looks_around(check))


def user_attribute_checks(parts: Engine, graph: Any, connected: Any, theirs: UserChecks) -> Iterator[Verdict]:
    """Judge every block by the user's own checks, on copies, so that they change nothing for the checks after them."""
    for block in _blocks(parts, graph):
        for check in in_order(theirs.of(block.kind, block.type)):
            verdict = _verdict(check, replace(block, body=copy.deepcopy(block.body)), connected)
            yield replace(verdict, severity=theirs.severities[check.id])


def forget() -> None:
    """Forget what was said so far."""
    _known.clear()


def _blocks(parts: Engine, graph: Any) -> Iterator[_Block]:
    for vertex in graph.vertices:
        kind = vertex.block_type
        type, label, body = parts.registries[kind].extract_entity_details(vertex.config)
        yield _Block(kind=kind, type=type, label=label, body=body, name=block_name(kind, vertex.name))


def _verdict(check: Any, block: _Block, connected: Any) -> Verdict:
    check.graph = connected
    result = tried(f"{check.id} on {block.name}", check.run, FLATTENED, block.body, block.label, block.type, {})
    return Verdict(check=check.id, name=check.name, block=block.name, guideline=check.guideline,
                   passed=passed(check.id, block.name, result["result"]),
                   keys=tuple(map(str, result["evaluated_keys"])))  # fmt: skip


def _key(block: _Block) -> _Key | None:
    """Return what stands for a block's arguments, byte for byte; None where they hold what is not plain data."""
    try:
        return block.kind, block.type, marshal.dumps(block.body, 2)  # the last version in which equal data is equal
    except ValueError:
        return None


def _remember(key: _Key | None, verdicts: tuple[Verdict, ...]) -> None:
    if key is None:
        return
    if len(_known) >= _REMEMBERED:
        _known.clear()
    _known[key] = verdicts


@cache
def _looks_around(check: Any) -> bool:
    """Say whether the code of a check reads its `graph`, in which the other blocks are."""
    functions = (
        member for part in type(check).__mro__ for member in vars(part).values() if isinstance(member, FunctionType)
    )
    return any(_reads_graph(function.__code__) for function in functions if function.__name__ != "__init__")


def _reads_graph(code: CodeType) -> bool:
    inner = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return "graph" in code.co_names or any(map(_reads_graph, inner))
