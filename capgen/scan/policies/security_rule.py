"""One rule of a security group, in whichever of Terraform's three forms it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from capgen.scan.policies.policy import Body, Subject, is_unknown, nested
from capgen.topology.addresses import is_world, parse_range

#: Resources in which rules stand.
GROUPS = ("aws_security_group", "aws_default_security_group")

_WEB = frozenset({"80", "443"})


@dataclass(frozen=True, kw_only=True)
class SecurityRule:
    """A rule as it is written; what only AWS knows stands as `${…}`. Each answer is None where that decides it."""

    protocol: Any
    ports: tuple[Any, Any]
    ranges: tuple[Any, ...]

    @property
    def names_a_protocol(self) -> bool | None:
        """Say whether it is for one protocol and not for all."""
        return None if is_unknown(self.protocol) else str(self.protocol).lower() not in ("-1", "all")

    @property
    def lets_in_the_world(self) -> bool | None:
        """Say whether a range of it is the Internet, or a part of it that no one organisation has."""
        found = {_is_world(each) for each in self.ranges}
        return True if True in found else None if None in found else False

    def opens(self, ports: frozenset[int]) -> bool | None:
        """Say whether a TCP port is among those of the rule."""
        if self.names_a_protocol is not True:
            return None if self.names_a_protocol is None else True
        if str(self.protocol).lower() not in ("tcp", "6"):
            return False
        if not all(re.fullmatch(r"-?\d+", str(port)) for port in self.ports):
            return None
        first, last = (int(port) for port in self.ports)
        if first < 0:  # AWS reads -1 as every port
            return True
        return any(first <= port <= last for port in ports)

    @property
    def is_web_alone(self) -> bool | None:
        """Say whether it is for one port, and that is 80 or 443."""
        if any(map(is_unknown, self.ports)):
            return None
        first, last = map(str, self.ports)
        return first == last and first in _WEB


def rules(subject: Subject, direction: str) -> Iterator[SecurityRule]:
    """Yield the rules of a rule, or those that stand inside a group."""
    if subject.type in GROUPS:
        yield from (_rule(block, "protocol") for block in nested(subject.body, direction))
    elif subject.type != "aws_security_group_rule":
        yield _rule(subject.body, "ip_protocol")
    elif subject.body.get("type") == direction:
        yield _rule(subject.body, "protocol")


def _rule(body: Body, protocol: str) -> SecurityRule:
    names = ("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks")
    given = (body.get(name) for name in names)
    ranges = (each for value in given for each in (value if isinstance(value, list) else [value]) if each)
    return SecurityRule(
        protocol=body.get(protocol), ports=(body.get("from_port"), body.get("to_port")), ranges=tuple(ranges)
    )


def _is_world(cidr: Any) -> bool | None:
    if is_unknown(cidr):
        return None
    return None if parse_range(str(cidr)) is None else is_world(str(cidr))
