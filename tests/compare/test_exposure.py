"""Flows that are opened and closed."""

import pytest

from capgen.compare import exposure_changes
from capgen.reach import Flow, Reachability


def flow(source: str, destination: str = "database", port: int = 5432, **more: object) -> Flow:
    fields = {"protocol": "tcp", "from_port": port, "to_port": port, "internet": False, "listens": True, "rules": ()}
    return Flow(source=source, destination=destination, **(fields | more))  # type: ignore[arg-type]


def told(old: list[Flow], new: list[Flow]) -> list[str]:
    changes = exposure_changes(Reachability(flows=tuple(old)), Reachability(flows=tuple(new)))
    return [f"{'WORLD ' if change.world else ''}{'opened' if change.opened else 'closed'} {change.flow.source}"
            for change in changes]  # fmt: skip


OFFICE = flow("203.0.113.0/24")
PRIVATE = flow("10.0.0.0/8")
WORLD = flow("0.0.0.0/0")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([PRIVATE], [PRIVATE], []),
        ([PRIVATE], [WORLD], ["WORLD opened 0.0.0.0/0", "closed 10.0.0.0/8"]),
        ([WORLD], [PRIVATE], ["opened 10.0.0.0/8", "closed 0.0.0.0/0"]),
        ([], [flow("0.0.0.0/1"), flow("128.0.0.0/1")], ["WORLD opened 0.0.0.0/1", "WORLD opened 128.0.0.0/1"]),
        ([], [flow("::/0")], ["WORLD opened ::/0"]),
        ([], [OFFICE, flow("pl-12345678")], ["opened 203.0.113.0/24", "opened pl-12345678"]),
        ([], [flow("task")], ["opened task"]),
        # Another port of what the world already reaches in full is nothing more; one that it does not is.
        ([flow("0.0.0.0/0", from_port=0, to_port=65535)], [WORLD], ["opened 0.0.0.0/0", "closed 0.0.0.0/0"]),
        ([flow("0.0.0.0/0", protocol="all")], [WORLD], ["opened 0.0.0.0/0", "closed 0.0.0.0/0"]),
        ([WORLD], [WORLD, flow("0.0.0.0/0", port=22)], ["WORLD opened 0.0.0.0/0"]),
        ([WORLD], [WORLD, flow("0.0.0.0/0", "task")], ["WORLD opened 0.0.0.0/0"]),
        # A node gets a public address: what was allowed becomes possible. It loses it: nothing is opened.
        ([WORLD], [flow("0.0.0.0/0", internet=True)], ["WORLD opened 0.0.0.0/0"]),
        ([OFFICE], [flow("203.0.113.0/24", internet=True)], ["WORLD opened 203.0.113.0/24"]),
        ([flow("0.0.0.0/0", internet=True)], [WORLD], ["closed 0.0.0.0/0"]),
        # Who may leave is not let in.
        ([], [flow("task", "0.0.0.0/0", internet=True)], ["opened task"]),
    ],
)  # fmt: skip
def test_what_is_opened_and_closed(old: list[Flow], new: list[Flow], expected: list[str]) -> None:
    assert told(old, new) == expected


def test_other_rules_for_the_same_flow_are_no_change() -> None:
    assert told([flow("task", rules=("a",))], [flow("task", rules=("b",), listens=False)]) == []
