"""The spec's `deployment` section."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class CircuitBreaker:
    """What ECS does when new tasks do not become healthy."""

    enable: bool
    rollback: bool


@dataclass(frozen=True, kw_only=True)
class Rollout:
    """How a new version rolls out."""

    circuit_breaker: CircuitBreaker
    wait_for_steady_state: bool
    minimum_healthy_percent: int
    maximum_percent: int
    health_check_grace_period_seconds: int
    desired_count_owner: Literal["terraform", "external"]
    task_definition_owner: Literal["terraform", "external"]
