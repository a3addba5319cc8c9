"""A region on disk, judged as `capgen scan` judges it, without checkov."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from capgen.diagnostics import Location
from capgen.evaluate import Flattened, Tree, flatten
from capgen.findings import Finding
from capgen.model.regional import RegionalDeployment
from capgen.pipeline import validate_text
from capgen.plan.flows import declared_network, intended_flows
from capgen.reach import differences, reachability


def flattened(root: Path) -> Flattened:
    """Flatten a root; file names are relative to the folder above its own."""
    tree = Tree(base=root.parent, boundary=root.parent)
    found = flatten(tree.directory(root), tree)
    assert tree.diagnostics == []
    return found


@cache
def models(spec: str) -> dict[str, RegionalDeployment]:
    """Return the model of each region of a spec."""
    validated = validate_text(spec, "spec.yaml")
    assert validated.model is not None, validated.diagnostics
    return {region.values.region: region.values for region in validated.model.regions}


def found_in(root: Path, model: RegionalDeployment) -> list[Finding]:
    """Hold a root to what a model intends."""
    region = flattened(root)
    public = declared_network(model).public
    return differences(reachability(region), intended_flows(model), region, nowhere, public)


def nowhere(_path: str) -> Location | None:
    return None


def told(findings: Sequence[Finding]) -> set[tuple[str, str]]:
    """Return check and address of each finding."""
    return {(finding.check, finding.address) for finding in findings}


def flows_of(root: Path) -> set[tuple[str, str, str, int, int, bool, bool]]:
    """Return the flows of a root as plain values."""
    flows = reachability(flattened(root)).flows
    return {(flow.source, flow.destination, flow.protocol, flow.from_port, flow.to_port, flow.internet, flow.listens)
            for flow in flows}  # fmt: skip
