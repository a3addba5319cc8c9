"""The spec's `dns` section."""

from dataclasses import dataclass
from typing import Literal

from capgen.model.assume_role import AssumeRole


@dataclass(frozen=True, kw_only=True)
class DnsHealthCheck:
    """Whether and how Route 53 checks a region's load balancer. The interval is in seconds, the threshold in checks."""

    enabled: bool
    path: str
    request_interval: int
    failure_threshold: int


@dataclass(frozen=True, kw_only=True)
class Dns:
    """The record under which clients find the deployment, and how it chooses among the regions.

    `assume_role` is the role in the account of the hosted zone, where that is not the region's.
    """

    zone_id: str
    name: str
    routing: Literal["simple", "failover", "latency", "weighted"]
    weight: int
    assume_role: AssumeRole | None = None
    health_check: DnsHealthCheck
