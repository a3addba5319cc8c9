"""Read a policy document: its statements, and sentences on what cannot be read.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.evaluate import Origin
from capgen.permissions.condition import conditions
from capgen.permissions.display import addressed, shown
from capgen.permissions.grant import Statement

_ELEMENTS = frozenset(
    {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
)


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a policy says. The statements stand in its order and have no words yet."""

    statements: tuple[Statement, ...] = ()
    opaque: tuple[str, ...] = ()


def read_document(value: object, policy: str, origins: Mapping[str, Origin]) -> Document:
    """Read a policy. `value` is its JSON text, or the object itself; `policy` the address of what holds it."""
    parsed = _parsed(value, origins)
    listed = parsed.get("Statement") if isinstance(parsed, Mapping) else None
    if isinstance(listed, Mapping):
        listed = [listed]
    if not isinstance(listed, list):
        if value is None:
            return Document(opaque=(f"The policy of {policy} is not known before it is applied.",))
        text = shown(addressed(value, origins))
        known = "is known only to AWS" if text.startswith("${") else "is not a policy that can be read"
        return Document(opaque=(f"The policy of {policy} {known}: {text}",))
    statements, opaque = [], []
    for number, raw in enumerate(listed, 1):
        if isinstance(raw, Mapping):
            statements.append(_statement(raw, policy))
            opaque += [f"Statement {number} of {policy} {problem}." for problem in _problems(raw)]
        else:
            opaque.append(f"Statement {number} of {policy} is not known: {shown(raw)}")
    return Document(statements=tuple(statements), opaque=tuple(opaque))


def _parsed(value: object, origins: Mapping[str, Origin]) -> object:
    try:
        return addressed(json.loads(value, object_pairs_hook=_object) if isinstance(value, str) else value, origins)
    except (ValueError, RecursionError):
        return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a key stands twice in one object: which of them counts is not known")
    return members


def _problems(raw: Mapping[str, Any]) -> Iterator[str]:
    for element in sorted(set(raw) - _ELEMENTS):
        yield f"has the element {element}, which is not read: {shown(raw[element])}"
    if raw.get("Effect") not in ("Allow", "Deny"):
        yield f"neither allows nor denies: its effect is {shown(raw.get('Effect'))}"
    if "Action" not in raw and "NotAction" not in raw:
        yield "names no action"
    for element in ("Action", "Principal", "Resource"):
        if element in raw and f"Not{element}" in raw:
            yield f"has both {element} and Not{element}, which AWS refuses"


def _statement(raw: Mapping[str, Any], policy: str) -> Statement:
    negated = tuple(element for element in ("NotAction", "NotPrincipal", "NotResource") if element in raw)
    return Statement(
        effect=shown(raw.get("Effect", "")),
        actions=_texts(raw, "Action"),
        resources=_texts(raw, "Resource"),
        principals=_principals(raw),
        conditions=tuple(condition.text for condition in conditions(raw)),
        negated=negated,
        sid=shown(raw.get("Sid", "")),
        words="",
        policy=policy,
        raw=raw,
    )


def _texts(raw: Mapping[str, Any], element: str) -> tuple[str, ...]:
    return tuple(sorted(set(_listed(raw.get(element)) + _listed(raw.get(f"Not{element}")))))


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    return [shown(item) for item in value] if isinstance(value, list) else [shown(value)]


def _principals(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Return principals with their kind, `Service ecs-tasks.amazonaws.com`; every spelling of anybody is `*`.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    found: set[str] = set()
    for element in ("Principal", "NotPrincipal"):
        value = raw.get(element)
        if isinstance(value, Mapping):
            found |= {f"{kind} {name}" for kind, names in value.items() for name in _listed(names)}
        else:
            found |= set(_listed(value))
    return tuple(sorted("*" if name == "AWS *" else name for name in found))
