"""A rule about the two regions of a disaster recovery pair."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from capgen.model.disaster_recovery import DisasterRecovery
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The two regions of a pair, and what the spec says of it."""

    recovery: DisasterRecovery
    primary: RegionalDeployment
    standby: RegionalDeployment


@dataclass(frozen=True, kw_only=True)
class PairRule:
    """One rule of a pair. Its problems are at paths of the standby's values, or of the primary's where `of_primary`."""

    id: str
    title: str
    link: str
    check: Callable[[Sides], Iterable[Problem]]
    of_primary: bool = False
