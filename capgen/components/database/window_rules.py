"""Rules of the daily backup window and the weekly maintenance window."""

from collections.abc import Iterator

from capgen.components.database.limits import limits
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = 24 * 60
_WEEK = 7 * _DAY


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _backup(deployment: RegionalDeployment) -> tuple[int, int]:
    """Return the minute of the day at which backups begin, and for how many minutes they may."""
    start, end = (_minutes(clock) for clock in deployment.database.backup_window.split("-"))
    return start, (end - start) % _DAY


def _maintenance(deployment: RegionalDeployment) -> tuple[int, int]:
    """Return the minute of the week at which maintenance begins, and for how many minutes it may."""
    start, end = (
        _DAYS.index(moment[:3]) * _DAY + _minutes(moment[4:])
        for moment in deployment.database.maintenance_window.split("-")
    )
    return start, (end - start) % _WEEK


def _long_enough(deployment: RegionalDeployment) -> Iterator[Problem]:
    database, least = deployment.database, limits()["window_minutes"]
    windows = (
        ("backup_window", database.backup_window, _backup(deployment)[1]),
        ("maintenance_window", database.maintenance_window, _maintenance(deployment)[1]),
    )
    for field, value, length in windows:
        if length < least:
            yield Problem(
                path=("database", field), message=f"the window has {length} minutes", value=value,
                allowed=f"at least {least} minutes",
            )  # fmt: skip


def _apart(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Lay each day's backup over the week's maintenance. One may begin when the other ends."""
    backup, backup_length = _backup(deployment)
    maintenance, maintenance_length = _maintenance(deployment)
    for day in range(len(_DAYS)):
        begins = day * _DAY + backup
        if (maintenance - begins) % _WEEK < backup_length or (begins - maintenance) % _WEEK < maintenance_length:
            yield Problem(
                path=("database", "maintenance_window"),
                message=f"maintenance overlaps the daily backup of {deployment.database.backup_window}",
                value=deployment.database.maintenance_window,
                allowed="a window before or after database.backup_window",
            )
            return


RULES = (
    Rule(id="database-window-length", title="Windows are long enough",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html",
         check=_long_enough),
    Rule(id="database-windows-apart", title="Backup and maintenance do not overlap",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupWindow.html",
         check=_apart),
)  # fmt: skip
