"""What the actions of a statement work on, in words."""

from dataclasses import dataclass

from capgen.permissions.grant import Statement
from capgen.permissions.words.listing import listing
from capgen.permissions.words.things import things

#: Holders whose policy speaks of nothing but them, so that `*` is the holder.
_OWN = frozenset({"file_system", "function", "key", "queue", "repository", "secret", "table", "topic"})


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The resources of a statement. `every` says that any resource will do; `pronoun` stands for them if told again."""

    text: str
    pronoun: str
    every: bool

    @property
    def possessive(self) -> str:
        """Return what stands for them where something of them is told."""
        return "its" if self.pronoun == "it" else "their"

    def named(self, noun: str) -> str:
        """Return the resources where a phrase asks for them; `noun` says what is meant if any will do."""
        return f"any {noun}" if self.every else self.text


def scope(statement: Statement, kind: str, part: str) -> Scope:
    """Return what a statement of a holder of `kind` works on."""
    listed, denied = statement.resources, statement.effect == "Deny"
    if part == "trust" and not listed:
        return Scope(text="the role", pronoun="it", every=False)
    if "NotResource" in statement.negated:
        return Scope(text=f"any resource except {listing(things(listed))}", pronoun="it", every=False)
    if kind in _OWN and (not listed or "*" in listed):
        return Scope(text=f"this {kind.replace('_', ' ')}", pronoun="it", every=False)
    if not listed:
        return Scope(text="a resource that is not named", pronoun="it", every=False)
    named = things(listed, denied=denied)
    pronoun = "it" if len(listed) == 1 else "them"
    return Scope(text=listing(named, "or" if denied else "and"), pronoun=pronoun, every="*" in listed)
