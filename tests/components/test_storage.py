"""The file system: encrypted, closed but for one entrance, protected like the database, and its rules."""

import json
from pathlib import Path
from typing import Any

import pytest

from capgen.components.storage.construct import construct
from capgen.components.storage.plan import Shape, plan
from capgen.components.storage.rules import RULES
from capgen.diagnostics import Severity
from capgen.model.rule import Problem
from capgen.terraform.module import Document
from tests.components.building import build, problems, write_root
from tests.components.models import deployment
from tests.recovery.pairs import PRIMARY, STANDBY, region
from tests.terraform.fixtures import terraform
from tests.terraform.harness import Terraform

__all__ = ["terraform"]

SHAPES: dict[str, dict[str, Any]] = {"protected": {}, "unprotected": {"storage": {"deletion_protection": False}}}


def module(**sections: Any) -> Document:
    return build(construct, plan(deployment(**sections)))


def resource(document: Document, type: str) -> dict[str, Any]:
    body: dict[str, Any] = document["resource"][type]["this"]
    return body


def found(rule: str, **section: Any) -> list[Problem]:
    check = next(each.check for each in RULES if each.id == f"storage-{rule}")
    return list(check(deployment(storage=section)))


@pytest.mark.parametrize("sections", SHAPES.values(), ids=SHAPES)
def test_plan_module_and_provider_agree(sections: dict[str, Any]) -> None:
    planned = plan(deployment(**sections))
    assert not problems(build(construct, planned), planned)


def test_the_body_depends_on_protection_alone() -> None:
    assert plan(deployment()).shape == Shape(protected=True, by_zone=False, overwritten=False)
    other = {"backup": False, "throughput_mode": "bursting", "access_point": {"uid": 33, "gid": 33}}
    assert module(storage=other, encryption={"customer_managed_key": False}) == module()


@pytest.mark.parametrize("protected", [True, False])
def test_terraform_refuses_to_destroy_what_is_protected(protected: bool) -> None:
    document = module(storage={"deletion_protection": protected})
    assert resource(document, "aws_efs_file_system")["lifecycle"].get("prevent_destroy", False) is protected


def test_files_are_encrypted_and_come_back_from_infrequent_access() -> None:
    files = resource(module(), "aws_efs_file_system")
    assert (files["encrypted"], files["kms_key_id"]) == (True, "${var.kms_key_arn}")
    assert files["lifecycle_policy"] == [
        {"transition_to_ia": "${var.transition_to_ia}"},
        {"transition_to_primary_storage_class": "AFTER_1_ACCESS"},
    ]


@pytest.mark.parametrize(("backup", "status"), [(True, "ENABLED"), (False, "DISABLED")])
def test_backups_follow_the_spec(backup: bool, status: str) -> None:
    assert plan(deployment(storage={"backup": backup})).inputs["backup_status"] == status


def test_a_second_subnet_in_a_zone_is_refused_before_anything_is_made() -> None:
    (condition,) = resource(module(), "aws_efs_file_system")["lifecycle"]["precondition"]
    assert "availability_zone_id" in condition["condition"]
    assert "one mount target per zone" in condition["error_message"]


def test_no_one_gets_in_but_over_tls_through_the_access_point_and_never_as_root() -> None:
    document = json.loads(resource(module(), "aws_efs_file_system_policy")["policy"])
    client = [f"elasticfilesystem:Client{action}" for action in ("Mount", "Write", "RootAccess")]
    arn = "${aws_efs_file_system.this.arn}"
    everyone = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Resource": [arn]}
    entrance = {"elasticfilesystem:AccessPointArn": "${aws_efs_access_point.this.arn}"}
    assert document["Statement"] == [
        {"Sid": "TlsOnly", **everyone, "Action": client, "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Sid": "AccessPointOnly", **everyone, "Action": client, "Condition": {"StringNotEquals": entrance}},
        {
            "Sid": "NeverRoot",
            **everyone,
            "Action": ["elasticfilesystem:ClientRootAccess"],
            "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}},
        },
    ]


def test_tasks_wait_until_the_file_system_can_be_mounted_and_is_closed() -> None:
    assert module()["output"]["file_system_id"]["depends_on"] == [
        "aws_efs_mount_target.this",
        "aws_efs_file_system_policy.this",
    ]


def test_a_new_access_point_is_there_before_the_old_one_goes() -> None:
    entrance = resource(module(), "aws_efs_access_point")
    assert entrance["lifecycle"] == {"create_before_destroy": True}
    assert entrance["posix_user"] == [{"uid": "${var.uid}", "gid": "${var.gid}"}]
    assert entrance["root_directory"][0]["creation_info"] == [
        {"owner_uid": "${var.uid}", "owner_gid": "${var.gid}", "permissions": "${var.directory_permissions}"}
    ]


@pytest.mark.parametrize(
    ("performance", "throughput", "refused"),
    [
        ("generalPurpose", "elastic", False),
        ("generalPurpose", "bursting", False),
        ("maxIO", "bursting", False),
        ("maxIO", "elastic", True),
    ],
)
def test_max_io_does_not_go_with_elastic(performance: str, throughput: str, refused: bool) -> None:
    assert bool(found("modes-fit", performance_mode=performance, throughput_mode=throughput)) is refused


@pytest.mark.parametrize(
    ("path", "refused"), [("/agent", False), ("/a/b.c", False), ("/.agent", True), ("/a/..", True)]
)
def test_a_directory_is_one_that_efs_takes(path: str, refused: bool) -> None:
    assert bool(found("directory", access_point={"path": path})) is refused


@pytest.mark.parametrize(("mode", "warned"), [("0750", False), ("777", False), ("0550", True), ("640", True)])
def test_the_tasks_can_write(mode: str, warned: bool) -> None:
    problems = found("owner-can-write", access_point={"permissions": mode})
    assert [problem.severity for problem in problems] == [Severity.WARNING] * warned


@pytest.mark.parametrize(
    ("path", "refused"), [("/opt/cap/files", False), ("/tmp", False), ("/etc", True), ("/opt/../etc", True)]
)
def test_a_mount_hides_nothing(path: str, refused: bool) -> None:
    assert bool(found("mount-path", mount_path=path)) is refused


def test_the_defaults_break_no_rule() -> None:
    assert not [problem for rule in RULES for problem in rule.check(deployment())]


@pytest.mark.slow
def test_terraform_accepts_every_shape(terraform: Terraform, tmp_path: Path) -> None:
    plans = [plan(deployment(**sections)) for sections in SHAPES.values()]
    write_root(tmp_path, [(build(construct, planned), planned) for planned in plans])
    command = terraform.at(tmp_path)
    command.init().require()
    command.validate().require()


def test_only_a_standbys_file_system_may_be_overwritten_and_efs_has_the_last_word() -> None:
    planned = plan(region(STANDBY))
    files = resource(build(construct, planned), "aws_efs_file_system")
    assert planned.shape.overwritten  # type: ignore[attr-defined]  # its own Shape
    assert files["protection"] == [{"replication_overwrite": "DISABLED"}]
    assert files["lifecycle"]["ignore_changes"] == ["protection"]
    for other in (region(PRIMARY), region(STANDBY, disaster_recovery={"promoted": True}), deployment()):
        files = resource(build(construct, plan(other)), "aws_efs_file_system")
        assert "protection" not in files
        assert "ignore_changes" not in files["lifecycle"]
