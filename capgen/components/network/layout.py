"""Where the subnets of a created VPC lie in its range.

The range has eight equal parts, one for each letter that a zone can have, so where a zone's subnets lie depends on its
own name alone: adding a zone, taking one out or changing their order moves no other. Of its part, a zone's private
subnet has the first half, and the database's and the public one a quarter each. In 10.20.0.0/16:

    zone   private          database         public
    a      10.20.0.0/20     10.20.16.0/21    10.20.24.0/21
    b      10.20.32.0/20    10.20.48.0/21    10.20.56.0/21
    c      10.20.64.0/20    10.20.80.0/21    10.20.88.0/21
"""

from dataclasses import dataclass
from ipaddress import IPv4Network

LARGEST, SMALLEST = 16, 22
"""Prefix lengths of a VPC. AWS takes none shorter; in a longer one, a load balancer's subnet would be less than /27.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones
"""

_ZONE_BITS = 3


@dataclass(frozen=True, kw_only=True)
class ZoneRanges:
    """The ranges of one zone's subnets."""

    private: str
    database: str
    public: str


def ranges_of(cidr_block: str, zone: str) -> ZoneRanges:
    """Return the ranges of a zone, such as eu-west-1a. The rules have checked range and zone."""
    parts = list(IPv4Network(cidr_block).subnets(prefixlen_diff=_ZONE_BITS))
    private, rest = parts[ord(zone[-1]) - ord("a")].subnets()
    database, public = rest.subnets()
    return ZoneRanges(private=str(private), database=str(database), public=str(public))
