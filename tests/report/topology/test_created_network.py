"""The picture of a VPC that the deployment makes says its range, its zones and the ways out of it."""

from pathlib import Path

import pytest

from capgen.assess import evaluate_tree
from capgen.report.topology import graph, judged_flows, topology_svg
from tests.output.variants import compiled_variant


@pytest.mark.parametrize(
    ("variant", "shown"),
    [
        ("new_vpc", ["VPC 10.20.0.0/16, created here in 2 zones, 2 NAT gateways"]),
        (
            "new_vpc_endpoints_only",
            [
                "VPC 192.168.0.0/22, created here in 3 zones, no NAT, gateway endpoint s3",
                "ecr.api, ecr.dkr",
                "5 of 6 with a policy",
            ],
        ),
    ],
)
def test_a_created_network(variant: str, shown: list[str], tmp_path: Path) -> None:
    for path, content in compiled_variant(variant).items():
        file = tmp_path / "cap-production" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (region,) = evaluate_tree(tmp_path / "cap-production")
    svg = topology_svg(region, graph(region, judged_flows(region)), "r0", lambda _: None)
    assert [text for text in shown if f">{text}<" not in svg] == [], svg
