"""How the instance is watched."""

from capgen.components.database.values import Arguments, Surroundings
from capgen.terraform.module import Module


def monitoring(module: Module, surroundings: Surroundings) -> Arguments:
    """Export logs, and collect measurements: key, retention and role are null where they are not used."""
    return {
        "enabled_cloudwatch_logs_exports": surroundings.exports,
        "monitoring_interval": module.variable(
            "monitoring_interval", "number", "Seconds between two measurements of Enhanced Monitoring; 0 for none.",
            validations=[("contains([0, 1, 5, 10, 15, 30, 60], var.monitoring_interval)",
                          "monitoring_interval must be 0, 1, 5, 10, 15, 30 or 60.")],
        ),
        "monitoring_role_arn": module.variable(
            "monitoring_role_arn", "string", "ARN of the role of Enhanced Monitoring; null without it.", nullable=True
        ),
        "performance_insights_enabled": module.variable(
            "performance_insights_enabled", "bool", "Whether Performance Insights are collected."
        ),
        "performance_insights_kms_key_id": module.variable(
            "performance_insights_kms_key_arn", "string",
            "ARN of the key that encrypts Performance Insights; null for AWS's own, or without them.", nullable=True,
        ),
        "performance_insights_retention_period": module.variable(
            "performance_insights_retention_period", "number",
            "Days that Performance Insights are kept; null without them.", nullable=True,
        ),
    }  # fmt: skip
