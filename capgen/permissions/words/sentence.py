"""One statement as one sentence."""

import re

from capgen.permissions.condition import conditions
from capgen.permissions.grant import Statement
from capgen.permissions.words.clauses import clause
from capgen.permissions.words.listing import listing
from capgen.permissions.words.phrases import Phrase, phrases, unscoped
from capgen.permissions.words.principals import subject
from capgen.permissions.words.scope import Scope, scope

_SLOT = re.compile(r"\{([^{}]*)\}")
_OWNED = re.compile(r"the ([^{}]+) of \{[^{}]*\}")
_IDENTITIES = frozenset({"role", "user", "group", "policy"})


def sentence(statement: Statement, *, kind: str, part: str, exact: bool = False) -> str:
    """Return a statement of a holder of `kind` in words. `part` is "trust" or "policy"; `exact` names the action.

    It never says less than the statement grants: what is not known to the tables is told by its own name.
    """
    denied = statement.effect == "Deny"
    of_identity = part == "policy" and kind in _IDENTITIES and not statement.principals
    who = "" if of_identity else f"{subject(statement)} "
    may = "may not" if denied and not who.startswith("nobody") else "may"
    deed = _deed(statement, scope(statement, kind, part))
    if exact:
        named = [
            action for action in statement.actions if f"({action})" not in deed and "NotAction" not in statement.negated
        ]
        deed += f" by {listing(named)}" if named else ""
    text = f"{who}{may} {deed}{_conditions(statement, kind, denied=denied)}."
    return text[0].upper() + text[1:]


def _deed(statement: Statement, on: Scope) -> str:
    joiner = "or" if statement.effect == "Deny" else "and"
    if "NotAction" in statement.negated:
        return f"do anything with {on.named('resource')} except by {listing(statement.actions)}"
    groups: dict[str, list[Phrase]] = {}
    for phrase in phrases(("*",) if "*" in statement.actions else statement.actions):
        groups.setdefault(phrase.rest, []).append(phrase)
    told: list[str] = []
    for rest, group in groups.items():
        named = any(_SLOT.search(earlier) for earlier in list(groups)[: len(told)])
        again = named and not on.every
        told.append(f"{listing([phrase.verb for phrase in group], joiner)} {_filled(rest, on, again=again)}")
    deed = listing(told, joiner if on.pronoun == "it" else f", {joiner}")
    if not any(_SLOT.search(rest) for rest in groups):
        deed += f", on {on.named('resource')}"
    elif on.every and "any resource" not in deed:
        deed += " (any resource)"
    narrowest = on.every and all(unscoped(action) for action in statement.actions)
    return f"{deed} (AWS offers no narrower one)" if narrowest else deed


def _filled(rest: str, on: Scope, *, again: bool) -> str:
    if not again:
        return _SLOT.sub(lambda slot: on.named(slot[1]), rest)
    return _SLOT.sub(on.pronoun, _OWNED.sub(rf"{on.possessive} \1", rest))


def _conditions(statement: Statement, kind: str, *, denied: bool) -> str:
    clauses = [clause(condition) for condition in conditions(statement.raw)]
    if kind == "endpoint":
        clauses.insert(0, "through this endpoint")
    if not clauses:
        return ""
    if not denied:
        return f", but only {listing(clauses)}"
    return f" {clauses[0]}" if len(clauses) == 1 else f", when all of this holds: {'; '.join(clauses)}"
