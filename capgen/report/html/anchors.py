"""The ids of the places in the page, so that every address leads to its resource."""

from collections.abc import Mapping
from dataclasses import dataclass

from capgen.assess import RegionAssessment
from capgen.evaluate import blocks


@dataclass(frozen=True, kw_only=True)
class Anchors:
    """The ids of one region's places. `region` starts all of them; `resources` has those of resources by address."""

    region: str
    resources: Mapping[str, str]

    def resource(self, address: str) -> str | None:
        """Return the id of a resource, or None for an address that the region does not have."""
        return self.resources.get(address)


def anchors(region: RegionAssessment, number: int) -> Anchors:
    """Return the ids of a region's places; `number` is its place in the assessment."""
    name = f"r{number}"
    addresses = [block.address for block in blocks(region.flattened)] if region.flattened else []
    return Anchors(region=name, resources={address: f"{name}-a{index}" for index, address in enumerate(addresses)})
