"""What the security module's own test holds it to: each tier is reached by the one before it, on one port.

A test sees no rule that it does not name: one that is added to the module is for the scan of a region to judge.
"""

from capgen.components.security.plan import Shape
from capgen.terraform.checks import Check, Checks

_INGRESS = "aws_vpc_security_group_ingress_rule"
_EGRESS = "aws_vpc_security_group_egress_rule"
_GROUPS = ("load_balancer", "task", "database", "storage")
_NFS, _HTTPS = "2049", "443"


def checks(shape: Shape) -> Checks:
    """Follow a request through the tiers."""
    named = (*_GROUPS, "endpoint") if shape.endpoints else _GROUPS
    groups = ", ".join(f"aws_security_group.{group}" for group in named)
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
            *(_between("endpoint", "task", "endpoint", _HTTPS) if shape.endpoints else ()),
            Check(
                f"toset(keys({_EGRESS}.egress)) == toset(keys(var.egress)) "
                f"&& alltrue([for key, rule in {_EGRESS}.egress : {_belongs('rule', 'task')} "
                f"&& {_is_for('rule', 'var.egress[key].port')} && rule.cidr_ipv4 == var.egress[key].cidr])",
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
    """Check the rules of a list of ranges."""
    rules = f"{_INGRESS}.{label}"
    return Check(
        f"toset([for rule in {rules} : rule.cidr_ipv4]) == toset(var.{cidrs}) "
        f"&& alltrue([for rule in {rules} : {_belongs('rule', group)} && {_is_for('rule', port)}])",
        f"Rule {label} must let the ranges of {cidrs} alone reach {_words(port)} of tier {group}.",
    )


def _between(label: str, source: str, target: str, port: str) -> tuple[Check, ...]:
    """Check the rules at both ends."""
    ends = ((f"{_EGRESS}.{label}", "egress", source, target), (f"{_INGRESS}.{label}", "ingress", target, source))
    return tuple(
        Check(
            f"{_belongs(rule, group)} && {_is_for(rule, port)} "
            f"&& {rule}.referenced_security_group_id == aws_security_group.{peer}.id && {rule}.cidr_ipv4 == null",
            f"The {end} rule {label} must let tier {source} alone reach {_words(port)} of tier {target}.",
        )
        for rule, end, group, peer in ends
    )


def _belongs(rule: str, group: str) -> str:
    return f"{rule}.security_group_id == aws_security_group.{group}.id"


def _words(port: str) -> str:
    return port.removeprefix("var.") if port.startswith("var.") else f"port {port}"


def _is_for(rule: str, port: str) -> str:
    """Say that a rule is for one TCP port."""
    return f'[{rule}.ip_protocol, {rule}.from_port, {rule}.to_port] == ["tcp", {port}, {port}]'
