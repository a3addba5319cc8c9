"""Backups, maintenance, and when changes are made."""

from capgen.components.database.values import Arguments
from capgen.terraform.module import Module


def backups(module: Module) -> Arguments:
    """Keep automatic backups."""
    return {
        "backup_retention_period": module.variable(
            "backup_retention_period", "number", "Days that automatic backups are kept; 0 for none.",
            validations=[("var.backup_retention_period >= 0 && var.backup_retention_period <= 35",
                          "backup_retention_period must be from 0 to 35.")],
        ),
        "backup_window": module.variable("backup_window", "string", "Daily time of automatic backups, UTC."),
        "copy_tags_to_snapshot": True,
        "deletion_protection": module.variable("deletion_protection", "bool", "Whether AWS refuses to delete it."),
    }  # fmt: skip


def last_snapshot(module: Module) -> Arguments:
    """Keep a last snapshot when the instance goes, and say which one it starts from."""
    return {
        "skip_final_snapshot": module.variable(
            "skip_final_snapshot", "bool", "Whether it is deleted without a last snapshot."
        ),
        "final_snapshot_identifier": module.variable(
            "final_snapshot_identifier", "string",
            "Name of the last snapshot. While there is one of that name, the instance cannot be destroyed.",
        ),
        "snapshot_identifier": module.variable(
            "snapshot_identifier", "string",
            "Encrypted snapshot to restore from when the instance is made; null for an empty database.", nullable=True,
        ),
    }  # fmt: skip


def changes(module: Module) -> Arguments:
    """Say what AWS may change by itself, and when Terraform's changes are made."""
    return {
        "maintenance_window": module.variable("maintenance_window", "string", "Weekly time of maintenance, UTC."),
        "auto_minor_version_upgrade": module.variable(
            "auto_minor_version_upgrade", "bool", "Whether AWS installs new minor versions in the maintenance window."
        ),
        "allow_major_version_upgrade": module.variable(
            "allow_major_version_upgrade", "bool", "Whether engine_version may move to another major version."
        ),
        "apply_immediately": module.variable(
            "apply_immediately", "bool", "Whether changes are made at once instead of in the maintenance window."
        ),
    }  # fmt: skip
