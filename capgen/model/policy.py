"""The spec's `policy` section."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """One accepted finding. `expires` is the last day on which it is accepted, as YYYY-MM-DD.

    A waiver of a profile has neither owner nor expires: whoever chooses the environment accepts it, as long as they do.
    """

    check: str
    resource: str
    owner: str | None
    reason: str
    expires: str | None


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the policy scan accepts."""

    waivers: tuple[Waiver, ...]
