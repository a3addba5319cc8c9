"""Draw a region's topology as SVG. Colours and fonts are the page's: here are shapes, places and words."""

from xml.etree.ElementTree import Element, tostring

from capgen.assess import RegionAssessment
from capgen.evaluate import Flattened, blocks
from capgen.report.topology.arrows import draw_arrow, draw_label
from capgen.report.topology.boxes import Target, draw_box
from capgen.report.topology.element import add
from capgen.report.topology.layout import lay_out
from capgen.report.topology.node import Graph
from capgen.report.topology.services import services
from capgen.report.topology.size import LINE, box_size
from capgen.report.topology.slots import Layout
from capgen.report.topology.strip import chips, draw_strip


def topology_svg(region: RegionAssessment, drawn: Graph, identity: str, target: Target) -> str:
    """Return the picture of a region as an SVG element, or an empty text where nothing is known to draw.

    `identity` keeps its ids apart from those of other pictures. Boxes lead to the places that `target` finds.
    """
    if not drawn.inside:
        return ""
    layout = lay_out(drawn, {node.key: box_size(node) for node in (*drawn.inside, *drawn.outside)})
    placed, height = chips(services(region.flattened) if region.flattened else (), layout.height, layout.width)
    svg = Element("svg", {"class": "topology", "viewBox": f"0 0 {layout.width:.0f} {height:.0f}", "role": "group",
                          "aria-labelledby": f"{identity}-title", "aria-describedby": f"{identity}-desc"})  # fmt: skip
    add(svg, "title", f"Topology of {region.name}", id=f"{identity}-title")
    add(svg, "desc", description(drawn), id=f"{identity}-desc")
    _frame(svg, region, layout)
    for arrow in layout.arrows:
        draw_arrow(svg, arrow)
    for node in (*drawn.inside, *drawn.outside):
        draw_box(svg, node, layout.boxes[node.key], target)
    for arrow in layout.arrows:
        draw_label(svg, arrow[-1])
    draw_strip(svg, placed, target)
    return tostring(svg, encoding="unicode")


def description(drawn: Graph) -> str:
    """Tell the picture in sentences, for who does not see it."""
    names = {node.key: f"{node.title} ({', '.join(node.lines)})" if node in drawn.outside else node.title
             for node in (*drawn.inside, *drawn.outside)}  # fmt: skip
    arrows = (
        f"{names[edge.source]} to {names[edge.destination]}: {edge.words}"
        f"{', reachable by the whole Internet' if edge.world else ''}."
        for edge in drawn.edges
    )
    boxes = (f"{node.title}: {', '.join(badge.text for badge in node.badges)}." for node in drawn.inside if node.badges)
    return " ".join((*arrows, *boxes))


def _frame(svg: Element, region: RegionAssessment, layout: Layout) -> None:
    frame = layout.frame
    add(svg, "rect", x=frame.x, y=frame.y, width=frame.width, height=frame.height, rx=16, class_="network")
    title = " ".join(filter(None, ("VPC", _vpc(region.flattened))))
    add(svg, "text", title, x=frame.x + 16, y=frame.y + 22, class_="caption", font_size=LINE)


def _vpc(flattened: Flattened | None) -> str:
    """Name the VPC: by its ID where it exists; one that is created by its range and its ways out."""
    for block in blocks(flattened, "aws_vpc") if flattened else ():
        known, cidr = block.body.get("id"), block.body.get("cidr_block")
        if not block.is_data and isinstance(cidr, str) and "${" not in cidr:
            return f"{cidr}, created here{_ways(flattened)}" if flattened else ""
        if isinstance(known, str) and not known.startswith("${"):
            return known
    return ""


def _ways(flattened: Flattened) -> str:
    zones = {str(block.body.get("availability_zone")) for block in blocks(flattened, "aws_subnet") if not block.is_data}
    gateways = sum(not block.is_data for block in blocks(flattened, "aws_nat_gateway"))
    nat = f"{gateways} NAT gateway{'s' if gateways > 1 else ''}" if gateways else "no NAT"
    gateway_endpoints = sorted(
        str(block.body.get("service_name")).rpartition(".")[2] for block in blocks(flattened, "aws_vpc_endpoint")
        if not block.is_data and block.body.get("vpc_endpoint_type", "Gateway") == "Gateway"
    )  # fmt: skip
    to = f", gateway endpoint{'s' if len(gateway_endpoints) > 1 else ''} {', '.join(gateway_endpoints)}"
    return f" in {len(zones)} zones, {nat}{to if gateway_endpoints else ''}"
