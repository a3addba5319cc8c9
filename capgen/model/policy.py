"""The spec's `policy` section."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """One accepted finding."""

    check: str
    resource: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the policy scan accepts."""

    waivers: tuple[Waiver, ...]
