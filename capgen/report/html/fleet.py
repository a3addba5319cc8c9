"""The pages of a fleet: a summary that leads to a page for each deployment."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from capgen.assess import Assessment, RegionAssessment
from capgen.diagnostics import Diagnostic
from capgen.report.html.page import html_page

if TYPE_CHECKING:
    from capgen.compare import RegionChanges
    from capgen.pipeline import Validated

#: A page of five deployments takes a browser no time; one of a hundred would be fifteen megabytes.
_MOST_ON_A_PAGE = 5


def html_pages(
    assessment: Assessment,
    validated: "Validated | None" = None,
    changes: "tuple[RegionChanges, ...]" = (),
    diagnostics: Iterable[Diagnostic] = (),
    specs: "Mapping[str, Validated]" = MappingProxyType({}),
) -> dict[str, str]:
    """Return the pages by the name of their file. `index.html` is among them, and alone for few deployments.

    With `specs`, by deployment, each has a page of its own, however few they are: it tells its effective values.
    What there is to say of the waivers as a whole stands in `index.html`.
    """
    deployments: dict[str, list[RegionAssessment]] = {}
    for region in assessment.regions:
        deployments.setdefault(_deployment(region), []).append(region)
    if len(deployments) <= _MOST_ON_A_PAGE and not specs:
        return {"index.html": html_page(assessment, validated, changes, diagnostics)}
    files = {name: f"deployments/{name.replace('/', '--')}.html" for name in deployments}
    links = {region.name: quote(files[_deployment(region)]) for region in assessment.regions}
    alone = {
        files[name]: html_page(replace(assessment, regions=tuple(regions), waiver_diagnostics=()),
                               specs.get(name, validated), changes)
        for name, regions in deployments.items()
    }  # fmt: skip
    return {"index.html": html_page(assessment, validated, changes, diagnostics, links), **alone}


def _deployment(region: RegionAssessment) -> str:
    """Return what tells a region's deployment from all others: the path of its folder."""
    return region.name.rpartition("/")[0] or region.deployment
