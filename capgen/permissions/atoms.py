"""Take what a holder may do apart, so that two versions of it can be compared."""

from dataclasses import dataclass, replace
from itertools import product

from capgen.permissions.grant import Holder, Statement
from capgen.permissions.words import sentence


@dataclass(frozen=True, kw_only=True, order=True)
class Atom:
    """One action on one resource by one principal, under the conditions of its statement.

    `part` is "trust" or "policy". `resource` and `principal` are empty where the statement names none. What is inverted
    stays together: `anything but s3:GetObject, s3:PutObject`. `words` tells it in a sentence.
    """

    part: str
    effect: str
    action: str
    resource: str
    principal: str
    conditions: tuple[str, ...]
    words: str


def atoms(holder: Holder) -> tuple[Atom, ...]:
    """Return the atoms of a holder, sorted, each once.

    A permissions boundary is an atom that denies, since it takes away: whoever loses it gains. What cannot be known,
    such as a managed policy, is an atom that allows, with its sentence as the action: it may allow anything.
    """
    found = {atom for statement in holder.trust for atom in _of(statement, "trust", holder)}
    found |= {atom for statement in holder.statements for atom in _of(statement, "policy", holder)}
    found |= {_whole("Allow", text, text) for text in holder.opaque}
    if holder.boundary is not None:
        words = f"May do nothing that the permissions boundary {holder.boundary} does not allow."
        found.add(_whole("Deny", f"anything but what the boundary {holder.boundary} allows", words))
    return tuple(sorted(found))


def _whole(effect: str, action: str, words: str) -> Atom:
    return Atom(part="policy", effect=effect, action=action, resource="", principal="", conditions=(), words=words)


def _of(statement: Statement, part: str, holder: Holder) -> set[Atom]:
    axes = (
        _axis(statement.actions, statement, "NotAction"),
        _axis(statement.resources, statement, "NotResource"),
        _axis(statement.principals, statement, "NotPrincipal"),
    )
    return {
        Atom(
            part=part,
            effect=statement.effect,
            action=_name(actions, statement, "NotAction"),
            resource=_name(resources, statement, "NotResource"),
            principal=_name(principals, statement, "NotPrincipal"),
            conditions=statement.conditions,
            words=sentence(
                replace(statement, actions=actions, resources=resources, principals=principals),
                kind=holder.kind, part=part, exact=True,
            ),
        )
        for actions, resources, principals in product(*axes)
    }  # fmt: skip


def _axis(names: tuple[str, ...], statement: Statement, negation: str) -> list[tuple[str, ...]]:
    return [names] if negation in statement.negated or not names else [(name,) for name in names]


def _name(names: tuple[str, ...], statement: Statement, negation: str) -> str:
    text = ", ".join(names)
    return f"anything but {text}" if negation in statement.negated else text
