"""What roles, users and resources' own policies gain and lose."""

from collections.abc import Iterator, Sequence

from capgen.compare.changes import PermissionChange
from capgen.permissions import Holder
from capgen.permissions.atoms import Atom, atoms

_Key = tuple[str, str, str, str, str, tuple[str, ...]]


def permission_changes(old: Sequence[Holder], new: Sequence[Holder]) -> tuple[PermissionChange, ...]:
    """Return what each holder gains and loses, holder by holder; of each, what lets it do more comes first.

    Holders are the same when their addresses are. A statement that is split, merged or renamed is no change: what is
    compared is each action on each resource. One that goes and comes with other conditions is both lost and gained.
    """
    before, after = ({holder.address: holder for holder in side} for side in (old, new))
    changes = [
        _change(address, atom, gained=gained)
        for address in sorted({*before, *after})
        for atom, gained in _differing(before.get(address), after.get(address))
    ]
    return tuple(sorted(changes, key=_order))


def _key(atom: Atom) -> _Key:
    """Return what makes two atoms the same: not the sentence that tells them."""
    return (atom.part, atom.effect, atom.action, atom.resource, atom.principal, atom.conditions)


def _differing(old: Holder | None, new: Holder | None) -> Iterator[tuple[Atom, bool]]:
    """Yield what one of two versions of a holder has alone, and whether that is the newer one."""
    if old == new:
        return
    before, after = ({_key(atom): atom for atom in atoms(holder)} if holder else {} for holder in (old, new))
    for key, atom in {**before, **after}.items():
        if (key in before) != (key in after):
            yield atom, key in after


def _change(holder: str, atom: Atom, *, gained: bool) -> PermissionChange:
    return PermissionChange(holder=holder, part=atom.part, gained=gained, effect=atom.effect, action=atom.action,
                            resource=atom.resource, principal=atom.principal, conditions=atom.conditions,
                            words=atom.words)  # fmt: skip


def _order(change: PermissionChange) -> tuple[str, bool, str, str, str, str, tuple[str, ...]]:
    widens = change.gained == (change.effect == "Allow")
    return (change.holder, not widens, change.part, change.action, change.resource, change.principal, change.conditions)
