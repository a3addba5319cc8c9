"""The instance: what it is made of, what keeps its data, and what it is restored from."""

from pathlib import Path
from typing import Any

import pytest

from capgen.components.database.construct import construct
from capgen.components.database.plan import Shape, plan
from capgen.terraform.module import Document
from capgen.topology import Value, outputs
from tests.components.building import build, problems, write_root
from tests.components.models import deployment
from tests.recovery.pairs import PRIMARY, STANDBY, region
from tests.terraform.fixtures import terraform
from tests.terraform.harness import Terraform

__all__ = ["terraform"]

SHAPES: dict[str, dict[str, Any]] = {"protected": {}, "unprotected": {"deletion_protection": False}}


def inputs(**section: Any) -> dict[str, Value]:
    return dict(plan(deployment(database=section)).inputs)


def module(**section: Any) -> Document:
    return build(construct, plan(deployment(database=section)))


def resource(type: str, label: str = "this", **section: Any) -> dict[str, Any]:
    body: dict[str, Any] = module(**section)["resource"][type][label]
    return body


@pytest.mark.parametrize("section", SHAPES.values(), ids=SHAPES)
def test_plan_module_and_provider_agree(section: dict[str, Any]) -> None:
    planned = plan(deployment(database=section))
    assert not problems(build(construct, planned), planned)


def test_the_body_depends_on_protection_alone_unless_it_is_a_replica() -> None:
    assert plan(deployment()).shape == Shape(protected=True, replica=False)
    other = {
        "multi_az": False, "monitoring_interval": 0, "performance_insights_enabled": False, "iops": 12000,
        "allocated_storage": 400, "max_allocated_storage": 0, "enabled_cloudwatch_logs_exports": [],
        "parameters": {"work_mem": "65536"}, "snapshot_identifier": "before-the-move", "engine_version": "16",
    }  # fmt: skip
    assert module(**other) == module()


@pytest.mark.parametrize("protected", [True, False])
def test_terraform_refuses_to_destroy_what_aws_protects(protected: bool) -> None:
    instance = resource("aws_db_instance", deletion_protection=protected)
    assert instance["lifecycle"].get("prevent_destroy", False) is protected


def test_a_snapshot_named_later_replaces_nothing() -> None:
    assert resource("aws_db_instance")["lifecycle"]["ignore_changes"] == ["snapshot_identifier"]


def test_a_restored_instance_keeps_the_names_and_the_key_of_its_snapshot() -> None:
    kept = ("db_name", "username", "storage_kms_key_arn")
    assert [inputs(snapshot_identifier="before-the-move")[name] for name in kept] == [None, None, None]
    assert [inputs()[name] for name in kept] == ["aispark", "capadmin", outputs.KMS_KEY_ARN]


def test_the_jdbc_url_names_the_database_that_is_there() -> None:
    written = module()["output"]
    assert written["jdbc_url"]["value"] == (
        "jdbc:postgresql://${aws_db_instance.this.endpoint}/${aws_db_instance.this.db_name}"
    )
    assert written["endpoint"]["value"] == "${aws_db_instance.this.endpoint}"


def test_the_password_is_written_and_never_kept() -> None:
    document = module()
    password = document["variable"]["password"]
    assert (password["ephemeral"], password["sensitive"]) == (True, True)
    instance = document["resource"]["aws_db_instance"]["this"]
    assert "password" not in instance
    assert (instance["password_wo"], instance["password_wo_version"]) == ("${var.password}", "${var.password_version}")
    assert inputs()["password"] == outputs.DATABASE_PASSWORD


def test_the_disk_is_always_encrypted() -> None:
    assert resource("aws_db_instance")["storage_encrypted"] is True


def test_parameters_hold_tls_and_query_logging_and_what_the_spec_adds() -> None:
    assert inputs()["parameters"] == {
        "log_min_duration_statement": "1000",
        "log_statement": "ddl",
        "rds.force_ssl": "1",
    }
    chosen = inputs(parameters={"log_min_duration_statement": "-1", "work_mem": "65536"})["parameters"]
    assert chosen == {
        "log_min_duration_statement": "-1", "log_statement": "ddl", "rds.force_ssl": "1", "work_mem": "65536",
    }  # fmt: skip


def test_the_module_refuses_parameters_without_tls() -> None:
    (validation,) = module()["variable"]["parameters"]["validation"]
    assert validation["condition"] == '${lookup(var.parameters, "rds.force_ssl", "0") == "1"}'


def test_parameters_are_set_in_the_one_way_that_is_never_planned_again() -> None:
    (parameter,) = resource("aws_db_parameter_group")["dynamic"]["parameter"]
    assert parameter["content"]["apply_method"] == "pending-reboot"


@pytest.mark.parametrize(("version", "family"), [("17.9", "postgres17"), ("16", "postgres16")])
def test_an_upgrade_has_its_parameter_group_beside_the_old_one(version: str, family: str) -> None:
    assert inputs(engine_version=version)["parameter_group_family"] == family
    group = resource("aws_db_parameter_group")
    assert group["name"] == "${var.identifier}-${var.parameter_group_family}"
    assert group["lifecycle"] == {"create_before_destroy": True}


def test_log_groups_are_there_before_the_instance_writes() -> None:
    document = module()
    group = document["resource"]["aws_cloudwatch_log_group"]["export"]
    assert group["name"] == "/aws/rds/instance/${var.identifier}/${each.value}"
    assert (group["kms_key_id"], group["retention_in_days"]) == ("${var.kms_key_arn}", "${var.log_retention_in_days}")
    assert document["resource"]["aws_db_instance"]["this"]["depends_on"] == ["aws_cloudwatch_log_group.export"]


def test_what_is_off_has_no_key_no_role_and_no_retention() -> None:
    off = inputs(performance_insights_enabled=False, monitoring_interval=0)
    names = ("monitoring_role_arn", "performance_insights_kms_key_arn", "performance_insights_retention_period")
    assert [off[name] for name in names] == [None, None, None]
    assert [inputs()[name] for name in names] == [outputs.DATABASE_MONITORING_ROLE_ARN, outputs.KMS_KEY_ARN, 7]


@pytest.mark.slow
def test_terraform_accepts_every_shape(terraform: Terraform, tmp_path: Path) -> None:
    plans = [plan(deployment(database=section)) for section in SHAPES.values()]
    write_root(tmp_path, [(build(construct, planned), planned) for planned in plans])
    command = terraform.at(tmp_path)
    command.init().require()
    command.validate().require()


def test_a_read_replica_has_names_and_password_from_its_source_and_a_disk_that_can_be_enlarged() -> None:
    planned = plan(region(STANDBY))
    document = build(construct, planned)
    assert planned.shape == Shape(protected=True, replica=True)
    assert not problems(document, planned)
    instance = document["resource"]["aws_db_instance"]["this"]
    assert instance["replicate_source_db"] == "${var.replicate_source_db}"
    assert instance["kms_key_id"] == "${var.storage_kms_key_arn}"
    given = {"db_name", "username", "password_wo", "password_wo_version", "snapshot_identifier"}
    assert not given & instance.keys()
    assert instance["allocated_storage"] == "${var.allocated_storage}"


def test_a_read_replica_leaves_no_last_snapshot_which_aws_would_refuse() -> None:
    instance = build(construct, plan(region(STANDBY)))["resource"]["aws_db_instance"]["this"]
    assert instance["skip_final_snapshot"] is True
    assert "final_snapshot_identifier" not in instance
    assert instance["lifecycle"] == {"prevent_destroy": True}


def test_the_source_of_a_replica_is_an_instance_like_any_other() -> None:
    assert plan(region(PRIMARY)).shape == plan(region(PRIMARY, disaster_recovery=None)).shape
