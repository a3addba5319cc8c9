"""What a copy has from its source, or must have in common with it to be of use."""

from collections.abc import Iterator
from typing import Any

from capgen.load import SpecPath, dotted
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem
from capgen.rules.pair_rule import PairRule, Sides

_OF_THE_DATABASE: tuple[SpecPath, ...] = (
    ("database", "db_name"),
    ("database", "username"),
    ("database", "allocated_storage"),
    ("database", "password", "source"),
)
_OF_THE_FILES: tuple[SpecPath, ...] = (
    ("storage", "access_point", "path"),
    ("storage", "access_point", "uid"),
    ("storage", "access_point", "gid"),
)
_OF_THE_SNAPSHOTS: tuple[SpecPath, ...] = (("snapshots", "prefix"),)


def _alike(sides: Sides) -> Iterator[Problem]:
    """Hold a copy to what it has from its source, or has to have to be of use."""
    for copied, what, paths in (
        (sides.recovery.database_replica, "database", _OF_THE_DATABASE),
        (sides.recovery.file_replication, "file system", _OF_THE_FILES),
        (sides.recovery.snapshot_replication, "snapshot bucket", _OF_THE_SNAPSHOTS),
    ):
        for path in paths if copied else ():
            here, there = _at(sides.standby, path), _at(sides.primary, path)
            if here != there:
                yield Problem(
                    path=path,
                    message=f"the standby's {what} is a copy of the primary's, so {dotted(path)} must be the same",
                    value=_text(here),
                    allowed=f"{_text(there)}, as in {sides.primary.region}",
                )


def _at(deployment: RegionalDeployment, path: SpecPath) -> Any:
    value: Any = deployment
    for part in path:
        value = getattr(value, str(part))
    return value


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


RULES = (
    PairRule(
        id="recovery-alike",
        title="A copy is used as its source is",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html",
        check=_alike,
    ),
)
