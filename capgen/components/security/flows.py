"""The three kinds of flow, each as rule resources."""

from dataclasses import dataclass

from capgen.terraform.expression import Expr
from capgen.terraform.functions import toset
from capgen.terraform.module import Module

_INGRESS = "aws_vpc_security_group_ingress_rule"
_EGRESS = "aws_vpc_security_group_egress_rule"


@dataclass(frozen=True, kw_only=True)
class Groups:
    """The security group of each tier; `endpoint` where VPC endpoints are created."""

    load_balancer: Expr
    task: Expr
    database: Expr
    storage: Expr
    endpoint: Expr | None = None


def allow_from_ranges(module: Module, label: str, group: Expr, cidrs: Expr, port: int | Expr, description: str) -> None:
    """Let each range of a list connect to a group's port. One rule per range, keyed by the range."""
    module.resource(_INGRESS, label, {
        "for_each": toset(cidrs),
        "security_group_id": group["id"],
        "cidr_ipv4": "${each.value}",
        "from_port": port,
        "to_port": port,
        "ip_protocol": "tcp",
        "description": description,
    })  # fmt: skip


def allow_to_ranges(module: Module, label: str, group: Expr, destinations: Expr) -> None:
    """Let a group connect to each destination of a map of range, port and description."""
    module.resource(_EGRESS, label, {
        "for_each": destinations,
        "security_group_id": group["id"],
        "cidr_ipv4": "${each.value.cidr}",
        "from_port": "${each.value.port}",
        "to_port": "${each.value.port}",
        "ip_protocol": "tcp",
        "description": "${each.value.description}",
    })  # fmt: skip


def allow_between(module: Module, label: str, source: Expr, target: Expr, port: int | Expr, description: str) -> None:
    """Let one group connect to another: a rule at each end."""
    ends = ((_EGRESS, source, target), (_INGRESS, target, source))
    for type, group, peer in ends:
        module.resource(type, label, {
            "security_group_id": group["id"],
            "referenced_security_group_id": peer["id"],
            "from_port": port,
            "to_port": port,
            "ip_protocol": "tcp",
            "description": description,
        })  # fmt: skip
