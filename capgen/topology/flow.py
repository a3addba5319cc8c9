"""A flow that the spec intends: who may connect to what."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, kw_only=True)
class IntendedFlow:
    """One intended flow. `source` and `destination` are a tier, or an IPv4 range such as 10.0.0.0/24.

    The tiers are load_balancer, task, database, storage and vpc_endpoint. `spec` is the path of the spec that asks for
    the flow.
    """

    source: str
    destination: str
    port: int
    protocol: str = "tcp"
    spec: str
