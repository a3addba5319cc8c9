"""Protocols and port ranges of security group rules."""

from dataclasses import dataclass

ALL = "all"
FIRST, LAST = 0, 65535

_NAMES = {"-1": ALL, "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_WITH_PORTS = frozenset({"tcp", "udp"})


@dataclass(frozen=True, order=True)
class Ports:
    """A protocol, or "all", and its ports from first to last. A protocol without ports has all of them."""

    protocol: str
    first: int
    last: int

    def overlap(self, other: "Ports") -> "Ports | None":
        """Return what both let through, or None."""
        if ALL not in (self.protocol, other.protocol) and self.protocol != other.protocol:
            return None
        protocol = other.protocol if self.protocol == ALL else self.protocol
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Ports(protocol, first, last) if first <= last else None

    def has_tcp(self, port: int) -> bool:
        """Say whether a TCP port is among them."""
        return self.protocol in (ALL, "tcp") and self.first <= port <= self.last

    def __str__(self) -> str:
        if self.protocol not in _WITH_PORTS:
            return "all protocols" if self.protocol == ALL else self.protocol
        if (self.first, self.last) == (FIRST, LAST):
            return f"all ports of {self.protocol}"
        return f"{self.protocol} {self.first}" + ("" if self.first == self.last else f"-{self.last}")


def parse_ports(protocol: object, first: object, last: object) -> tuple[Ports, bool]:
    """Return what a rule lets through, and whether all of it is known. What is not known counts as everything.

    All protocols, and those other than TCP and UDP, have no ports; types of ICMP are not told apart:
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
    """
    name = str(protocol).lower()
    name = _NAMES.get(name, name)
    if "${" in name:
        return Ports(ALL, FIRST, LAST), False
    if name not in _WITH_PORTS:
        return Ports(name, FIRST, LAST), True
    low, high = _port(first), _port(last)
    if low is None or high is None:
        return Ports(name, FIRST, LAST), first is None and last is None
    return Ports(name, max(low, FIRST), high if high >= 0 else LAST), True


def _port(value: object) -> int | None:
    """Return a port that Terraform takes, as a number or as the text of one; None for one that is not known."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.lstrip("-").isdecimal() else None
