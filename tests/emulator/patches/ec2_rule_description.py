"""EC2 shows the description of a security group rule that refers to another group."""

from moto.ec2.models.security_groups import SecurityGroupRule

GAP = "ec2-rule-description"


def apply() -> None:
    """Look for the description where moto keeps it: with the range, or with the other group."""
    SecurityGroupRule.description = property(_description)


def _description(rule: SecurityGroupRule) -> str | None:
    description: str | None = rule.ip_range.get("Description") or rule.source_group.get("Description")
    return description
