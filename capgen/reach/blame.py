"""Which block a difference comes from: the one that a reviewer looks at first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from capgen.reach.flow import Flow
from capgen.reach.interface import Interface
from capgen.reach.ports import Ports
from capgen.reach.region import Region
from capgen.reach.rule import EGRESS, INGRESS, Rule
from capgen.topology import IntendedFlow


@dataclass(frozen=True)
class _End:
    """One end of a flow: its interfaces, and the peer that its rules have to name."""

    direction: str
    members: Sequence[Interface]
    peer: str
    peers: Sequence[Interface]
    wanted: Ports

    @property
    def groups(self) -> set[str]:
        return {group for one in self.members for group in one.groups}

    def names(self, rule: Rule) -> bool:
        """Say whether a rule names the peer: its range, or a group that holds for it."""
        return any(rule.peer in one.groups for one in self.peers) if rule.by_group else rule.peer == self.peer

    def fits(self, rule: Rule) -> bool:
        """Say whether a rule lets the flow through for the group that it belongs to."""
        return rule.direction == self.direction and self.names(rule) and rule.ports.overlap(self.wanted) == self.wanted


@dataclass(frozen=True)
class Blame:
    """Finds the block. `proper` are the flows that exist and are intended."""

    region: Region
    proper: Sequence[Flow]

    def opened_by(self, flow: Flow) -> str:
        """Return the address of the rule that opens a flow which nobody intends.

        A rule that opens an intended flow as well is not to blame, as long as there is another. Where all are such
        rules, something is in a group that it should not be in.
        """
        groups = {group.address for group in self.region.groups.values()}
        suspects = [rule for rule in flow.rules if rule not in self._proper_rules or rule in groups]
        ingress = {rule.address for rule in self.region.connections.rules if rule.direction == INGRESS}
        if suspects:
            return next((rule for rule in suspects if rule in ingress), suspects[0])
        alike = [other for other in self.proper if set(other.rules) & set(flow.rules)]
        known = {(other.destination, INGRESS) for other in alike} | {(other.source, EGRESS) for other in alike}
        for end in ((flow.destination, INGRESS), (flow.source, EGRESS)):
            members = self.region.called(end[0])
            if members and end not in known:
                return members[0].address
        return flow.rules[0]

    def missing_from(self, flow: IntendedFlow) -> str:
        """Return the address of what should let an intended flow through and does not.

        That is the member that is not in the group made for it, else a rule that almost does, else the group at the end
        that refuses.
        """
        sources, destinations = self.region.called(flow.source), self.region.called(flow.destination)
        wanted = Ports(flow.protocol, flow.port, flow.port)
        into = _End(INGRESS, destinations, flow.source, sources, wanted)
        out = _End(EGRESS, sources, flow.destination, destinations, wanted)
        ends = [end for end in (into, out) if end.members]
        refusing = [end for end in ends if self._refused(end)] or ends
        suspects = (
            *(self._refused(end)[0].address for end in refusing if self._is_misplaced(end)),
            *(rule.address for end in refusing for rule in self._almost(end)),
            *(self._lacking(end) for end in refusing),
            *self.region.by_address,
        )
        return next(iter(suspects), "")

    @property
    def _proper_rules(self) -> set[str]:
        return {rule for flow in self.proper for rule in flow.rules}

    def _almost(self, end: _End) -> Iterator[Rule]:
        """Yield rules that open nothing intended and have one thing wrong: their ports, their peer, their group."""
        free = [rule for rule in self.region.connections.rules
                if rule.direction == end.direction and rule.address not in self._proper_rules]  # fmt: skip
        yield from (rule for rule in free if rule.group in end.groups and end.names(rule))
        yield from (rule for rule in free if rule.group in end.groups and rule.ports == end.wanted)
        yield from (rule for rule in free if rule.group not in end.groups and end.fits(rule))

    def _refused(self, end: _End) -> list[Interface]:
        """Return the members of an end that no rule of their groups lets through."""
        rules = self.region.connections.rules
        return [one for one in end.members if not any(rule.group in one.groups and end.fits(rule) for rule in rules)]

    def _is_misplaced(self, end: _End) -> bool:
        """Say whether only some members are refused, or all while a rule fits whose group has no members at all."""
        connections, refused = self.region.connections, self._refused(end)
        if len(refused) < len(end.members):
            return bool(refused)
        empty = {group for group in self.region.groups if not connections.members(group)}
        return any(rule.group in empty and end.fits(rule) for rule in connections.rules)

    def _lacking(self, end: _End) -> str:
        """Return the group that lacks a rule, of the first member that lacks it."""
        member = (self._refused(end) or end.members)[0]
        group = self.region.groups.get(member.groups[0]) if member.groups else None
        return member.address if group is None else group.address
