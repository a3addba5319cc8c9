"""What a policy of capgen is, and what it is told of a block."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from capgen.evaluate import reference
from capgen.findings import FindingSeverity

Body = Mapping[str, Any]

_EXPRESSION = re.compile(r"(?<!\$)\$\{")


def _alone(*_types: str) -> Iterator["Subject"]:
    return iter(())


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One resource that a policy judges.

    `name` is `aws_lb.this`, and `module` the address of its module, empty for the root. In `body` nested blocks are
    lists of objects, JSON text is decoded, and what only AWS knows stands as `${…}`. `others` yields the resources of
    some types in every module: checkov's graph is behind it.
    """

    type: str
    name: str
    body: Body
    module: str = ""
    others: Callable[..., Iterator["Subject"]] = field(default=_alone, compare=False)

    def is_meant_by(self, value: object, other: "Subject") -> bool:
        """Say whether a value that stands in another resource refers to this one."""
        found = reference(value)
        return found is not None and found[0] == self.name.partition("[")[0] and self.module == other.module


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A check of capgen.

    `holds` says whether a resource of one of the types passes, or None when that turns on a value that only AWS knows.
    `arguments` are those that it looks at: the first one that the block has is where a finding points. `spec` is the
    path in the spec that decides, and `specs` says where it is another one for a type; `link` is the page that it all
    rests on.
    """

    id: str
    title: str
    severity: FindingSeverity
    rationale: str
    link: str
    fix: str
    spec: str
    types: tuple[str, ...]
    arguments: tuple[str, ...]
    holds: Callable[[Subject], bool | None]
    specs: Mapping[str, str] = field(default_factory=dict)


def is_unknown(value: object) -> bool:
    """Say whether a value, or a part of it, is known to AWS only."""
    return isinstance(value, str) and _EXPRESSION.search(value) is not None


def all_hold(verdicts: Iterable[bool | None]) -> bool | None:
    """Return a failure over an open question over a pass."""
    found = set(verdicts)
    return False if False in found else None if None in found else True


def nested(body: Body, *names: str) -> list[Body]:
    """Return the nested blocks at a path, such as `volume`, `efs_volume_configuration`."""
    blocks: list[Body] = [body]
    for name in names:
        below = (block.get(name) for block in blocks)
        items = (item for value in below for item in (value if isinstance(value, list) else [value]))
        blocks = [item for item in items if isinstance(item, Mapping)]
    return blocks


def switch(value: object, *, default: bool = False) -> bool | None:
    """Read a boolean argument, which may be text. None when only AWS knows it."""
    if value is None:
        return default
    return None if is_unknown(value) else str(value).lower() == "true"
