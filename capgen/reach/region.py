"""A region's interfaces and rules, each worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from capgen.evaluate import Block, Flattened, blocks
from capgen.reach.connection import Connections
from capgen.reach.interface import Interface, interfaces
from capgen.reach.listening import Listening
from capgen.reach.naming import called_of, names_of
from capgen.reach.open_balancers import open_rules
from capgen.reach.rule import GROUPS, rules


@dataclass(frozen=True)
class Region:
    """What reachability is computed from."""

    flattened: Flattened

    @cached_property
    def listening(self) -> Listening:
        """What answers on which port."""
        return Listening(self.flattened)

    @cached_property
    def connections(self) -> Connections:
        """The interfaces and the rules."""
        found = tuple(interfaces(self.flattened, self.listening))
        stated = (*rules(self.flattened), *open_rules(self.flattened))
        return Connections(found, stated, self.groups.keys())

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each interface is called in flows, by its address."""
        return names_of(self.connections.interfaces)

    @cached_property
    def groups(self) -> Mapping[str, Block]:
        """The security groups that the region makes, by name."""
        return {block.name: block for block in blocks(self.flattened, *GROUPS) if not block.is_data}

    @cached_property
    def by_address(self) -> Mapping[str, Block]:
        """Every block of the region."""
        return {block.address: block for block in blocks(self.flattened)}

    def called(self, name: str) -> list[Interface]:
        """Return the interfaces that are called by a name, or belong to the one thing that is."""
        things = called_of(self.connections.interfaces)
        return [one for one in self.connections.interfaces if name in (self.names[one.address], things[one.entity])]

    def thing(self, name: str) -> str:
        """Return what the thing is called that an interface belongs to; any other name as it is."""
        things = called_of(self.connections.interfaces)
        return next((things[one.entity] for one in self.connections.interfaces if one.address == name), name)
