"""What things are called in flows."""

from collections.abc import Mapping, Sequence

from capgen.reach.interface import Interface
from capgen.reach.rule import GROUPS


def names_of(found: Sequence[Interface]) -> Mapping[str, str]:
    """Return what each interface is called, by its address.

    One thing of each tier is called by the tier, a second one by its address. The interfaces of one thing go by its
    name, unless they are in different groups: then each has its own.
    """
    entities = entities_of(found)
    uniform = {entity: len({one.groups for one in members}) == 1 for entity, members in entities.items()}
    called = called_of(found)
    return {one.address: called[one.entity] if uniform[one.entity] else one.address for one in found}


def called_of(found: Sequence[Interface]) -> dict[str, str]:
    """Return what each thing is called, by its entity.

    Interfaces come by address, so the first of a tier is always the same one. One that is in groups of the region is
    the tier's before one that is not.
    """
    called: dict[str, str] = {}
    for one in sorted(found, key=lambda one: not _is_of_region(one)):
        if one.entity not in called:
            called[one.entity] = one.address if one.tier in called.values() else one.tier
    return called


def _is_of_region(one: Interface) -> bool:
    return bool(one.groups) and all(group.split(".")[0] in GROUPS for group in one.groups)


def entities_of(found: Sequence[Interface]) -> dict[str, list[Interface]]:
    """Return the interfaces of each thing."""
    entities: dict[str, list[Interface]] = {}
    for one in found:
        entities.setdefault(one.entity, []).append(one)
    return entities
