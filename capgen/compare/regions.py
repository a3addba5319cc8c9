"""Compare one region, or all of them, by what exists, who can reach it, and who may do what."""

from collections.abc import Sequence
from dataclasses import dataclass

from capgen.assess import RegionAssessment
from capgen.compare.changes import RegionChanges
from capgen.compare.exposure import exposure_changes
from capgen.compare.permissions import permission_changes
from capgen.compare.resources import resource_changes
from capgen.evaluate import Flattened

_NOTHING = Flattened(resources={}, data={}, providers=(), origins={})


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The changes of every region, in the order of their names, and the regions that only one side has."""

    regions: tuple[RegionChanges, ...]
    appeared: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Say whether nothing changes."""
        return all(region.equal for region in self.regions) and not (self.appeared or self.vanished)

    @property
    def dangerous(self) -> bool:
        """Say whether data would be lost, or the world let in."""
        return any(region.dangerous for region in self.regions)


def compare_regions(old: RegionAssessment, new: RegionAssessment) -> RegionChanges:
    """Return what changes from one state of a region to another. Neither is judged: waivers and findings play no role.

    A side without a flattened root is empty: everything of the other is created or destroyed.
    """
    return RegionChanges(
        region=new.name,
        resources=resource_changes(old.flattened or _NOTHING, new.flattened or _NOTHING),
        exposure=exposure_changes(old.reachability, new.reachability),
        permissions=permission_changes(old.holders, new.holders),
    )


def compare(old: Sequence[RegionAssessment], new: Sequence[RegionAssessment], *, one_root: bool = False) -> Comparison:
    """Compare the regions of two trees. They belong together by deployment and region.

    Where each side has one deployment, its name plays no role. `one_root` says that each side is a root that was named
    as such: then nor does the region's.
    """
    named = any(len({region.deployment for region in side}) > 1 for side in (old, new))
    before, after = ({("" if one_root else region.region, region.deployment if named else ""): region
                      for region in side} for side in (old, new))  # fmt: skip
    names = {key: region.name for key, region in {**before, **after}.items()}
    regions = []
    for key in sorted(names, key=names.__getitem__):
        empty = RegionAssessment(name=names[key], deployment=key[1], region=key[0])
        regions.append(compare_regions(before.get(key, empty), after.get(key, empty)))
    return Comparison(
        regions=tuple(regions),
        appeared=tuple(sorted(names[key] for key in after.keys() - before.keys())),
        vanished=tuple(sorted(names[key] for key in before.keys() - after.keys())),
    )
