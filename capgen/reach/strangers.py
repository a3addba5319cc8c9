"""What cannot be proven, since a group at one end is not of the region: such a group may let in anyone."""

from collections.abc import Iterator
from dataclasses import dataclass

from capgen.reach.interface import DATABASE, LOAD_BALANCER, STORAGE, TASK, Interface
from capgen.reach.region import Region
from capgen.reach.rule import INGRESS, Rule, is_unknown_group
from capgen.reach.wording import end_in_words

_TIERS = (DATABASE, LOAD_BALANCER, STORAGE, TASK)


@dataclass(frozen=True, kw_only=True)
class Stranger:
    """Something whose rules are not all here: its address, its tier if it has one, and what is wrong, in words."""

    address: str
    tier: str | None
    what: str


def strangers(region: Region) -> Iterator[Stranger]:
    """Yield the members of groups whose rules stand elsewhere, and the rules of groups that only AWS knows.

    Things that are of no tier are not told: a spec does not speak of them.
    """
    for interface in region.connections.interfaces:
        if interface.tier in _TIERS:
            yield from (Stranger(address=interface.address, tier=interface.tier, what=what)
                        for what in _memberships(interface, region))  # fmt: skip
    for rule in region.connections.rules:
        if is_unknown_group(rule.group):
            yield Stranger(address=rule.address, tier=None, what=_of_unknown_group(rule))


def _memberships(interface: Interface, region: Region) -> Iterator[str]:
    name = end_in_words(interface.tier, internet=False)
    if not interface.groups:
        yield f"no security group is named, so the default group of the VPC decides who can reach {name}"
    for group in interface.groups:
        if group not in region.groups and not interface.is_open:
            yield f"{group} decides as well who can reach {name}, and its rules are not here"


def _of_unknown_group(rule: Rule) -> str:
    which = f"from {rule.peer}" if rule.direction == INGRESS else f"to {rule.peer}"
    return f"{rule.ports} {which} may be open to anything here, as only AWS knows which group this is a rule of"
