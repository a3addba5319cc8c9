"""A spec of two regions, of which one stands by, and what a test wants different."""

import json
from collections.abc import Mapping
from typing import Any

from capgen.diagnostics import Diagnostic
from capgen.load import load_text
from capgen.model.build import build_model
from capgen.model.regional import DeploymentModel, RegionalDeployment
from capgen.rules.recovery import check_recovery

PRIMARY, STANDBY = "eu-west-1", "eu-central-1"

SPEC: Mapping[str, Any] = {
    "api_version": "capgen/v1",
    "name": "cap-pair",
    "regions": {PRIMARY: {}, STANDBY: {"scaling": {"desired_count": 0}}},
    "agent": {"image": "123456789012.dkr.ecr.eu-north-1.amazonaws.com/cap/agent:1.0.0"},
    "network": {
        "vpc_id": "vpc-0a1b2c3d4e5f60718",
        "subnet_ids": ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"],
    },
    "disaster_recovery": {"primary_region": PRIMARY},
}


def pair(**overrides: Any) -> DeploymentModel:
    """Return the model of a pair. Each override is a section of the spec; sections merge key by key."""
    document, problems = load_text(json.dumps(merged(SPEC, overrides)), "spec.yaml")
    assert document is not None, problems
    model, problems = build_model(document)
    assert model is not None, problems
    return model


def region(code: str, **overrides: Any) -> RegionalDeployment:
    """Return one region of a pair."""
    return next(each.values for each in pair(**overrides).regions if each.values.region == code)


def told(**overrides: Any) -> list[Diagnostic]:
    """Return what the rules of a pair say."""
    return list(check_recovery(pair(**overrides)))


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one map over another; None takes a key out."""
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return {key: value for key, value in result.items() if value is not None}
