"""Each flow of a region held against what its spec asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from capgen.assess import RegionAssessment
from capgen.reach import Flow
from capgen.reach.matching import covers, exists_as
from capgen.reach.region import Region
from capgen.topology import IntendedFlow
from capgen.topology.addresses import is_world

TIERS: Mapping[str, str] = {
    "load_balancer": "Load balancer",
    "task": "Tasks",
    "database": "Database",
    "storage": "File system",
    "vpc_endpoint": "VPC endpoints",
}
"""What tiers are called, from the Internet inwards. A tier that is not here goes by its own name."""


class Verdict(StrEnum):
    """What the spec says of a flow. It is UNKNOWN where nothing says what is intended."""

    INTENDED = "intended"
    UNKNOWN = "unknown"
    MISSING = "missing"
    UNINTENDED = "not intended"


@dataclass(frozen=True, kw_only=True)
class JudgedFlow:
    """A flow with its verdict. `spec` is the path of the spec that asks for it, or empty."""

    flow: Flow
    verdict: Verdict
    spec: str = ""

    @property
    def from_everyone(self) -> bool:
        """Say whether the whole Internet is let in."""
        return self.flow.internet and is_world(self.flow.source)


def judged_flows(region: RegionAssessment) -> tuple[JudgedFlow, ...]:
    """Return every flow of a region, sorted, then those that the spec asks for and that do not exist."""
    flows = sorted(region.reachability.flows)
    if region.intended is None:
        return tuple(JudgedFlow(flow=flow, verdict=Verdict.UNKNOWN) for flow in flows)
    things = Region(region.flattened) if region.flattened else None
    judged = [_judged(flow, region.intended, things) for flow in flows]
    missing = (wanted for wanted in region.intended if not any(covers(flow, wanted) for flow in flows))
    return (*judged, *map(_missing, missing))


def tier_of(region: RegionAssessment, end: str) -> str | None:
    """Return the tier of an end of a flow, or None for what is no part of the deployment, such as a range."""
    tiers = {node.address: node.tier for node in region.reachability.nodes}
    if end in TIERS or end in tiers.values():
        return end
    return tiers.get(end)


def tier_name(tier: str) -> str:
    """Return what people call a tier."""
    return TIERS.get(tier, tier.replace("_", " ").capitalize())


def port_words(flow: Flow) -> str:
    """Write protocol and ports: `TCP 443`, `TCP 8000-8999`, `all UDP ports`, `all traffic`."""
    if flow.protocol == "all":
        return "all traffic"
    protocol = flow.protocol.upper()
    if (flow.from_port, flow.to_port) == (0, 65535):
        return f"all {protocol} ports"
    ports = str(flow.from_port) if flow.from_port == flow.to_port else f"{flow.from_port}-{flow.to_port}"
    return f"{protocol} {ports}"


def _judged(flow: Flow, intended: Sequence[IntendedFlow], things: Region | None) -> JudgedFlow:
    whole = flow if things is None else replace(flow, source=things.thing(flow.source),
                                                destination=things.thing(flow.destination))  # fmt: skip
    wanted = next((each for each in intended if exists_as(whole, each)), None)
    verdict = Verdict.UNINTENDED if wanted is None else Verdict.INTENDED
    return JudgedFlow(flow=flow, verdict=verdict, spec=wanted.spec if wanted else "")


def _missing(intended: IntendedFlow) -> JudgedFlow:
    flow = Flow(source=intended.source, destination=intended.destination, protocol=intended.protocol,
                from_port=intended.port, to_port=intended.port, internet=False, listens=False, rules=())  # fmt: skip
    return JudgedFlow(flow=flow, verdict=Verdict.MISSING, spec=intended.spec)
