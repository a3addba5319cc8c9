"""Stage 13, compare: what differs between two trees, told by its consequences."""

from capgen.compare.changes import (
    Action,
    AttributeChange,
    ExposureChange,
    PermissionChange,
    RegionChanges,
    ResourceChange,
)
from capgen.compare.exposure import exposure_changes
from capgen.compare.overwriting import OVERWRITING, destination_of
from capgen.compare.permissions import permission_changes
from capgen.compare.regions import Comparison, compare, compare_regions
from capgen.compare.resources import resource_changes
from capgen.compare.stateful import STATEFUL

__all__ = [
    "OVERWRITING",
    "STATEFUL",
    "Action",
    "AttributeChange",
    "Comparison",
    "ExposureChange",
    "PermissionChange",
    "RegionChanges",
    "ResourceChange",
    "compare",
    "compare_regions",
    "destination_of",
    "exposure_changes",
    "permission_changes",
    "resource_changes",
]
