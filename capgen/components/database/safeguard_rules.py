"""Rules of what keeps the data: backups, protection, the snapshot to start from; and of settings without effect."""

from collections.abc import Iterator

from capgen.diagnostics import Severity
from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_FREE_RETENTION = 7


def _production(deployment: RegionalDeployment) -> Iterator[Problem]:
    if deployment.environment != "production":
        return
    database = deployment.database
    risks = (
        ("backup_retention_period", database.backup_retention_period == 0, "0", "has no automatic backups"),
        ("deletion_protection", not database.deletion_protection, "false", "can be deleted with one call"),
        ("skip_final_snapshot", database.skip_final_snapshot, "true", "is deleted without a last snapshot"),
    )
    for field, risky, value, consequence in risks:
        if risky:
            yield Problem(
                path=("database", field),
                message=f"the production database {consequence}",
                value=value,
                hint=f"leave database.{field} to the profile",
                severity=Severity.WARNING,
            )


def _insights(deployment: RegionalDeployment) -> Iterator[Problem]:
    database = deployment.database
    kept = database.performance_insights_retention_period
    if not database.performance_insights_enabled and kept != _FREE_RETENTION:
        yield Problem(
            path=("database", "performance_insights_retention_period"),
            message="database.performance_insights_retention_period has no effect while Performance Insights are off",
            value=str(kept),
            hint="turn database.performance_insights_enabled on, or remove the period",
            severity=Severity.WARNING,
        )


def _snapshot_in_region(deployment: RegionalDeployment) -> Iterator[Problem]:
    snapshot = deployment.database.snapshot_identifier
    if snapshot is not None and snapshot.startswith("arn:") and snapshot.split(":")[3] != deployment.region:
        yield Problem(
            path=("database", "snapshot_identifier"),
            message=f"the snapshot is in region {snapshot.split(':')[3]}, the deployment in {deployment.region}",
            value=snapshot,
            allowed=f"a snapshot in {deployment.region}",
            hint="copy it there first: aws rds copy-db-snapshot",
        )


def _final_snapshot_name(deployment: RegionalDeployment) -> Iterator[Problem]:
    database = deployment.database
    final = f"{names_of(deployment).database}-final"
    snapshot = database.snapshot_identifier or ""
    if not database.skip_final_snapshot and snapshot.rpartition(":")[2] == final:
        yield Problem(
            path=("database", "snapshot_identifier"),
            message=f"{final} is also the name of the last snapshot that destroying the database will take",
            value=snapshot,
            hint="copy it to another name, restore from the copy and delete it: aws rds copy-db-snapshot",
            severity=Severity.WARNING,
        )


RULES = (
    Rule(id="database-production-safeguards", title="A production database can be brought back",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html", check=_production),
    Rule(id="database-insights-retention", title="Performance Insights are kept where they are collected",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.cost.html", check=_insights),
    Rule(id="database-snapshot-in-region", title="An instance starts from a snapshot of its own region",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html",
         check=_snapshot_in_region),
    Rule(id="database-final-snapshot-name", title="The last snapshot has a name that is free",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html",
         check=_final_snapshot_name),
)  # fmt: skip
