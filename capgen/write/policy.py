"""What a region's root is held to by the scan."""

from dataclasses import asdict
from typing import Any

from capgen.findings.waiver import OF_ENVIRONMENT
from capgen.load import SpecPath, dotted
from capgen.model.regional import RegionModel
from capgen.plan.flows import declared_network, intended_flows


def policy(region: RegionModel) -> dict[str, Any]:
    """Return the waivers of a region, each with the path of the spec that it comes from, and what its network is to be.

    That is the intended flows, and under `network` what the spec declares of the VPC and which tiers are public.
    """
    waivers = enumerate(region.values.policy.waivers)
    return {
        "waivers": [asdict(waiver) | _source(region, index) for index, waiver in waivers],
        "flows": [asdict(flow) for flow in intended_flows(region.values)],
        "network": asdict(declared_network(region.values)),
    }


def _source(region: RegionModel, index: int) -> dict[str, str]:
    """Return where in the spec a waiver stands. One of the profile is accepted by whoever chose the environment."""
    path: SpecPath = ("policy", "waivers", index)
    if region.sources.origins[path].kind == "spec":
        return {"spec": dotted(region.sources.spec_path(path))}
    return {"owner": f"environment: {region.values.environment}", "spec": OF_ENVIRONMENT}
