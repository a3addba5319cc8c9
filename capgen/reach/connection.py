"""Which interface can connect to which, and to or from which range, rule by rule."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from capgen.reach.interface import Interface
from capgen.reach.ports import Ports
from capgen.reach.rule import EGRESS, INGRESS, Rule


@dataclass(frozen=True, kw_only=True)
class Connection:
    """What one rule, or one at each end, lets through. Where an end is no interface, it is the text of the rule."""

    source: Interface | str
    destination: Interface | str
    ports: Ports
    rules: tuple[Rule, ...]
    assumed: str | None = None


@dataclass(frozen=True)
class Connections:
    """The interfaces and the rules of a region, and the names of the groups that it makes."""

    interfaces: Sequence[Interface]
    rules: Sequence[Rule]
    made: Collection[str]

    def all(self) -> Iterator[Connection]:
        """Yield everything that can connect.

        A range is told at the end that names it: that two interfaces stand in each other's ranges is not told once
        more. Where one end names the other's group and the other a range, the address that AWS gives is taken to lie
        in it. A group that the region does not make stands for whoever is put into it.
        """
        for interface in self.interfaces:
            for rule in self._rules(interface, INGRESS):
                if self._is_outside(rule):
                    yield Connection(source=rule.peer, destination=interface, ports=rule.ports, rules=(rule,))
            for rule in self._rules(interface, EGRESS):
                if self._is_outside(rule):
                    yield Connection(source=interface, destination=rule.peer, ports=rule.ports, rules=(rule,))
        for source, destination in product(self.interfaces, repeat=2):
            yield from self._between(source, destination)

    def members(self, group: str) -> list[Interface]:
        """Return the interfaces that a group holds for."""
        return [interface for interface in self.interfaces if group in interface.groups]

    def _between(self, source: Interface, destination: Interface) -> Iterator[Connection]:
        for out, into in product(self._rules(source, EGRESS), self._rules(destination, INGRESS)):
            if not (out.by_group or into.by_group):
                continue
            if (out.by_group and out.peer not in destination.groups) or (
                into.by_group and into.peer not in source.groups
            ):
                continue
            ports = out.ports.overlap(into.ports)
            if ports is not None:
                yield Connection(source=source, destination=destination, ports=ports, rules=(out, into),
                                 assumed=_assumed(source, destination, out, into))  # fmt: skip

    def _is_outside(self, rule: Rule) -> bool:
        return not rule.by_group or (rule.peer not in self.made and not self.members(rule.peer))

    def _rules(self, interface: Interface, direction: str) -> list[Rule]:
        return [rule for rule in self.rules if rule.direction == direction and rule.group in interface.groups]


def _assumed(source: Interface, destination: Interface, out: Rule, into: Rule) -> str | None:
    """Say what is taken to be so where one end names a range."""
    if out.by_group and into.by_group:
        return None
    who, where = (destination, out.peer) if into.by_group else (source, into.peer)
    return None if where == "0.0.0.0/0" else f"That {who.address} has an address in {where} is assumed."
