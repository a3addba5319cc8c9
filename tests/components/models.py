"""A model to plan from: the smallest spec that is valid, and what a test wants different."""

import json
from typing import Any

from capgen.load import load_text
from capgen.model.build import build_model
from capgen.model.regional import RegionalDeployment

MINIMAL: dict[str, Any] = {
    "api_version": "capgen/v1",
    "name": "cap-production",
    "agent": {"image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/cap/agent:1.0.0"},
    "network": {
        "vpc_id": "vpc-0a1b2c3d4e5f60718",
        "subnet_ids": ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"],
    },
}


def deployment(region: str = "eu-west-1", **overrides: Any) -> RegionalDeployment:
    """Return the deployment in a region. Each override is a field or section of the spec; sections merge key by key."""
    spec = _merged(MINIMAL, {**overrides, "regions": {region: {}}})
    document, problems = load_text(json.dumps(spec), "spec.yaml")
    assert document is not None, problems
    assert not problems
    model, problems = build_model(document)
    assert model is not None, problems
    return model.regions[0].values


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
