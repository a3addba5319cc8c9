"""What the security module's own test holds it to: each tier is reached by the next one, on its port, and no other way.

A rule that someone adds to the module is not seen by a test that does not name it; the scan of a region sees every rule.
"""

from capgen.components.security.plan import Shape
from capgen.terraform.checks import Check, Checks

_INGRESS = "aws_vpc_security_group_ingress_rule"
_EGRESS = "aws_vpc_security_group_egress_rule"
_GROUPS = ("load_balancer", "task", "database", "storage")
_NFS = "2049"


def checks(shape: Shape) -> Checks:
    """Follow a request through the tiers."""
    groups = ", ".join(f"aws_security_group.{group}" for group in _GROUPS)
    return Checks(
        example={
            "database_cidrs": ["10.0.3.0/24"],
            "database_port": 5432,
            "egress": {"0.0.0.0/0:443": {"cidr": "0.0.0.0/0", "port": 443, "description": "HTTPS"}},
            "management_cidrs": ["10.0.1.5/32", "10.0.2.0/24"],
            "web_cidrs": ["198.51.100.0/24", "203.0.113.0/24"],
        },
        holds=(
            _from_ranges("web_http", "load_balancer", "web_cidrs", "80"),
            *([_from_ranges("web_https", "load_balancer", "web_cidrs", "443")] if shape.https else []),
            _from_ranges("management", "task", "management_cidrs", "var.management_port"),
            _from_ranges("database_direct", "database", "database_cidrs", "var.database_port"),
            *_between("web", "load_balancer", "task", "var.web_port"),
            *_between("database", "task", "database", "var.database_port"),
            *_between("storage", "task", "storage", _NFS),
            Check(
                f"{{ for key, rule in {_EGRESS}.egress : key => {{ cidr = rule.cidr_ipv4, port = rule.from_port, "
                "description = rule.description } } == { for key, to in var.egress : key => to } "
                f"&& alltrue([for rule in {_EGRESS}.egress : {_is_tcp('rule', 'rule.from_port')} "
                "&& rule.security_group_id == aws_security_group.task.id])",
                "Tasks may connect to the destinations of egress and to no others.",
            ),
            Check(
                f"alltrue([for group in [{groups}] : length(group.ingress) + length(group.egress) == 0 "
                "&& group.vpc_id == var.vpc_id])",
                "No security group may have a rule of its own: each rule is a resource.",
            ),
        ),
    )  # fmt: skip


def _from_ranges(label: str, group: str, cidrs: str, port: str) -> Check:
    rules = f"{_INGRESS}.{label}"
    return Check(
        f"toset([for rule in {rules} : rule.cidr_ipv4]) == toset(var.{cidrs}) && alltrue([for rule in {rules} : "
        f"{_is_tcp('rule', port)} && rule.security_group_id == aws_security_group.{group}.id])",
        f"{label} must admit the ranges of {cidrs} to TCP port {port.removeprefix('var.')} of tier {group}, and no others.",
    )


def _between(label: str, source: str, target: str, port: str) -> tuple[Check, ...]:
    """Check the rules at both ends."""
    return tuple(
        Check(
            f"{_is_tcp(f'{type}.{label}', port)} && {type}.{label}.cidr_ipv4 == null "
            f"&& {type}.{label}.security_group_id == aws_security_group.{group}.id "
            f"&& {type}.{label}.referenced_security_group_id == aws_security_group.{peer}.id",
            f"{label} must let tier {source} {words} TCP port {port.removeprefix('var.')} of tier {target}, and nothing else.",
        )
        for type, group, peer, words in ((_EGRESS, source, target, "out to"), (_INGRESS, target, source, "into"))
    )


def _is_tcp(rule: str, port: str) -> str:
    return f'{rule}.ip_protocol == "tcp" && {rule}.from_port == {port} && {rule}.to_port == {port}'
