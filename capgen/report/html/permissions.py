"""Who may do what: roles and users first, then what is open by a policy of its own."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from capgen.permissions import Holder, Statement
from capgen.resources import table

_IDENTITIES = {"role": "Roles", "user": "Users", "group": "Groups"}
_ELSE = "Resources with a policy of their own"
_FAR = re.compile(r":iam::aws:policy/(?:\S*/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess)(?!\S)")
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html"""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A statement with the parts of it that reach far, in a few words each."""

    statement: Statement
    broad: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HolderCard:
    """A holder, who may assume it, and what it may do; what reaches far stands first."""

    holder: Holder
    trust: tuple[Grant, ...]
    grants: tuple[Grant, ...]

    @property
    def name(self) -> str:
        """Return its name in AWS, as far as it is known before AWS is asked."""
        known, unknown, _ = self.holder.name.partition("${")
        return f"{known}…" if unknown else known

    @property
    def broad(self) -> int:
        """Count the statements that reach far."""
        return sum(bool(grant.broad) for grant in (*self.trust, *self.grants))

    @property
    def managed(self) -> tuple[str, ...]:
        """Return the names of AWS's managed policies that let it do almost everything."""
        return far_policies(self.holder)

    @property
    def caveat(self) -> bool:
        """Say whether anything else of it cannot be read."""
        return any(not _FAR.search(text) for text in self.holder.opaque)


@dataclass(frozen=True, kw_only=True)
class HolderGroup:
    """The holders of a kind. `identities` says that they act themselves, and are not acted upon."""

    title: str
    identities: bool
    holders: tuple[HolderCard, ...]


def holder_groups(holders: Iterable[Holder]) -> tuple[HolderGroup, ...]:
    """Group holders by kind."""
    groups: dict[str, list[HolderCard]] = {title: [] for title in (*_IDENTITIES.values(), _ELSE)}
    for holder in holders:
        grants = [Grant(statement=each, broad=tuple(broad(each, holder.kind))) for each in holder.statements]
        trust = tuple(Grant(statement=each, broad=tuple(broad(each, "trust"))) for each in holder.trust)
        card = HolderCard(holder=holder, trust=trust, grants=tuple(sorted(grants, key=lambda grant: not grant.broad)))
        groups[_IDENTITIES.get(holder.kind, _ELSE)].append(card)
    return tuple(
        HolderGroup(
            title=title,
            identities=title != _ELSE,
            holders=tuple(sorted(cards, key=lambda card: not is_far_reaching(card.holder))),
        )
        for title, cards in groups.items()
        if cards
    )


def far_policies(holder: Holder) -> tuple[str, ...]:
    """Return the names of AWS's managed policies of a holder that let it do almost everything, or give itself that."""
    found = (_FAR.search(text) for text in holder.opaque)
    return tuple(dict.fromkeys(each[1] for each in found if each))


def is_far_reaching(holder: Holder) -> bool:
    """Say whether a role, user or group may do almost everything: by such a policy, or by a statement of its own."""
    return holder.kind in _IDENTITIES and (bool(far_policies(holder)) or any(
        each.effect == "Allow" and not each.conditions and {"*", "*:*"} & {*each.actions} and "*" in each.resources
        for each in holder.statements))  # fmt: skip


def broad(statement: Statement, kind: str) -> Iterator[str]:
    """Yield in a few words what of a statement reaches far. A Deny only takes away."""
    if statement.effect != "Allow":
        return
    if any(principal.rpartition(":")[2] == "*" for principal in statement.principals) and not statement.conditions:
        yield "anyone"
    if statement.negated:
        yield f"all but what is listed ({', '.join(statement.negated)})"
    if kind not in _IDENTITIES:
        return
    if any(action == "*" or action.endswith(":*") for action in statement.actions):
        yield "every action"
    if "*" in statement.resources and not statement.conditions and not _knows_no_resource(statement.actions):
        yield "any resource"


def _knows_no_resource(actions: Sequence[str]) -> bool:
    """Say whether AWS offers nothing narrower for actions, so that `*` is the only way to grant them."""
    listed = {entry["action"].lower() for entry in table("policy/wildcards.json")["resources"]}
    return bool(actions) and all(action.lower() in listed for action in actions)
