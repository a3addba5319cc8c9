"""What changes inside a resource, attribute by attribute, with what is secret hidden."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from capgen.compare import AttributeChange
from capgen.gate.arguments import is_computed, is_filled_in, same
from capgen.validate.secret_names import is_literal, names_a_secret

#: Stands for a value that only the apply will tell.
UNKNOWN = "(known after apply)"
#: Stands for a document, such as a policy, of which nothing can be compared.
DOCUMENT = "(document)"
#: Stands for a value that is marked as sensitive.
SENSITIVE = "(sensitive value)"

_Path = tuple[str | int, ...]


def attribute_changes(type: str, change: Mapping[str, Any]) -> tuple[AttributeChange, ...]:
    """Return what a change of a plan does to the attributes of an existing resource, sorted by path.

    What AWS sets is left out: it follows from the rest.
    """
    forcing = {_shown(path) for path in change.get("replace_paths", [])}
    found = []
    tagged = not same(_part(change, "before", "tags"), _part(change, "after", "tags"))
    for name in sorted({*(change.get("before") or {}), *(change.get("after") or {}), *_named(change)}):
        if is_computed(type, name) and (name != "tags_all" or tagged):
            continue
        sides = (_part(change, "before", name), _part(change, "after", name), _part(change, "after_unknown", name))
        if sides[2] is True and (sides[0] is None or is_filled_in(type, name)) and not _forces(name, forcing):
            continue
        hidden = (_part(change, "before_sensitive", name), _part(change, "after_sensitive", name))
        for path, old, new in _differences((name,), *sides, *hidden):
            shown = _shown(path)
            if {old is None, new is None} == {True, False} and (old is False or new is False):
                continue  # the provider's way to write a switch that nobody has set
            found.append(AttributeChange(path=shown, old=old, new=new, forces_replacement=_forces(shown, forcing)))
    return tuple(sorted(found, key=lambda each: (not each.forces_replacement, each.path)))


def _named(change: Mapping[str, Any]) -> Iterator[str]:
    unknown = change.get("after_unknown")
    return iter(unknown if isinstance(unknown, Mapping) else ())


def _part(change: Mapping[str, Any], part: str, name: str) -> Any:
    """Return what one side says of an attribute. A side may be true or false as a whole."""
    side = change.get(part)
    return side.get(name) if isinstance(side, Mapping) else side if isinstance(side, bool) else None


def _forces(path: str, forcing: set[str]) -> bool:
    return any(path == each or path.startswith((f"{each}.", f"{each}[")) or each.startswith((f"{path}.", f"{path}["))
               for each in forcing)  # fmt: skip


def _differences(
    path: _Path, old: Any, new: Any, unknown: Any, was_hidden: Any, is_hidden: Any
) -> Iterator[tuple[_Path, Any, Any]]:
    if unknown is True:
        document = isinstance(old, str) and isinstance(_decoded(old), list | dict)
        yield path, DOCUMENT if document else _masked(old, was_hidden), UNKNOWN
    elif was_hidden is True or is_hidden is True:
        if not same(old, new):
            yield path, _masked(old, was_hidden), _masked(new, is_hidden)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        secret = (key for key in ("value",) if _is_named_secret(old) or _is_named_secret(new))
        hidden = dict.fromkeys(secret, True)
        for key in sorted({*old, *new, *(unknown if isinstance(unknown, Mapping) else ())}):
            parts = (_inner(side, key) for side in (unknown, hidden or was_hidden, hidden or is_hidden))
            yield from _differences((*path, key), old.get(key), new.get(key), *parts)
    elif _are_documents(old, new):
        yield from _differences(path, _decoded(old), _decoded(new), unknown, was_hidden, is_hidden)
    elif _alike(old, new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            parts = (_inner(side, number) for side in (unknown, was_hidden, is_hidden))
            yield from _differences((*path, number), one, other, *parts)
    elif not same(old, new):
        yield path, _masked(old, was_hidden), _masked(new, is_hidden)


def _are_documents(old: Any, new: Any) -> bool:
    """Say whether two texts are documents of JSON, which can be compared inside."""
    texts = [text for text in (old, new) if isinstance(text, str) and text.startswith(("{", "["))]
    return len(texts) == 2 and all(_decoded(text) is not None for text in texts)  # noqa: PLR2004  # old and new


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_named_secret(value: Any) -> bool:
    """Say whether this is a variable of a container, called as secrets are. Terraform does not know it as one."""
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        return False
    return names_a_secret(value["name"]) and is_literal(value.get("value"), value["name"])


def _without_secrets(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_secrets(item) for item in value]
    if isinstance(value, Mapping):
        hidden = {"value": SENSITIVE} if _is_named_secret(value) else {}
        return {key: _without_secrets(item) for key, item in value.items()} | hidden
    return value


def _alike(old: Any, new: Any) -> bool:
    """Say whether two lists hold blocks that can be compared one by one."""
    return (isinstance(old, list) and isinstance(new, list) and len(old) == len(new)
            and all(isinstance(item, Mapping) for item in (*old, *new)))  # fmt: skip


def _inner(side: Any, key: str | int) -> Any:
    if isinstance(side, Mapping):
        return side.get(key)
    return side[key] if isinstance(side, list) and isinstance(key, int) and key < len(side) else None


def _masked(value: Any, hidden: Any) -> Any:
    """Hide a value that is secret, or has a secret anywhere in it."""
    return SENSITIVE if value is not None and _holds(hidden) else _without_secrets(value)


def _holds(hidden: Any) -> bool:
    if isinstance(hidden, Mapping):
        return any(map(_holds, hidden.values()))
    return any(map(_holds, hidden)) if isinstance(hidden, list) else hidden is True


def _shown(path: Any) -> str:
    """Write a path as Terraform does: `ingress[0].cidr_blocks`."""
    parts = path if isinstance(path, list | tuple) else [path]
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")
