"""The spec's `access` section."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class EgressRule:
    """One allowed destination."""

    cidr: str
    port: int
    description: str


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who may connect, as IPv4 CIDR ranges."""

    web_cidrs: tuple[str, ...]
    management_cidrs: tuple[str, ...]
    database_cidrs: tuple[str, ...]
    egress: tuple[EgressRule, ...]
