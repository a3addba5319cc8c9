"""What a spec declares of its network reaches whoever judges the tree without the spec."""

import json
from pathlib import Path
from typing import Any

import pytest

from capgen.assess.intent import POLICY_FILE, read_intent
from capgen.pipeline import validate_text
from capgen.plan.flows import declared_network, intended_flows
from capgen.topology import DeclaredNetwork
from capgen.write.policy import policy
from tests.output.example import example_spec
from tests.output.variants import VARIANTS, patched
from tests.reach.judged import nowhere

ENDPOINTS = ["s3", "ecr.dkr", "ecr.api"]


def written(folder: Path, network: Any) -> Path:
    (folder / POLICY_FILE).write_text(json.dumps({"waivers": [], "flows": [], "network": network}), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("patch", "network"),
    [
        ({}, DeclaredNetwork(public=("load_balancer", "task"))),
        (
            {"regions": {"eu-west-1": {"network": {"vpc_endpoints": ENDPOINTS, "nat_gateway": False}}}},
            DeclaredNetwork(
                nat_gateway=False, vpc_endpoints=("ecr.api", "ecr.dkr", "s3"), public=("load_balancer", "task")
            ),
        ),
        (
            {"load_balancer": {"internal": True}, "database": {"publicly_accessible": True}},
            DeclaredNetwork(public=("database", "task")),
        ),
    ],
)
def test_it_is_written_and_read_again(patch: dict[str, Any], network: DeclaredNetwork, tmp_path: Path) -> None:
    validated = validate_text(patched(example_spec(), patch), "spec.yaml")
    assert validated.model is not None, validated.diagnostics
    (region,) = validated.model.regions
    assert declared_network(region.values) == network
    (tmp_path / POLICY_FILE).write_text(json.dumps(policy(region)), encoding="utf-8")
    intent, problems = read_intent(tmp_path, POLICY_FILE, nowhere)
    assert problems == []
    assert intent is not None
    assert intent.network == network
    assert intent.flows == intended_flows(region.values)


@pytest.mark.parametrize("network", [None, [], "nat", {"nat_gateway": "yes"}, {"vpc_endpoints": "s3"}, {"public": [1]}])
def test_what_capgen_did_not_write_is_refused(network: Any, tmp_path: Path) -> None:
    intent, problems = read_intent(written(tmp_path, network), POLICY_FILE, nowhere)
    assert intent is None
    assert [problem.rule for problem in problems] == ["scan-waivers"]


def test_what_is_left_out_is_not_declared(tmp_path: Path) -> None:
    intent, _ = read_intent(written(tmp_path, {}), POLICY_FILE, nowhere)
    assert intent is not None
    assert intent.network == DeclaredNetwork()


def test_each_variant_asks_for_flows_that_differ_from_one_another() -> None:
    for patch in VARIANTS.values():
        validated = validate_text(patched(example_spec(), patch), "spec.yaml")
        assert validated.model is not None, validated.diagnostics
        for region in validated.model.regions:
            flows = intended_flows(region.values)
            assert len({(flow.source, flow.destination, flow.port) for flow in flows}) == len(flows)
