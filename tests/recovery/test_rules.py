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
    "an older minor version": ("recovery-upgraded-first", "database.engine_version",
                               {"database": {"engine_version": "17.6"},
                                **standby(database={"engine_version": "17.5"})}),
    "another database": ("recovery-alike", "database.db_name", standby(database={"db_name": "other"})),
    "another disk": ("recovery-alike", "database.allocated_storage", standby(database={"allocated_storage": 100})),
    "another password": ("recovery-alike", "database.password.source",
                         standby(database={"password": {"source": "variable"}})),
    "another owner": ("recovery-alike", "storage.access_point.uid", standby(storage={"access_point": {"uid": 33}})),
    "another prefix": ("recovery-alike", "snapshots.prefix", standby(snapshots={"prefix": "gold/"})),
    "fewer connections": ("recovery-parameters", "database.parameters.max_connections",
                          {"database": {"parameters": {"max_connections": "500"}},
                           **standby(database={"parameters": {"max_connections": "200"}})}),
    "a snapshot": ("recovery-own-snapshot", "database.snapshot_identifier",
                   standby(database={"snapshot_identifier": "cap-2026-01-31"})),
}  # fmt: skip

PROMOTED = {"disaster_recovery": {"promoted": True}}
STATE = {"backend": "s3", "bucket": "state", "region": PRIMARY}
IMAGE = "123456789012.dkr.ecr.{}.amazonaws.com/cap/agent:1.0.0"
MARKETPLACE = "709825985650.dkr.ecr.us-east-1.amazonaws.com/seller/agent:1.0.0"
WARNED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a smaller class": ("recovery-smaller-standby", "database.instance_class",
                        {"database": {"instance_class": "db.r6g.2xlarge"},
                         **standby(database={"instance_class": "db.m6g.xlarge"})}),
    "a smaller disk": ("recovery-smaller-standby", "database.max_allocated_storage",
                       standby(database={"max_allocated_storage": 100})),
    "a disk that cannot grow": ("recovery-smaller-standby", "database.max_allocated_storage",
                                standby(database={"max_allocated_storage": 0})),
    "a state in the primary's region": ("recovery-state-region", "state.region", {"state": STATE}),
    "an image in the primary's region": ("recovery-image-region", "agent.image",
                                         {"agent": {"image": IMAGE.format(PRIMARY)}}),
    "the standby serves": ("recovery-standby-rests", "scaling.desired_count", standby(scaling={"desired_count": 1})),
    "nobody serves": ("recovery-standby-rests", "scaling.desired_count",
                      {**PROMOTED, "regions": {PRIMARY: {"scaling": {"desired_count": 0}}}}),
    "both serve": ("recovery-old-primary-rests", "scaling.desired_count",
                   {**PROMOTED, **standby(scaling={"desired_count": 1})}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_pair_that_aws_cannot_keep_is_refused(case: str) -> None:
    rule, path, overrides = REFUSED[case]
    (found,) = told(**overrides)
    assert (found.rule, found.path, found.severity) == (rule, path, Severity.ERROR)
    assert found.location is not None
    assert found.link is not None


@pytest.mark.parametrize("case", WARNED)
def test_a_pair_that_would_fail_its_users_is_warned_of(case: str) -> None:
    rule, path, overrides = WARNED[case]
    (found,) = told(**overrides)
    assert (found.rule, found.path, found.severity) == (rule, path, Severity.WARNING)
    assert found.location is not None


def test_a_pair_is_accepted_as_it_is_and_with_what_is_not_copied_different() -> None:
    assert told() == []
    other = {"db_name": "other", "allocated_storage": 100, "backup_retention_period": 0, "engine_version": "16"}
    assert told(disaster_recovery={"database_replica": False}, **standby(database=other)) == []
    keys = {"encryption": {"customer_managed_key": False}}
    assert told(disaster_recovery={"database_replica": False}, **keys) == []
    assert told(account_id=ACCOUNTS[0], assume_role=ROLE) == []
    assert told(state={**STATE, "region": "eu-north-1"}) == []
    larger = {"instance_class": "db.r6g.4xlarge", "max_allocated_storage": 400}
    assert told(**standby(database=larger)) == []


def test_a_minor_upgrade_has_a_way_and_a_major_one_is_told_its_own() -> None:
    for there, here in (("17.5", "17.6"), ("17.9", "17.10"), ("17.6", "17"), ("17", "17.5")):
        assert told(database={"engine_version": there}, **standby(database={"engine_version": here})) == []
    for there, here in (("17", "16"), ("17.6", "17.5")):
        (found,) = told(database={"engine_version": there}, **standby(database={"engine_version": here}))
        assert "RUNBOOK.md, Upgrade PostgreSQL" in str(found.hint)


@pytest.mark.parametrize("version", ["17.5", "18"])
def test_a_database_that_took_over_is_upgraded_alone(version: str) -> None:
    found = told(**PROMOTED, database={"engine_version": "17.6"}, **standby(database={"engine_version": version}))
    assert {each.rule for each in found} == {"recovery-standby-rests", "recovery-old-primary-rests"}


def test_an_image_is_to_be_had_while_the_primarys_region_is_down() -> None:
    kept = {"agent": {"image": IMAGE.format(PRIMARY)}, **standby(agent={"image": IMAGE.format(STANDBY)})}
    assert told(**kept) == []
    sold = {"agent": {"image": MARKETPLACE}}
    assert told(**sold) == []
    regions: dict[str, Any] = {PRIMARY: None, "us-east-1": {}}
    (found,) = told(**sold, regions=regions, disaster_recovery={"primary_region": "us-east-1"})
    assert str(found.hint).startswith(f"copy the image to a registry of yours in {STANDBY}")


def connections(count: str) -> dict[str, Any]:
    return {"parameters": {"max_connections": count}}


WORKED_OUT = "{DBInstanceClassMemory/9531392}"


@pytest.mark.parametrize(("there", "here"), [("500", WORKED_OUT), (WORKED_OUT, "200"), ("200", "500")])
def test_a_parameter_that_is_as_high_or_that_aws_works_out_is_accepted(there: str, here: str) -> None:
    assert told(database=connections(there), **standby(database=connections(here))) == []


def test_every_rule_of_a_pair_is_tried() -> None:
    tried = {rule for rule, *_ in REFUSED.values()} | {rule for rule, *_ in WARNED.values()}
    assert tried == {rule.id for rule in RULES} | {"recovery-two-regions"}
