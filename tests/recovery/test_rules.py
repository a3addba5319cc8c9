"""What a pair is refused, each by one change of a pair that is not."""

from typing import Any

import pytest

from capgen.diagnostics import Severity
from capgen.rules.recovery import RULES
from tests.recovery.pairs import PRIMARY, STANDBY, told

ACCOUNTS = ("123456789012", "210987654321")
ROLE = {"role_arn": f"arn:aws:iam::{ACCOUNTS[0]}:role/terraform"}


def standby(**sections: Any) -> dict[str, Any]:
    return {"regions": {STANDBY: sections}}


REFUSED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "no such region": ("recovery-two-regions", "disaster_recovery.primary_region",
                       {"disaster_recovery": {"primary_region": "eu-west-2"}}),
    "a third region": ("recovery-two-regions", "disaster_recovery.primary_region", {"regions": {"eu-north-1": {}}}),
    "another partition": ("recovery-one-partition", "disaster_recovery.primary_region",
                          {"regions": {STANDBY: None, "cn-north-1": {"scaling": {"desired_count": 0}}}}),
    "another account": ("recovery-one-account", "account_id",
                        {"account_id": ACCOUNTS[0], **standby(account_id=ACCOUNTS[1])}),
    "a role of another account": ("recovery-one-account", "account_id",
                                  {"assume_role": ROLE, **standby(account_id=ACCOUNTS[1])}),
    "one key": ("recovery-keys", "encryption.customer_managed_key",
                standby(encryption={"customer_managed_key": False})),
    "no keys": ("recovery-keys", "encryption.customer_managed_key", {"encryption": {"customer_managed_key": False}}),
    "no backups": ("recovery-primary-backups", "database.backup_retention_period",
                   {"regions": {PRIMARY: {"database": {"backup_retention_period": 0}}}}),
    "another version": ("recovery-version", "database.engine_version", standby(database={"engine_version": "16"})),
    "an old version": ("recovery-version", "database.engine_version", {"database": {"engine_version": "13"}}),
    "another database": ("recovery-alike", "database.db_name", standby(database={"db_name": "other"})),
    "another disk": ("recovery-alike", "database.allocated_storage", standby(database={"allocated_storage": 100})),
    "another password": ("recovery-alike", "database.password.source",
                         standby(database={"password": {"source": "variable"}})),
    "another owner": ("recovery-alike", "storage.access_point.uid", standby(storage={"access_point": {"uid": 33}})),
    "another prefix": ("recovery-alike", "snapshots.prefix", standby(snapshots={"prefix": "gold/"})),
    "a snapshot": ("recovery-own-snapshot", "database.snapshot_identifier",
                   standby(database={"snapshot_identifier": "cap-2026-01-31"})),
}  # fmt: skip

PROMOTED = {"disaster_recovery": {"promoted": True}}
WARNED: dict[str, tuple[str, dict[str, Any]]] = {
    "the standby serves": ("recovery-standby-rests", standby(scaling={"desired_count": 1})),
    "nobody serves": ("recovery-standby-rests",
                      {**PROMOTED, "regions": {PRIMARY: {"scaling": {"desired_count": 0}}}}),
    "both serve": ("recovery-old-primary-rests", {**PROMOTED, **standby(scaling={"desired_count": 1})}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_pair_that_aws_cannot_keep_is_refused(case: str) -> None:
    rule, path, overrides = REFUSED[case]
    (found,) = told(**overrides)
    assert (found.rule, found.path, found.severity) == (rule, path, Severity.ERROR)
    assert found.location is not None
    assert found.link is not None


@pytest.mark.parametrize("case", WARNED)
def test_two_regions_that_write_or_none_are_warned_of(case: str) -> None:
    rule, overrides = WARNED[case]
    (found,) = told(**overrides)
    assert (found.rule, found.path, found.severity) == (rule, "scaling.desired_count", Severity.WARNING)


def test_a_pair_is_accepted_as_it_is_and_with_what_is_not_copied_different() -> None:
    assert told() == []
    other = {"db_name": "other", "allocated_storage": 100, "backup_retention_period": 0, "engine_version": "16"}
    assert told(disaster_recovery={"database_replica": False}, **standby(database=other)) == []
    keys = {"encryption": {"customer_managed_key": False}}
    assert told(disaster_recovery={"database_replica": False}, **keys) == []
    assert told(account_id=ACCOUNTS[0], assume_role=ROLE) == []


def test_every_rule_of_a_pair_is_tried() -> None:
    tried = {rule for rule, *_ in REFUSED.values()} | {rule for rule, _ in WARNED.values()}
    assert tried == {rule.id for rule in RULES} | {"recovery-two-regions"}
