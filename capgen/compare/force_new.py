"""What the AWS provider cannot change in place, and what it sets by itself.

The table is made by schemas/provider/extract_force_new.py, which lets the provider plan every argument.
"""

from functools import cache
from typing import Any

from capgen.resources import table

_SOURCES = frozenset({"cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"})
"""Of these a rule has one. Another one in its place makes another rule; another value of the same one does not.
https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ec2/vpc_security_group_ingress_rule.go
"""

_RULES = frozenset({"aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"})
_TABLE = "provider/force_new-5.100.0.json"


def forces_replacement(type: str, path: tuple[str, ...]) -> bool:
    """Say whether a change at a path, indexes left out, replaces a resource. A type without table replaces nothing."""
    return ".".join(path) in _force_new(type)


def replaces_when_set(type: str, path: tuple[str, ...]) -> bool:
    """Say whether an argument that comes or goes replaces a resource, though another value of it would not."""
    return type in _RULES and path[0] in _SOURCES


def default(type: str, argument: str) -> Any:
    """Return what the provider sets where an argument at the top of a resource is left out, or None."""
    return _of(type).get("defaults", {}).get(argument)


@cache
def _force_new(type: str) -> frozenset[str]:
    return frozenset(_of(type).get("force_new", ()))


def _of(type: str) -> dict[str, Any]:
    found: dict[str, Any] = table(_TABLE)["resource"].get(type, {})
    return found
