"""Ranges of addresses: which are of the Internet."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

Range = IPv4Network | IPv6Network

_PRIVATE = tuple(map(ip_network, (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
    "::1/128", "fc00::/7", "fe80::/10",
)))  # fmt: skip
"""What no router of the Internet passes on: https://www.iana.org/assignments/iana-ipv4-special-registry."""

_LARGEST = {4: 8, 6: 7}
"""The length of the prefix of the largest network of one organisation: 10.0.0.0/8, and fc00::/7 for private use."""


@lru_cache(maxsize=4096)
def parse_range(text: str) -> Range | None:
    """Return the range that a text names, without host bits as AWS keeps it; None where it names none."""
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def has_public_addresses(text: str) -> bool:
    """Say whether a range reaches beyond private addresses. What is not a range, such as a prefix list, may."""
    found = parse_range(text)
    if found is None:
        return True
    return not any(lies_in(found, private) for private in _PRIVATE)


def is_world(text: str) -> bool:
    """Say whether a range is the Internet, or so large a part of it that no one organisation has it."""
    found = parse_range(text)
    return found is not None and found.prefixlen < _LARGEST[found.version]


def is_everything(text: str) -> bool:
    """Say whether a range is every address there is."""
    found = parse_range(text)
    return found is not None and not found.prefixlen


def lies_in(inner: Range, outer: Range) -> bool:
    """Say whether every address of a range is one of another."""
    return (
        inner.version == outer.version
        and inner.prefixlen >= outer.prefixlen
        and inner.supernet(new_prefix=outer.prefixlen).network_address == outer.network_address
    )
