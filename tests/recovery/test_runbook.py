"""The runbook of a pair tells what to do, in which order, with this pair's names."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from capgen.model.names import names_of
from capgen.synth.compiled import CompiledRoot
from tests.recovery.pairs import PRIMARY, STANDBY, region
from tests.recovery.runbooks import NOTHING, SCALED_ELSEWHERE, SPECS, TRAFFIC, commands, pair_part, text

TERRAFORM = re.compile(r"\bterraform (?:-chdir=\.\./(\S+) )?(init|plan|apply|import|state|destroy|output)\b")


def test_a_failover_without_the_primary_asks_nothing_of_it() -> None:
    told = pair_part(text(STANDBY)).partition(f"### Fail over when {PRIMARY} is down")[2].partition("Then bring")[0]
    assert {"rds promote-read-replica", "secretsmanager stop-replication-to-replica",
            "efs delete-replication-configuration"} <= {" ".join(each[1:3]) for each in commands(told)}  # fmt: skip
    for command in commands(told):
        assert command[command.index("--region") + 1] == STANDBY


def test_names_are_those_of_the_deployment() -> None:
    told, names = text(STANDBY), names_of(region(STANDBY))
    for name in (names.database, names.database_secret, names.file_system, names.snapshot_replication_role):
        assert name in pair_part(told)
    assert names.snapshot_replication_role in pair_part(text(PRIMARY))


def handing_over(tmp_path: Path, terraform: str) -> tuple[str, str]:
    """Run the runbook's loop with a `terraform` of one line, and return what it exports and what it complains of."""
    command = tmp_path / "terraform"
    command.write_text(f"#!/bin/sh\n{terraform}\n", encoding="utf-8")
    command.chmod(0o755)
    (loop,) = re.findall(r"```sh\n(for output in .*?)```", text(STANDBY), re.DOTALL)
    ran = subprocess.run(
        ["sh", "-c", f"{loop}\nenv"], capture_output=True, text=True, check=True,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "TF_VAR_primary_database_arn": "of yesterday"},
    )  # fmt: skip
    exported = [line for line in ran.stdout.splitlines() if line.startswith("TF_VAR_")]
    return "\n".join(exported), ran.stderr


def test_the_standby_is_handed_values_and_never_a_message(tmp_path: Path) -> None:
    arn = f"arn:aws:rds:{PRIMARY}:123456789012:db:cap-pair-db"
    asked = f'[ "$*" = "-chdir=../{PRIMARY} output -json database_arn" ] && echo \'"{arn}"\''
    assert handing_over(tmp_path, asked) == (f"TF_VAR_primary_database_arn={arn}", "")
    assert handing_over(tmp_path, "echo 'Output not found' >&2; exit 1") == ("", "Output not found\n")


def test_the_standby_is_told_where_values_come_from() -> None:
    assert f"Only after `{PRIMARY}`, and with values of its outputs" in text(STANDBY)
    assert f"Only after `{PRIMARY}`, whose outputs it takes" in text(STANDBY, NOTHING)
    assert "TF_VAR_primary" not in text(PRIMARY, NOTHING)
    assert "Only after" not in text(PRIMARY, NOTHING)
    state = {"data": {"terraform_remote_state": {"primary": {"config": {"bucket": "state", "key": "a/b"}}}}}
    assert "`s3://state/a/b`" in text(STANDBY, CompiledRoot(region=STANDBY, document=state))


def test_tasks_start_when_database_and_files_can_be_written_and_as_many_as_served() -> None:
    overrides: dict[str, Any] = {"regions": {PRIMARY: {"scaling": {"desired_count": 3}}}}
    for code in (PRIMARY, STANDBY):
        down = pair_part(text(code, **overrides)).partition(f"### Fail over when {PRIMARY} is down")[2]
        steps = ["promote-read-replica", "ReadReplicaSourceDBInstanceIdentifier", "= ENABLED ]", "--desired-count 3"]
        assert sorted(steps, key=down.index) == steps


def test_clients_do_not_come_back_to_a_primary_that_has_fallen_behind() -> None:
    down = pair_part(text(STANDBY, **TRAFFIC)).partition(f"### Fail over when {PRIMARY} is down")[2]
    pin = down.partition("Then bring")[0]
    assert f"[?SetIdentifier=='cap-pair-{PRIMARY}']" in pin
    assert '--health-check-id "$CHECK" --disabled --inverted' in pin
    assert "update-health-check" not in pair_part(text(STANDBY))
    back = down.partition("answers again, stop")[2]
    assert f"aws ecs update-service --region {PRIMARY}" in back
    assert "--desired-count 0" in back


@pytest.mark.parametrize("code", [PRIMARY, STANDBY])
@pytest.mark.parametrize("spec", SPECS)
def test_after_a_build_each_root_is_initialised_before_all_else(spec: str, code: str) -> None:
    """Promotion gives modules other directories, and Terraform refuses what it has not installed."""
    checked = 0
    for section in pair_part(text(code, **SPECS[spec])).split("\n### "):
        for after in re.split(r"\b[Bb]uild\b", section)[1:]:
            done: set[str] = set()
            for root, action in TERRAFORM.findall(after):
                assert action == "init" or root in done, (section.splitlines()[0], root, action)
                done.add(root)
            checked += len(done)
    assert checked


@pytest.mark.parametrize("overrides", [SCALED_ELSEWHERE, {"regions": {STANDBY: SCALED_ELSEWHERE}}])
@pytest.mark.parametrize("code", [PRIMARY, STANDBY])
def test_tasks_that_terraform_leaves_alone_are_started_by_hand(code: str, overrides: dict[str, Any]) -> None:
    def planned_failover(**overrides: Any) -> str:
        return pair_part(text(code, **overrides)).partition("both regions answer")[2].partition("\n### ")[0]

    started = (
        f"aws ecs update-service --region {STANDBY} --cluster cap-pair-cluster --service cap-pair-svc --desired-count 1"
    )
    steps = ["apply promote.tfplan", started, f"-chdir=../{PRIMARY} apply"]
    told = planned_failover(**overrides)
    assert sorted(steps, key=told.index) == steps
    assert started not in planned_failover()


def test_an_upgrade_reaches_the_replica_first_or_makes_it_anew() -> None:
    for code in (PRIMARY, STANDBY):
        minor, _, major = pair_part(text(code)).partition("### Upgrade PostgreSQL")[2].partition("A major version")
        assert minor.index(f"-chdir=../{STANDBY} apply") < minor.index(f"-chdir=../{PRIMARY} apply")
        steps = [
            "delete-db-instance",
            "db-instance-deleted",
            f"-chdir=../{PRIMARY} apply",
            f"-chdir=../{STANDBY} apply",
        ]
        assert sorted(steps, key=major.index) == steps
    for overrides in (SPECS["promoted"], {"disaster_recovery": {"database_replica": False}}):
        assert "Upgrade PostgreSQL" not in text(STANDBY, **overrides)


def test_a_read_replica_leaves_no_last_snapshot() -> None:
    promoted = text(STANDBY, **SPECS["promoted"])
    assert "final snapshot" not in text(STANDBY)
    assert "final snapshot" in promoted
    assert "final snapshot" in text(PRIMARY)


def test_what_is_taken_down_first_is_the_standby() -> None:
    destroyed = pair_part(text(PRIMARY)).partition("### Destroy")[2]
    assert destroyed.index(f"-chdir=../{STANDBY} destroy") < destroyed.index(f"-chdir=../{PRIMARY} destroy")


def test_a_region_alone_reads_nothing_of_a_second() -> None:
    assert "Two regions" not in text(PRIMARY, NOTHING, disaster_recovery=None)
