"""The spec's `logs` section."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Logs:
    """The CloudWatch log group of the agent, /ecs/<name>."""

    retention_in_days: int
