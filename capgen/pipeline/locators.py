"""From a finding back to the line of the spec that decides it."""

from collections.abc import Callable

from capgen.diagnostics import Location
from capgen.model.regional import DeploymentModel, RegionModel


def locators(model: DeploymentModel) -> dict[str, Callable[[str], Location | None]]:
    """Return, for each region, a function from a dotted spec path to the line that decides it there."""
    return {region.values.region: _locator(region) for region in model.regions}


def _locator(region: RegionModel) -> Callable[[str], Location | None]:
    def locate(path: str) -> Location:
        parts = (int(part) if part.isdecimal() else part for part in path.split("."))
        return region.sources.value_at(*parts)

    return locate
