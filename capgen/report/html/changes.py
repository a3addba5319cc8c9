"""What a plan would change, what cannot be taken back first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from capgen.compare import Action, AttributeChange, PermissionChange, RegionChanges, ResourceChange
from capgen.reach import Flow
from capgen.report.html.masked import masked
from capgen.report.topology import port_words

_ORDER = (Action.DESTROY, Action.REPLACE, Action.UPDATE, Action.CREATE)


@dataclass(frozen=True, kw_only=True)
class ArgumentRow:
    """An argument that changes, without the secrets in it."""

    path: str
    old: Any
    new: Any
    forces_replacement: bool


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A resource that changes."""

    change: ResourceChange
    arguments: tuple[ArgumentRow, ...]


@dataclass(frozen=True, kw_only=True)
class ExposureRow:
    """A flow that opens or closes, in words."""

    opened: bool
    world: bool
    flow: Flow
    ports: str


@dataclass(frozen=True, kw_only=True)
class ChangesView:
    """What changes in a region; what is dangerous stands first in each list."""

    changes: RegionChanges
    resources: tuple[ChangeRow, ...]
    exposure: tuple[ExposureRow, ...]
    permissions: tuple[PermissionChange, ...]

    @property
    def dangers(self) -> int:
        """Count what loses data or lets the world in."""
        return sum(row.change.dangerous for row in self.resources) + sum(
            row.world and row.opened for row in self.exposure
        )


def changes_views(changes: Iterable[RegionChanges]) -> tuple[ChangesView, ...]:
    """Return what changes, region by region."""
    return tuple(
        ChangesView(
            changes=region,
            resources=tuple(_row(change) for change in sorted(region.resources, key=_rank)),
            exposure=tuple(sorted((ExposureRow(opened=each.opened, world=each.world, flow=each.flow,
                                               ports=port_words(each.flow)) for each in region.exposure),
                                  key=lambda row: (not (row.world and row.opened), not row.opened, row.flow))),
            permissions=tuple(sorted(region.permissions, key=lambda each: not _gives(each))),
        )
        for region in changes
    )  # fmt: skip


def _rank(change: ResourceChange) -> tuple[bool, bool, int, str]:
    return (not change.dangerous, not change.stateful, _ORDER.index(change.action), change.address)


def _gives(change: PermissionChange) -> bool:
    return change.gained == (change.effect == "Allow")


def _row(change: ResourceChange) -> ChangeRow:
    return ChangeRow(change=change, arguments=tuple(_argument(each) for each in change.attributes))


def _argument(change: AttributeChange) -> ArgumentRow:
    name = change.path.replace("[", ".").split(".")[-1]
    return ArgumentRow(path=change.path, old=masked(change.old, name), new=masked(change.new, name),
                       forces_replacement=change.forces_replacement)  # fmt: skip
