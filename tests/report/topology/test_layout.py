"""Whatever is open, the picture stays readable: boxes and labels never meet, and nothing lies outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import fromstring

from hypothesis import given, settings
from hypothesis import strategies as st

from capgen.assess import RegionAssessment
from capgen.reach import Flow, Node, Reachability
from capgen.report.topology import graph, judged_flows, topology_svg
from capgen.report.topology.layout import lay_out
from capgen.report.topology.size import BOX_WIDTH, box_size, label_size
from capgen.topology import IntendedFlow

TIERS = ("load_balancer", "task", "database", "storage", "cache")
RANGES = ("0.0.0.0/0", "::/0", "10.0.0.0/8", "203.0.113.7/32", "198.51.100.0/24", "${data.aws_x.y.z}", "pl-1234")


@dataclass(frozen=True)
class Area:
    """A rectangle of the picture."""

    name: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area") -> bool:
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)  # fmt: skip


ports = st.sampled_from([(80, 80), (443, 443), (5432, 5432), (0, 65535), (8000, 8999)])
flows = st.builds(
    lambda ends, ports, protocol, flags: Flow(
        source=ends[0], destination=ends[1], protocol=protocol, from_port=ports[0], to_port=ports[1],
        internet=flags[0], listens=flags[1], rules=(),
    ),
    st.tuples(st.sampled_from(TIERS + RANGES), st.sampled_from(TIERS + RANGES)).filter(
        lambda ends: ends[0] in TIERS or ends[1] in TIERS
    ),
    ports, st.sampled_from(["tcp", "udp", "all"]), st.tuples(st.booleans(), st.booleans()),
)  # fmt: skip
intents = st.lists(
    st.builds(lambda source, destination: IntendedFlow(source=source, destination=destination, port=443, spec="a"),
              st.sampled_from(TIERS + RANGES), st.sampled_from(TIERS)),
    max_size=4,
)  # fmt: skip


def region(found: list[Flow], intended: list[IntendedFlow] | None) -> RegionAssessment:
    nodes = tuple(Node(address=f"aws_{tier}.this", tier=tier, public=tier == "task") for tier in TIERS)
    reached = Reachability(nodes=nodes, flows=tuple(sorted(dict.fromkeys(found))))
    return RegionAssessment(name="r", deployment="d", region="r", reachability=reached,
                            intended=None if intended is None else tuple(intended))  # fmt: skip


def areas(of: RegionAssessment) -> tuple[list[Area], list[Area], Area]:
    """Return the boxes, the labels and the whole picture."""
    drawn = graph(of, judged_flows(of))
    layout = lay_out(drawn, {node.key: box_size(node) for node in (*drawn.inside, *drawn.outside)})
    boxes = [Area(key, slot.x, slot.y, slot.x + BOX_WIDTH, slot.y + slot.height) for key, slot in layout.boxes.items()]
    return boxes, list(_labels(layout.arrows)), Area("picture", 0, 0, layout.width, layout.height)


def _labels(arrows: object) -> Iterator[Area]:
    for arrow in arrows:  # type: ignore[attr-defined]
        last, size = arrow[-1], label_size(arrow[-1].edge)
        right = last.target.x - 15
        yield Area(last.edge.label, right - size.width, last.end - size.height / 2, right, last.end + size.height / 2)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(found=st.lists(flows, max_size=30), intended=st.none() | intents)
def test_boxes_and_labels_never_meet(found: list[Flow], intended: list[IntendedFlow] | None) -> None:
    boxes, labels, picture = areas(region(found, intended))
    every = [*boxes, *labels]
    assert [(one, other) for number, one in enumerate(every) for other in every[number + 1 :] if one.meets(other)] == []
    for each in every:
        assert picture.left <= each.left < each.right <= picture.right, each
        assert picture.top <= each.top < each.bottom <= picture.bottom, each


@settings(max_examples=30, deadline=None, derandomize=True)
@given(found=st.lists(flows, max_size=30), intended=st.none() | intents)
def test_every_flow_is_told_in_words(found: list[Flow], intended: list[IntendedFlow] | None) -> None:
    of = region(found, intended)
    judged = judged_flows(of)
    drawn = graph(of, judged)
    assert sorted((each for group in drawn.flows.values() for each in group), key=repr) == sorted(judged, key=repr)
    svg = fromstring(topology_svg(of, drawn, "r0", lambda _: None))
    arrows = len([each for each in svg.iter() if each.get("class", "").startswith("arrow ")])
    notes = sum(len(node.notes) for node in drawn.inside)
    assert arrows == len(drawn.edges)
    assert arrows + notes == len({
        (source, destination, each.verdict, each.from_everyone)
        for (source, destination), group in drawn.flows.items() for each in group
    })  # fmt: skip


def test_ranges_that_may_do_the_same_are_one_box() -> None:
    many = [Flow(source=f"203.0.113.{number}/32", destination="task", protocol="tcp", from_port=20001, to_port=20001,
                 internet=True, listens=True, rules=()) for number in range(20)]  # fmt: skip
    of = region(many, None)
    (box,) = graph(of, judged_flows(of)).outside
    assert (box.title, box.lines[-1], len(box.members)) == ("20 public ranges", "and 17 more", 20)


def test_many_different_ranges_are_few_boxes() -> None:
    many = [Flow(source=f"203.0.113.{number}/32", destination="task", protocol="tcp", from_port=number + 1,
                 to_port=number + 1, internet=True, listens=True, rules=()) for number in range(20)]  # fmt: skip
    of = region(many, None)
    boxes = graph(of, judged_flows(of)).outside
    assert [len(box.members) for box in boxes] == [1, 1, 1, 1, 16]


def test_a_second_load_balancer_has_a_box_of_its_own() -> None:
    of = region([], None)
    second = Node(address="aws_lb.other", tier="load_balancer", public=False)
    flow = Flow(source="aws_lb.other", destination="task", protocol="tcp", from_port=80, to_port=80, internet=False,
                listens=True, rules=())  # fmt: skip
    reached = Reachability(nodes=(*of.reachability.nodes, second), flows=(flow,))
    of = RegionAssessment(name="r", deployment="d", region="r", reachability=reached)
    inside = {node.key: node for node in graph(of, judged_flows(of)).inside}
    assert inside["load_balancer"].members == ("aws_load_balancer.this",)
    assert inside["aws_lb.other"].members == ("aws_lb.other",)
    assert inside["aws_lb.other"].column == 1
