"""Which region of a pair runs tasks: one at a time writes."""

from collections.abc import Iterator

from capgen.diagnostics import Severity
from capgen.model.rule import Problem
from capgen.rules.pair_rule import PairRule, Sides

_LINK = "https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html"
_PATH = ("scaling", "desired_count")


def _standby_rests(sides: Sides) -> Iterator[Problem]:
    count, region = sides.standby.scaling.desired_count, sides.standby.region
    copies = [what for what, copied in (("database", sides.recovery.database_replica),
                                        ("file system", sides.recovery.file_replication)) if copied]  # fmt: skip
    if not sides.recovery.promoted and count and copies:
        yield Problem(
            path=_PATH, message=f"tasks in {region} find the {' and the '.join(copies)} read-only until promotion",
            value=str(count), hint=f"set regions.{region}.scaling.desired_count to 0", severity=Severity.WARNING,
        )  # fmt: skip
    if sides.recovery.promoted and not count:
        yield Problem(
            path=_PATH, message=f"{region} has taken over and runs no task", value="0",
            hint=f"set regions.{region}.scaling.desired_count", severity=Severity.WARNING,
        )  # fmt: skip


def _old_primary_rests(sides: Sides) -> Iterator[Problem]:
    count, region = sides.primary.scaling.desired_count, sides.primary.region
    if sides.recovery.promoted and count:
        yield Problem(
            path=_PATH,
            message=f"{region} would write beside {sides.standby.region}, which has taken over: the two diverge",
            value=str(count),
            hint=f"set regions.{region}.scaling.desired_count to 0",
            severity=Severity.WARNING,
        )


RULES = (
    PairRule(id="recovery-standby-rests", title="A standby runs tasks when it has taken over",
             link=_LINK, check=_standby_rests),
    PairRule(id="recovery-old-primary-rests", title="One region of a pair writes",
             link=_LINK, check=_old_primary_rests, of_primary=True),
)  # fmt: skip
