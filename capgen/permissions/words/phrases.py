"""What actions let one do, in words: from a table, or, for an action that is not in it, from its name."""

import re
from dataclasses import dataclass
from functools import cache

from capgen.resources import table

_WORD = re.compile(r"[A-Z]+\d*(?![a-z])|[A-Z]?[a-z]+\d*|\d+")
_WILDCARD = re.compile(r"[*?]")


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A verb, and what follows it: `read`, `{object}`. In braces stands what the resource is called if any will do."""

    verb: str
    rest: str
    rank: int


def phrases(actions: tuple[str, ...]) -> list[Phrase]:
    """Return what some actions let one do, in the order of the table. Actions that make up one thing are one phrase.

    No action is told as less than it grants: one with a wildcard keeps its name.
    """
    remaining, found = {action.casefold(): action for action in actions}, []
    for parts, words in _together():
        if parts <= remaining.keys():
            rank = min(_known()[part].rank for part in parts)
            verb, _, rest = words.partition("|")
            found.append(Phrase(verb=verb, rest=rest, rank=rank))
            remaining = {key: action for key, action in remaining.items() if key not in parts}
    found += [_phrase(action) for action in remaining.values()]
    return sorted(found, key=lambda phrase: phrase.rank)


def unscoped(action: str) -> bool:
    """Say whether AWS knows no resource for an action, so that a policy can only name them all."""
    return action in table("aws/iam_actions.json")["unscoped"]


def service_name(prefix: str) -> str:
    """Return what the service of an action or ARN is called."""
    return str(table("aws/iam_actions.json")["services"].get(prefix, prefix))


@cache
def _known() -> dict[str, Phrase]:
    known: dict[str, Phrase] = {}
    for rank, (action, words) in enumerate(table("aws/iam_actions.json")["actions"].items()):
        verb, _, rest = words.partition("|")
        known[action.casefold()] = Phrase(verb=_exactly(verb, action), rest=rest, rank=rank)
    return known


@cache
def _together() -> list[tuple[frozenset[str], str]]:
    groups = table("aws/iam_actions.json")["together"]
    return [(frozenset(action.casefold() for action in group["actions"]), group["words"]) for group in groups]


def _exactly(verb: str, action: str) -> str:
    return f"{verb} ({action})" if _WILDCARD.search(action) else verb


def _phrase(action: str) -> Phrase:
    return _known().get(action.casefold()) or _from_name(action)


def _from_name(action: str) -> Phrase:
    """Tell an action by its name: `ec2:DescribeVpcs` is `describe VPCs (ec2:DescribeVpcs)`, `in EC2 with …`."""
    last = len(_known())
    prefix, _, name = action.partition(":")
    if not name or "${" in action or _WILDCARD.search(prefix):
        verb = "do anything" if name.strip("*") == "" and prefix.strip("*") == "" else f"do what {action} covers"
        return Phrase(verb=verb, rest="with {resource}", rank=last)
    service = service_name(prefix.casefold())
    if _WILDCARD.search(name):
        which = f" that starts with {name[:-1]}" if _starts(name) else f" that matches {name}"
        verb = f"take any {service} action{which if name.strip('*') else ''} ({action})"
        return Phrase(verb=verb, rest="on {resource}", rank=last)
    verb = " ".join(map(_word, _WORD.findall(name))) or "act"
    return Phrase(verb=f"{verb} ({action})", rest=f"in {service} with {{resource}}", rank=last)


def _starts(name: str) -> bool:
    return name.endswith("*") and not _WILDCARD.search(name[:-1])


def _word(word: str) -> str:
    acronyms: dict[str, str] = table("aws/iam_actions.json")["acronyms"]
    return acronyms.get(word.casefold(), word if word.isupper() and len(word) > 1 else word.casefold())
