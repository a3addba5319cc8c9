"""What the page shows of one region."""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from capgen.assess import Assessment, RegionAssessment
from capgen.evaluate import blocks
from capgen.reach import Need
from capgen.report.html.anchors import Anchors
from capgen.report.html.fact import Fact
from capgen.report.html.glance import glance
from capgen.report.html.matrix import Matrix, matrix
from capgen.report.html.permissions import HolderGroup, holder_groups
from capgen.report.html.resources import ResourceRow, resource_rows
from capgen.report.topology import graph, judged_flows, topology_svg


@dataclass(frozen=True, kw_only=True)
class RegionView:
    """One region. `id` starts the ids of its places; `needs` are grouped by what they are for."""

    id: str
    facts: RegionAssessment
    picture: Markup
    matrix: Matrix
    needs: tuple[tuple[str, tuple[Need, ...]], ...]
    glance: tuple[Fact, ...]
    holders: tuple[HolderGroup, ...]
    resources: tuple[ResourceRow, ...]
    anchors: Anchors


def region_view(assessment: Assessment, region: RegionAssessment, anchors: Anchors) -> RegionView:
    """Return what there is to show of a region."""
    flows = judged_flows(region)
    drawn = graph(region, flows)
    picture = topology_svg(region, drawn, f"{anchors.region}-topology", anchors.resource)
    rows = resource_rows(assessment, list(blocks(region.flattened)), anchors) if region.flattened else ()
    return RegionView(
        id=anchors.region,
        facts=region,
        picture=Markup(picture),  # noqa: S704 : ElementTree has escaped every text in it
        matrix=matrix(drawn),
        needs=tuple((what, tuple(group)) for what, group in groupby(region.reachability.needs, lambda need: need.what)),
        glance=glance(region, flows),
        holders=holder_groups(region.holders),
        resources=rows,
        anchors=anchors,
    )
