"""The spec's `scaling` section."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """How many tasks run."""

    desired_count: int
