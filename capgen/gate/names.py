"""What the instances of a plan are called in a root without modules, as `capgen.evaluate` calls them."""

from collections.abc import Iterable, Mapping

from capgen.gate.instance import Instance, Key, ModulePath

_Group = tuple[object, ...]


def flat_names(found: Iterable[Instance], known: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each instance by its address: `aws_lb.load_balancer__this`, `data.aws_vpc.network__this`.

    `known` are names that a compiled tree gives; an address that it has keeps that name.
    """
    ordered = [each for _, each in sorted({each.address: each for each in found}.items())]
    keys: dict[_Group, set[Key]] = {}
    for each in ordered:
        for group, key in _groups(each):
            keys.setdefault(group, set()).add(key)
    positions = {group: _positions(members) for group, members in keys.items()}
    names: dict[str, str] = {}
    taken = set(known.values())
    for each in ordered:
        name = known.get(each.address)
        if name is None:
            name = _name(each, positions)
            while name in taken:
                name += "_"
            taken.add(name)
        names[each.address] = name
    return names


def _groups(instance: Instance) -> list[tuple[_Group, Key]]:
    """Return whatever in an address may be repeated, with its key."""
    path: ModulePath = ()
    found: list[tuple[_Group, Key]] = []
    for call, key in instance.module:
        found.append(((path, call), key))
        path = (*path, (call, key))
    return [*found, ((path, *instance.block), instance.key)]


def _positions(keys: set[Key]) -> dict[Key, str]:
    texts = sorted(key for key in keys if isinstance(key, str))
    numbers: dict[Key, str] = {key: f"__{key}" for key in keys if isinstance(key, int)}
    found: dict[Key, str] = {None: "", **{key: f"__{position}" for position, key in enumerate(texts)}}
    return found | numbers


def _name(instance: Instance, positions: Mapping[_Group, Mapping[Key, str]]) -> str:
    groups = _groups(instance)
    labels = [*(call for call, _ in instance.module), instance.name]
    parts = [label + positions[group][key] for label, (group, key) in zip(labels, groups, strict=True)]
    return f"{'data.' if instance.is_data else ''}{instance.type}.{'__'.join(parts)}"
