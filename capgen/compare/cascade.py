"""What else changes because a resource is replaced: arguments that refer to what AWS decides when it makes another."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from capgen.compare.changes import AttributeChange
from capgen.compare.force_new import forces_replacement
from capgen.compare.leaf import labelled
from capgen.compare.side import Side

_Changes = dict[str, tuple[AttributeChange, ...]]


def cascaded(changes: Mapping[str, tuple[AttributeChange, ...]], before: Side, after: Side) -> _Changes:
    """Add the arguments that get another value since what they refer to is replaced, until none is added.

    `changes` are those of each resource that is on both sides. A data source that reads something else, or through a
    replaced resource, gives another value too. An argument of a replaced resource that is written down is known before
    apply, so what refers to it stays.
    """
    result = dict(changes)
    pending = [address for address, found in sorted(changes.items()) if _replaced(found)] + _read_anew(before, after)
    another: set[str] = set()
    while pending:
        another.update(pending)
        pending = [
            *_through_data(after, another),
            *(address for address in sorted(result) if _add(result, address, after, another)),
        ]
    return result


def _replaced(changes: tuple[AttributeChange, ...]) -> bool:
    return any(change.forces_replacement for change in changes)


def _read_anew(before: Side, after: Side) -> list[str]:
    """Return the data sources that read something else."""
    common = [address for address in sorted(after.blocks) if address in before.blocks and after.blocks[address].is_data]
    return [address for address in common if before.values(address) != after.values(address)]


def _through_data(after: Side, another: set[str]) -> Iterator[str]:
    """Yield the data sources that ask with a value that will be another."""
    for address, block in sorted(after.blocks.items()):
        if block.is_data and address not in another and _causes(after.values(address), after, another):
            yield address


def _add(result: _Changes, address: str, after: Side, another: set[str]) -> bool:
    """Add what changes of one resource, and say whether it is replaced that was not."""
    known = result[address]
    lifecycle = after.blocks[address].body.get("lifecycle", {}).get("ignore_changes", [])
    found = []
    for name, value in sorted(after.values(address).items()):
        if name == "lifecycle" or name in lifecycle or lifecycle == "all":
            continue
        for path, text, cause in _causes(value, after, another, name):
            if not any(change.path.startswith(path) or path.startswith(change.path) for change in known):
                schema_path = tuple(re.sub(r"\[[^\]]*\]", "", path).split("."))
                forces = any(forces_replacement(after.blocks[address].type, schema_path[:length])
                             for length in range(1, len(schema_path) + 1))  # fmt: skip
                found.append(AttributeChange(path=path, old=text, new=text, forces_replacement=forces, because=cause))
    result[address] = (*known, *found)
    return not _replaced(known) and _replaced(result[address])


def _causes(value: Any, after: Side, another: set[str], path: str = "") -> list[tuple[str, str, str]]:
    """Return path, text and cause of each text that refers to a block of which another one is made."""
    if isinstance(value, Mapping):
        return [found for key, item in sorted(value.items())
                for found in _causes(item, after, another, f"{path}.{key}")]  # fmt: skip
    if isinstance(value, list):
        return [found for here, item in labelled(path, value) for found in _causes(item, after, another, here)]
    if not isinstance(value, str) or "${" not in value:
        return []
    causes = [address for address in sorted(another) if _refers(value, address, after)]
    return [(path, value, causes[0])] if causes else []


def _refers(text: str, address: str, after: Side) -> bool:
    """Say whether a text refers to something of a block that is not written down in it."""
    pattern = rf"(?<![\w.]){re.escape(address)}\.(\w+)"
    return any(match[1] not in after.blocks[address].body for match in re.finditer(pattern, text))
