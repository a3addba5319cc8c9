"""Introduce the two regions of a disaster recovery pair to each other."""

from collections.abc import Sequence
from dataclasses import replace

from capgen.model.disaster_recovery import Counterpart
from capgen.model.regional import RegionModel

_TWO = 2


def paired(regions: Sequence[RegionModel]) -> tuple[RegionModel, ...]:
    """Give each region of a pair its counterpart. Where there is no pair, which a rule refuses, nothing changes."""
    if len(regions) != _TWO or any(region.values.disaster_recovery is None for region in regions):
        return tuple(regions)
    first, second = regions
    return _beside(first, second), _beside(second, first)


def _beside(region: RegionModel, other: RegionModel) -> RegionModel:
    counterpart = Counterpart(
        region=other.values.region,
        kms_key_arn=other.values.encryption.kms_key_arn,
        desired_count=other.values.scaling.desired_count,
        tasks_scaled_externally=other.values.deployment.desired_count_owner == "external",
    )
    return replace(region, values=replace(region.values, counterpart=counterpart))
