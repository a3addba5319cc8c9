"""What replicates: from the primary's region, by a role that reaches two buckets and their keys and nothing else."""

import json
from typing import Any

import pytest

from capgen.components.replication.construct import construct
from capgen.components.replication.plan import Shape, plan
from capgen.terraform.module import Document
from capgen.topology import ModulePlan
from tests.components.building import build, problems
from tests.components.models import deployment
from tests.recovery.pairs import PRIMARY, STANDBY, region

NO_KEYS = {"encryption": {"customer_managed_key": False}}
ONLY: dict[str, dict[str, Any]] = {
    "all": {},
    "files": {"disaster_recovery": {"snapshot_replication": False}},
    "snapshots": {"disaster_recovery": {"file_replication": False}},
    "snapshots without keys": {**NO_KEYS, "disaster_recovery": {"file_replication": False, "database_replica": False}},
}
SOURCE = "arn:${var.partition}:s3:::${var.source_bucket_name}"
COPIES = "${var.destination_bucket_arn}"


def planned(**overrides: Any) -> ModulePlan:
    found = plan(region(STANDBY, **overrides))
    assert found is not None
    return found


def module(**overrides: Any) -> Document:
    return build(construct, planned(**overrides))


def statements(**overrides: Any) -> dict[str, dict[str, Any]]:
    policy = module(**overrides)["resource"]["aws_iam_role_policy"]["snapshot_replication"]["policy"]
    return {each["Sid"]: each for each in json.loads(policy)["Statement"]}


@pytest.mark.parametrize("overrides", ONLY.values(), ids=ONLY)
def test_plan_module_and_provider_agree(overrides: dict[str, Any]) -> None:
    assert not problems(module(**overrides), planned(**overrides))
    assert planned(**overrides).provider == "primary"


def test_only_a_standby_that_copies_has_the_module() -> None:
    assert planned().shape == Shape(files=True, snapshots=True, customer_managed_key=True)
    assert plan(region(PRIMARY)) is None
    assert plan(deployment()) is None
    assert plan(region(STANDBY, disaster_recovery={"promoted": True})) is None
    nothing = {"file_replication": False, "snapshot_replication": False}
    assert plan(region(STANDBY, disaster_recovery=nothing)) is None


@pytest.mark.parametrize(
    ("only", "types"),
    [
        ("files", {"aws_efs_replication_configuration"}),
        ("snapshots", {"aws_iam_role", "aws_iam_role_policy", "aws_s3_bucket_replication_configuration"}),
    ],
)
def test_there_is_no_more_than_is_asked_for(only: str, types: set[str]) -> None:
    assert set(module(**ONLY[only])["resource"]) == types


def test_files_go_to_the_file_system_of_the_standby() -> None:
    body = module()["resource"]["aws_efs_replication_configuration"]["this"]
    assert body["source_file_system_id"] == "${var.source_file_system_id}"
    assert body["destination"] == [
        {"file_system_id": "${var.destination_file_system_id}", "region": "${var.destination_region}"}
    ]


def test_snapshots_go_to_the_bucket_of_the_standby_under_its_key() -> None:
    body = module()["resource"]["aws_s3_bucket_replication_configuration"]["this"]
    (rule,) = body["rule"]
    assert (body["bucket"], rule["status"]) == ("${var.source_bucket_name}", "Enabled")
    assert rule["destination"] == [
        {"bucket": COPIES, "encryption_configuration": [{"replica_kms_key_id": "${var.destination_kms_key_arn}"}]}
    ]
    assert rule["source_selection_criteria"] == [{"sse_kms_encrypted_objects": [{"status": "Enabled"}]}]
    assert rule["delete_marker_replication"] == [{"status": "Enabled"}]
    without_keys = module(**ONLY["snapshots without keys"])["resource"]
    (plain,) = without_keys["aws_s3_bucket_replication_configuration"]["this"]["rule"]
    assert plain["destination"] == [{"bucket": COPIES}]
    assert "source_selection_criteria" not in plain


def test_the_role_reads_one_bucket_writes_another_and_is_s3s_alone() -> None:
    found = statements()
    reached = {sid: statement["Resource"] for sid, statement in found.items()}
    assert reached == {
        "ReadConfiguration": [SOURCE],
        "ReadVersions": [f"{SOURCE}/*"],
        "WriteCopies": [f"{COPIES}/*"],
        "DecryptSource": ["${var.source_kms_key_arn}"],
        "EncryptCopies": ["${var.destination_kms_key_arn}"],
    }
    assert not [action for statement in found.values() for action in statement["Action"] if "*" in action]
    trust = json.loads(module()["resource"]["aws_iam_role"]["snapshot_replication"]["assume_role_policy"])
    assert [each["Principal"] for each in trust["Statement"]] == [{"Service": "s3.amazonaws.com"}]


@pytest.mark.parametrize(
    ("sid", "action", "region", "bucket"),
    [
        ("DecryptSource", ["kms:Decrypt"], "source_region", SOURCE),
        ("EncryptCopies", ["kms:Encrypt", "kms:GenerateDataKey"], "destination_region", COPIES),
    ],
)
def test_each_key_serves_its_own_bucket_through_s3(sid: str, action: list[str], region: str, bucket: str) -> None:
    statement = statements()[sid]
    assert statement["Action"] == action
    assert statement["Condition"] == {
        "StringEquals": {"kms:ViaService": f"s3.${{var.{region}}}.${{var.dns_suffix}}"},
        "StringLike": {"kms:EncryptionContext:aws:s3:arn": [bucket, f"{bucket}/*"]},
    }
    assert sid not in statements(**ONLY["snapshots without keys"])


def test_the_role_is_bounded_as_every_other() -> None:
    boundary = "arn:aws:iam::123456789012:policy/boundary"
    assert planned(identity={"permissions_boundary": boundary}).inputs["permissions_boundary"] == boundary
    body = module()["resource"]["aws_iam_role"]["snapshot_replication"]
    assert body["permissions_boundary"] == "${var.permissions_boundary}"
