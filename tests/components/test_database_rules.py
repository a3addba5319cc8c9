"""What the rules of the database refuse, and what they let through."""

import json
from typing import Any

import pytest

from capgen.components.database.limits import limits, offers
from capgen.components.database.rules import RULES
from capgen.diagnostics import Severity
from capgen.model.rule import Problem
from capgen.resources import schemas_dir
from tests.components.models import deployment


def found(rule: str, region: str = "eu-west-1", environment: str = "production", **section: Any) -> list[Problem]:
    check = next(each.check for each in RULES if each.id == f"database-{rule}")
    return list(check(deployment(region, environment=environment, database=section)))


def severities(rule: str, **section: Any) -> list[Severity]:
    return [problem.severity for problem in found(rule, **section)]


def test_ids_are_unique_and_lead_to_a_page() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.id.startswith("database-") and rule.link.startswith("https://") for rule in RULES)


def test_the_defaults_are_warned_of_at_most() -> None:
    severity = {problem.severity for rule in RULES for problem in rule.check(deployment())}
    assert severity <= {Severity.WARNING}


def test_a_major_version_alone_breaks_no_rule() -> None:
    model = deployment(database={"engine_version": "17"})
    assert not [problem for rule in RULES for problem in rule.check(model)]


@pytest.mark.parametrize(("type", "size", "refused"), [("gp3", 20, False), ("io1", 99, True), ("io2", 100, False)])
def test_a_disk_is_as_large_as_its_kind_asks(type: str, size: int, refused: bool) -> None:
    assert bool(found("disk-size", storage_type=type, allocated_storage=size)) is refused


@pytest.mark.parametrize(
    ("size", "most", "refused"),
    [(50, 0, False), (50, 55, False), (50, 54, True), (50, 50, True), (55, 61, False), (55, 60, True), (50, 20, True)],
)
def test_a_disk_that_may_grow_has_room_for_a_tenth(size: int, most: int, refused: bool) -> None:
    assert bool(found("disk-growth", allocated_storage=size, max_allocated_storage=most)) is refused


@pytest.mark.parametrize(
    ("type", "size", "iops", "refused"),
    [
        ("gp2", 500, None, False),
        ("gp2", 500, 3000, True),
        ("gp3", 50, None, False),
        ("gp3", 399, 12000, True),
        ("gp3", 400, 12000, False),
        ("io1", 100, None, True),
        ("io2", 100, 1000, False),
    ],
)
def test_iops_are_chosen_where_they_can_be(type: str, size: int, iops: int | None, refused: bool) -> None:
    chosen: dict[str, Any] = {} if iops is None else {"iops": iops}
    assert bool(found("iops-chosen", storage_type=type, allocated_storage=size, **chosen)) is refused


@pytest.mark.parametrize(
    ("type", "size", "most", "iops", "refused"),
    [
        ("gp3", 400, 0, 11999, True),
        ("gp3", 400, 0, 12000, False),
        ("gp3", 400, 0, 64000, False),
        ("gp3", 400, 0, 64001, True),
        ("gp3", 65536, 0, 12000, False),
        ("io1", 100, 0, 5000, False),
        ("io1", 100, 0, 5001, True),
        ("io2", 100, 0, 100000, False),
        ("io2", 100, 0, 100001, True),
        ("io1", 2000, 0, 1000, False),
        ("io1", 2001, 0, 1000, True),
        ("io1", 1000, 2000, 1000, False),
        ("io1", 1000, 2001, 1000, True),
    ],
)
def test_iops_fit_every_size_of_the_disk(type: str, size: int, most: int, iops: int, refused: bool) -> None:
    disk: dict[str, Any] = {
        "storage_type": type,
        "allocated_storage": size,
        "max_allocated_storage": most,
        "iops": iops,
    }
    assert bool(found("iops-in-range", **disk)) is refused


def test_china_has_no_io2() -> None:
    assert found("disk-in-region", region="cn-north-1", storage_type="io2")
    assert not found("disk-in-region", region="eu-west-1", storage_type="io2")


@pytest.mark.parametrize(
    ("version", "severity"),
    [
        ("17.9", []),
        ("17", []),
        ("17.99", [Severity.WARNING]),
        ("17.1", [Severity.WARNING]),
        ("19", [Severity.WARNING]),
        ("18.5", [Severity.ERROR]),
    ],
)
def test_a_version_is_one_of_rds(version: str, severity: list[Severity]) -> None:
    assert severities("known-version", engine_version=version) == severity


@pytest.mark.parametrize(
    ("version", "automatic", "warned"), [("17.9", True, True), ("17", True, False), ("17.9", False, False)]
)
def test_a_minor_version_is_named_by_one_side_only(version: str, automatic: bool, warned: bool) -> None:
    section = {"engine_version": version, "auto_minor_version_upgrade": automatic}
    assert severities("minor-version-left-to-aws", **section) == [Severity.WARNING] * warned


def test_a_major_upgrade_does_not_wait() -> None:
    assert severities("major-upgrade-at-once", allow_major_version_upgrade=True) == [Severity.WARNING]
    assert not found("major-upgrade-at-once", allow_major_version_upgrade=True, apply_immediately=True)


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("db.t3.medium", []),
        ("db.m8g.48xlarge", []),
        ("db.t3.medum", [Severity.ERROR]),
        ("db.m6g.24xlarge", [Severity.ERROR]),
        ("db.z99.large", [Severity.WARNING]),
    ],
)
def test_an_instance_class_is_one_of_rds(name: str, severity: list[Severity]) -> None:
    assert severities("known-class", instance_class=name) == severity


def test_a_mistyped_class_is_put_right() -> None:
    (problem,) = found("known-class", instance_class="db.t3.medum")
    assert problem.hint == 'did you mean "db.t3.medium"?'


def test_a_class_is_one_of_the_region() -> None:
    assert severities("class-in-region", region="ca-west-1", instance_class="db.t4g.medium") == [Severity.ERROR]
    assert not found("class-in-region", region="eu-west-1", instance_class="db.t4g.medium")
    assert not found("class-in-region", region="eusc-de-east-1", instance_class="db.t4g.medium")


def test_a_certificate_authority_exists() -> None:
    (problem,) = found("known-authority", ca_cert_identifier="rds-ca-rsa2048g1")
    assert problem.hint == 'did you mean "rds-ca-rsa2048-g1"?'


@pytest.mark.parametrize(
    ("field", "name", "refused"),
    [
        ("username", "admin", True),
        ("username", "Admin", True),
        ("username", "user", True),
        ("username", "postgres", False),
        ("db_name", "database", True),
        ("db_name", "select", True),
        ("db_name", "postgres", False),
        ("db_name", "aispark", False),
    ],
)
def test_names_are_not_taken(field: str, name: str, refused: bool) -> None:
    assert [problem.path for problem in found("reserved-name", **{field: name})] == [("database", field)] * refused


def test_the_user_is_named_like_no_role_of_postgresql() -> None:
    assert found("role-prefix", username="pg_dba")
    assert not found("role-prefix", username="pgdba")


def test_tls_is_not_to_choose() -> None:
    assert found("tls-stays-on", parameters={"rds.force_ssl": "0"})
    assert not found("tls-stays-on", parameters={"rds.force_ssl": "1"})


@pytest.mark.parametrize(
    ("value", "severity"), [("ddl", []), ("none", []), ("all", [Severity.WARNING]), ("some", [Severity.ERROR])]
)
def test_the_log_holds_statements_not_data(value: str, severity: list[Severity]) -> None:
    assert severities("logged-statements", parameters={"log_statement": value}) == severity


@pytest.mark.parametrize(
    ("backup", "maintenance", "refused"),
    [
        ("02:00-02:30", "sun:03:30-sun:04:00", []),
        ("02:00-02:29", "sun:03:30-sun:04:00", ["backup_window"]),
        ("23:45-00:15", "sun:03:30-sun:03:45", ["maintenance_window"]),
        ("02:00-02:00", "sun:03:30-sun:03:30", ["backup_window", "maintenance_window"]),
        ("02:00-03:00", "sun:23:45-mon:00:15", []),
    ],
)
def test_windows_are_long_enough(backup: str, maintenance: str, refused: list[str]) -> None:
    problems = found("window-length", backup_window=backup, maintenance_window=maintenance)
    assert [problem.path[1] for problem in problems] == refused


@pytest.mark.parametrize(
    ("backup", "maintenance", "refused"),
    [
        ("02:00-03:00", "sun:03:00-sun:04:00", False),
        ("02:00-03:00", "sun:01:00-sun:02:00", False),
        ("02:00-03:00", "sun:02:59-sun:04:00", True),
        ("02:00-03:00", "wed:01:30-wed:02:01", True),
        ("02:00-03:00", "mon:22:00-tue:22:00", True),
        ("23:30-00:30", "sun:00:00-sun:01:00", True),
        ("23:30-00:30", "mon:00:00-mon:01:00", True),
        ("23:30-00:30", "sun:23:00-sun:23:30", False),
        ("12:00-12:30", "sun:23:45-mon:00:30", False),
    ],
)
def test_backup_and_maintenance_stay_apart(backup: str, maintenance: str, refused: bool) -> None:
    assert bool(found("windows-apart", backup_window=backup, maintenance_window=maintenance)) is refused


def test_a_production_database_can_be_brought_back() -> None:
    risks: dict[str, Any] = {"backup_retention_period": 0, "deletion_protection": False, "skip_final_snapshot": True}
    problems = found("production-safeguards", **risks)
    assert {problem.path[1] for problem in problems} == set(risks)
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    assert not found("production-safeguards", environment="development", **risks)


def test_a_retention_without_insights_has_no_effect() -> None:
    section: dict[str, Any] = {"performance_insights_enabled": False, "performance_insights_retention_period": 31}
    assert severities("insights-retention", **section) == [Severity.WARNING]
    assert not found("insights-retention", performance_insights_retention_period=31)


def test_a_snapshot_of_another_region_is_refused() -> None:
    arn = "arn:aws:rds:eu-west-2:123456789012:snapshot:before-the-move"
    assert found("snapshot-in-region", snapshot_identifier=arn)
    assert not found("snapshot-in-region", region="eu-west-2", snapshot_identifier=arn)
    assert not found("snapshot-in-region", snapshot_identifier="before-the-move")


def test_the_last_snapshot_does_not_meet_the_one_restored_from() -> None:
    arn = "arn:aws:rds:eu-west-1:123456789012:snapshot:cap-production-db-final"
    for snapshot in ("cap-production-db-final", arn):
        assert severities("final-snapshot-name", snapshot_identifier=snapshot) == [Severity.WARNING]
    assert not found("final-snapshot-name", snapshot_identifier="before-the-move")
    assert not found("final-snapshot-name", snapshot_identifier="cap-production-db-final", skip_final_snapshot=True)


def test_the_specs_disks_and_defaults_are_in_the_tables() -> None:
    schema = json.loads((schemas_dir() / "deployment.schema.json").read_text(encoding="utf-8"))
    database = schema["$defs"]["database"]["properties"]
    assert list(limits()["disks"]) == database["storage_type"]["enum"]
    assert database["ca_cert_identifier"]["examples"][0] in limits()["certificate_authorities"]
    family, _, size = database["instance_class"]["default"].rpartition(".")
    assert size in offers()["classes"][family]
    assert all(family in families for families in offers()["regions"].values())


def test_the_tables_are_sorted() -> None:
    tables = offers()
    for minors in tables["versions"].values():
        assert minors == sorted(set(minors))
    for part in (tables["classes"], tables["regions"]):
        assert list(part) == sorted(part)
    for families in tables["regions"].values():
        assert families == sorted(set(families) & set(tables["classes"]))
    for names in limits()["reserved"].values():
        assert names == sorted(set(names))
