"""Every flow is held against the intended ones, in words that a reviewer understands."""

from pathlib import Path

import pytest

from capgen.diagnostics import Location
from capgen.evaluate import Flattened
from capgen.findings import Finding, FindingSeverity
from capgen.reach import differences, reachability
from capgen.topology import IntendedFlow
from tests.output.variants import VARIANTS, compiled_variant, variant_spec
from tests.reach.judged import found_in, models, nowhere, told
from tests.reach.small import IN, OUT, balancer, database, group, groups, region_of, rule, service

WORLD = "0.0.0.0/0"
WEB = IntendedFlow(source=WORLD, destination="load_balancer", port=80, spec="access.web_cidrs")
SQL = IntendedFlow(source="task", destination="database", port=5432, spec="database.port")
MANAGEMENT = IntendedFlow(source="10.0.0.0/24", destination="task", port=20001, spec="access.management_cidrs")


def differing(region: Flattened, *intended: IntendedFlow) -> list[Finding]:
    return differences(reachability(region), intended, region, nowhere)


def test_what_is_intended_and_exists_is_not_told(tmp_path: Path) -> None:
    region = region_of(tmp_path, groups("alb"), balancer(), {IN: {"a": rule("alb", 80, cidr_ipv4=WORLD)}})
    assert differing(region, WEB) == []


def test_a_finding_says_who_reaches_what_and_where_the_spec_decides(tmp_path: Path) -> None:
    region = region_of(tmp_path, groups("db"), database(), {IN: {"a": rule("db", 5432, cidr_ipv4=WORLD)}})
    spec = Location("spec.yaml", 7, 3)
    (finding,) = differences(reachability(region), (), region, lambda path: spec if path.startswith("access") else None)
    assert finding.check == "CAPGEN_40"
    assert finding.severity is FindingSeverity.CRITICAL
    assert finding.message == (
        f"every address with a route ({WORLD}) can reach the database on tcp 5432, which the spec does not intend"
    )
    assert (finding.address, finding.file, finding.line) == (f"{IN}.a", "eu-west-1/main.tf.json", 1)
    assert (finding.spec_path, finding.spec) == ("access.database_cidrs", spec)
    assert finding.fix == "Remove what opens it, or ask for the flow in access.database_cidrs."
    assert finding.why
    assert finding.link


@pytest.mark.parametrize(
    ("of", "peer", "severity"),
    [
        ("alb", WORLD, FindingSeverity.CRITICAL),
        ("alb", "8.8.8.0/24", FindingSeverity.HIGH),
        ("task", WORLD, FindingSeverity.HIGH),
        ("db", "10.0.0.0/8", FindingSeverity.CRITICAL),
    ],
)
def test_it_is_worst_when_the_world_gets_in_or_data_is_reached(
    tmp_path: Path, of: str, peer: str, severity: FindingSeverity
) -> None:
    parts = (groups("alb", "task", "db"), balancer(), service("task"), database())
    region = region_of(tmp_path, *parts, {IN: {"a": rule(of, 9, cidr_ipv4=peer)}})
    (finding,) = differing(region)
    assert finding.severity is severity


def test_a_narrower_range_is_one_flow_too_many_and_one_too_few(tmp_path: Path) -> None:
    rules = {IN: {"a": rule("task", 20001, cidr_ipv4="10.0.0.0/25")}}
    region = region_of(tmp_path, groups("task"), service("task", 20001), rules)
    assert told(differing(region, MANAGEMENT)) == {("CAPGEN_40", f"{IN}.a"), ("CAPGEN_41", f"{IN}.a")}


def test_a_wider_range_is_one_flow_too_many_and_none_too_few(tmp_path: Path) -> None:
    rules = {IN: {"a": rule("task", 20001, cidr_ipv4="10.0.0.0/23")}}
    region = region_of(tmp_path, groups("task"), service("task", 20001), rules)
    assert told(differing(region, MANAGEMENT)) == {("CAPGEN_40", f"{IN}.a")}


def test_of_two_rules_the_one_that_serves_no_intended_flow_is_named(tmp_path: Path) -> None:
    rules = {
        OUT: {"all": rule("task", None, "-1", referenced_security_group_id=group("db"))},
        IN: {
            "sql": rule("db", 5432, referenced_security_group_id=group("task")),
            "ssh": rule("db", 22, referenced_security_group_id=group("task")),
        },
    }
    region = region_of(tmp_path, groups("task", "db"), service("task"), database(), rules)
    (finding,) = differing(region, SQL)
    assert (finding.check, finding.address) == ("CAPGEN_40", f"{IN}.ssh")
    assert finding.message.startswith("the tasks can reach the database on tcp 22 (nothing answers there)")


def test_a_missing_flow_is_told_at_the_group_that_lacks_the_rule(tmp_path: Path) -> None:
    rules = {OUT: {"sql": rule("task", 5432, referenced_security_group_id=group("db"))}}
    region = region_of(tmp_path, groups("task", "db"), service("task"), database(), rules)
    (finding,) = differing(region, SQL)
    assert (finding.check, finding.address) == ("CAPGEN_41", "aws_security_group.db")
    assert finding.message == (
        "the tasks cannot reach the database on tcp 5432, which the spec intends: no rule lets it through at both ends"
    )
    assert finding.fix == "Compile the spec again, or take the flow out of database.port."


def test_a_flow_towards_something_that_does_not_exist_is_missing(tmp_path: Path) -> None:
    region = region_of(tmp_path, groups("task"), service("task"))
    (finding,) = differing(region, SQL)
    assert (finding.check, finding.address) == ("CAPGEN_41", "aws_security_group.task")


def test_an_empty_region_lacks_every_flow(tmp_path: Path) -> None:
    region = region_of(tmp_path, groups())
    assert [finding.check for finding in differing(region, SQL, WEB)] == ["CAPGEN_41", "CAPGEN_41"]


def test_public_addresses_are_told_only_where_somebody_says_what_is_meant(tmp_path: Path) -> None:
    region = region_of(tmp_path, groups("db"), database(publicly_accessible=True))
    assert differences(reachability(region), (), region, nowhere) == []
    assert differences(reachability(region), (), region, nowhere, ("database",)) == []
    (finding,) = differences(reachability(region), (), region, nowhere, ())
    assert (finding.check, finding.address) == ("CAPGEN_40", "aws_db_instance.this")
    assert finding.severity is FindingSeverity.CRITICAL


@pytest.mark.slow
@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_what_a_spec_compiles_to_is_what_it_intends(variant: str, tmp_path: Path) -> None:
    for path, content in compiled_variant(variant).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for region, model in models(variant_spec(variant)).items():
        assert found_in(tmp_path / region, model) == []
