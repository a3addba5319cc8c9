"""The smallest things that differ between two values, each with a path that a person can follow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

_LABELS = ("Sid", "sid", "name", "Name", "id", "ID", "key", "containerPort", "sourceVolume")
"""What tells the elements of a list apart, where each of them has one of its own."""


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """Two values that differ, None where there is none. `path` is as it is read: `policy.Statement[TlsOnly].Action`."""

    path: str
    old: Any
    new: Any


def leaves(path: str, old: Any, new: Any) -> Iterator[Leaf]:
    """Yield where two values of plain data differ. Policy documents are compared as IAM reads them: lists are sets."""
    if _is_policy(old) and _is_policy(new):
        old, new = _unordered(old), _unordered(new)
    if same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new}):
            yield from leaves(f"{path}.{key}", old.get(key), new.get(key))
    elif _of_objects(old) and _of_objects(new):
        for label, before, after in paired(old, new):
            yield from leaves(f"{path}[{label}]", before, after)
    else:
        yield Leaf(path=path, old=old, new=new)


def same(old: Any, new: Any) -> bool:
    """Say whether two values are the same to Terraform, which reads "1" and 1 alike where it knows the type."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return all(same(old.get(key), new.get(key)) for key in {*old, *new})
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(same, old, new))
    if isinstance(old, str | int | float) and isinstance(new, str | int | float):
        return _text(old) == _text(new)
    return bool(old == new)


def paired(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield the elements of two lists of objects that belong together, each pair with its label; None is no element.

    Without a label of their own, equal elements belong together, and what is left does in its order.
    """
    label = next((label for label in _LABELS if _tells_apart(label, old) and _tells_apart(label, new)), None)
    if label is not None:
        before, after = ({_text(each[label]): each for each in side} for side in (old, new))
        for name in sorted({*before, *after}):
            yield name, before.get(name), after.get(name)
        return
    left = [each for each in old if not any(same(each, other) for other in new)]
    right = [each for each in new if not any(same(each, other) for other in old)]
    for index, (one, other) in enumerate(zip_longest(left, right)):
        yield str(index), one, other
    if not left and not right:
        yield from ((str(index), *pair) for index, pair in enumerate(zip_longest(old, new)))


def labelled(path: str, elements: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the elements of a list with their paths. That of a single block, or of a list of texts, is the list's."""
    if not _of_objects(elements):
        yield from ((path, element) for element in elements)
        return
    label = next((label for label in _LABELS if _tells_apart(label, elements)), None)
    for index, element in enumerate(elements):
        name = str(index) if label is None else _text(element[label])
        yield (path if len(elements) == 1 and label is None else f"{path}[{name}]"), element


def _tells_apart(label: str, elements: Sequence[Any]) -> bool:
    found = [each.get(label) for each in elements]
    return all(isinstance(each, str | int) for each in found) and len(set(found)) == len(found)


def _of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def _is_policy(value: Any) -> bool:
    return value is None or (isinstance(value, Mapping) and "Statement" in value)


def _unordered(value: Any) -> Any:
    """Return a policy with its lists sorted, and a single element as a list: IAM makes no difference."""
    if isinstance(value, Mapping):
        return {key: [item] if isinstance(item, str) and key not in ("Sid", "Effect", "Version", "Id") else
                _unordered(item) for key, item in value.items()}  # fmt: skip
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return sorted(value)
    return [_unordered(each) for each in value] if isinstance(value, list) else value


def _text(value: str | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
