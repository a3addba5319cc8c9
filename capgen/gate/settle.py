"""Fill in what a plan leaves open, and leave out what the provider adds."""

from collections.abc import Iterator, Mapping
from typing import Any

from capgen.evaluate.language import Namespace, Template, Unknown
from capgen.gate.arguments import is_empty
from capgen.gate.expressions import NOT_KNOWN

#: Stands where nothing is written.
MISSING: Any = object()

_HIDDEN = "(sensitive value)"


def is_open(unknown: Any) -> bool:
    """Say whether anything in a value is unknown or secret."""
    if isinstance(unknown, Mapping):
        return any(map(is_open, unknown.values()))
    return any(map(is_open, unknown)) if isinstance(unknown, list) else bool(unknown)


def masked(value: Any, sensitive: Any) -> Any:
    """Return a value with fixed text where it is secret. `sensitive` has its shape."""
    if sensitive is True:
        return value if is_empty(value) or isinstance(value, bool) else _HIDDEN
    if isinstance(sensitive, Mapping) and isinstance(value, Mapping):
        return {key: masked(item, sensitive.get(key, False)) for key, item in value.items()}
    if isinstance(sensitive, list) and isinstance(value, list) and len(value) == len(sensitive):
        return [masked(item, hidden) for item, hidden in zip(value, sensitive, strict=True)]
    return value


def settled(value: Any, unknown: Any, configured: Any) -> Any:
    """Fill in what is unknown from what is configured. What a block does not configure, AWS alone sets."""
    if unknown is True:
        return NOT_KNOWN if configured is MISSING else configured
    if isinstance(unknown, Mapping) and isinstance(value, Mapping):
        inside = configured if isinstance(configured, Mapping) else {}
        more = (key for key in unknown if key not in value and (key in inside or configured is MISSING))
        found = {key: settled(value.get(key), unknown.get(key, False), inside.get(key, MISSING))
                 for key in (*value, *more)}  # fmt: skip
        return {key: item for key, item in found.items() if key in value or item is not None}
    if isinstance(unknown, list) and isinstance(value, list):
        shape = unknown if len(unknown) == len(value) else [False] * len(value)
        return [settled(*each) for each in zip(value, shape, _paired(value, configured), strict=True)]
    return value


def _paired(value: list[Any], configured: Any) -> list[Any]:
    """Return what is configured for each item. Blocks that have no order are found by what is known of them."""
    if isinstance(configured, Mapping):
        configured = [configured]  # Terraform JSON may write a single block as an object
    if not isinstance(configured, list) or len(configured) != len(value):
        return [MISSING] * len(value)
    rest, pairs = list(configured), []
    for item in value:
        position = next((number for number, each in enumerate(rest) if _agrees(item, each)), None)
        pairs.append(MISSING if position is None else rest.pop(position))
    return pairs


def _agrees(item: Any, configured: Any) -> bool:
    if not isinstance(item, Mapping) or not isinstance(configured, Mapping):
        return item is None or item == configured or isinstance(configured, Unknown | Template)
    return all(
        str(item[key]) == str(each)
        for key, each in configured.items()
        if isinstance(each, str | int | float) and item.get(key) is not None
    )


def trimmed(value: Any, written: Any) -> Any:
    """Leave out of nested blocks what the provider adds to them: what is empty, and what nobody wrote."""
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        blocks = written if isinstance(written, list) else [written]
        same = len(blocks) == len(value)
        return [trimmed(item, blocks[number] if same else None) for number, item in enumerate(value)]
    if isinstance(value, Mapping) and not _is_expression(written):
        known = written if isinstance(written, Mapping) else {}
        return {key: trimmed(item, known.get(key)) for key, item in value.items()
                if key in known or not is_empty(item)}  # fmt: skip
    return value


def _is_expression(written: Any) -> bool:
    """Say whether this is an argument as a plan's configuration has it, and no block."""
    return isinstance(written, Mapping) and bool({"constant_value", "references"} & set(written))


def unknowns(value: Any) -> Iterator[Unknown]:
    """Yield what is unknown in a value."""
    if isinstance(value, Unknown):
        yield value
    elif isinstance(value, Template):
        yield from (part for part in value.parts if isinstance(part, Unknown))
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from unknowns(item)


def without_namespaces(value: Any) -> Any:
    """A whole resource is no value that a policy could judge."""
    if isinstance(value, Namespace):
        return NOT_KNOWN
    if isinstance(value, Mapping):
        return {key: without_namespaces(item) for key, item in value.items()}
    return [without_namespaces(item) for item in value] if isinstance(value, list) else value
