"""The snapshot bucket: closed, versioned, encrypted; and the helper script on its way into it."""

import base64
import hashlib
import io
import itertools
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from capgen.components.snapshots.construct import construct
from capgen.components.snapshots.files import files
from capgen.components.snapshots.plan import Shape, plan
from capgen.terraform.module import Document
from capgen.topology import outputs, root
from tests.components.building import blocks, build, problems, write_root
from tests.components.models import deployment
from tests.terraform.fixtures import terraform
from tests.terraform.harness import Terraform

__all__ = ["terraform"]

SHAPES: list[dict[str, Any]] = [
    {"snapshots": {"publisher": publisher, **bucket}, "encryption": {"customer_managed_key": key}}
    for publisher, bucket, key in itertools.product(
        ("lambda", "object"), ({}, {"bucket": "acme-snapshots"}), (True, False)
    )
]
PUBLISHERS = ("lambda", "object")


def module(**sections: Any) -> Document:
    return build(construct, plan(deployment(**sections)))


def resource(document: Document, type: str, label: str = "this") -> dict[str, Any]:
    body: dict[str, Any] = document["resource"][type][label]
    return body


def shape(publisher: Any) -> Shape:
    return Shape(bucket_named=False, customer_managed_key=True, publisher=publisher)


@pytest.mark.parametrize("sections", SHAPES)
def test_plan_module_and_provider_agree(sections: dict[str, Any]) -> None:
    planned = plan(deployment(**sections))
    assert not problems(build(construct, planned), planned)


def test_the_body_depends_on_the_shape_alone() -> None:
    snapshots = {
        "gold_master_key": "gold/a.tar.gz", "prefix": "gold/", "task_capture": True, "force_destroy": True,
        "helper_script_key": "scripts/other.sh", "noncurrent_version_expiration_days": 7,
    }  # fmt: skip
    assert module(name="other", snapshots=snapshots, logs={"retention_in_days": 30}) == module()


def test_a_bucket_without_a_name_gets_one_that_is_its_accounts_and_regions() -> None:
    inputs = plan(deployment()).inputs
    assert (inputs["bucket_prefix"], inputs["name"], inputs["region"]) == (
        "cap-production-snapshots-", "cap-production", "eu-west-1",
    )  # fmt: skip
    assert inputs["account_id"] == root.ACCOUNT_ID
    document = module()
    assert document["locals"]["bucket_name"] == (
        '${var.bucket_prefix}${substr(sha256("${var.account_id}/${var.region}/${var.name}"), 0, 8)}'
    )
    assert resource(document, "aws_s3_bucket")["bucket"] == "${local.bucket_name}"


def test_a_bucket_with_a_name_keeps_it() -> None:
    planned = plan(deployment(snapshots={"bucket": "acme-snapshots"}))
    assert planned.inputs["bucket_name"] == "acme-snapshots"
    assert resource(build(construct, planned), "aws_s3_bucket")["bucket"] == "${var.bucket_name}"


def test_no_request_without_tls_and_no_public_access() -> None:
    document = module()
    (statement,) = json.loads(resource(document, "aws_s3_bucket_policy")["policy"])["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Action"] == ["s3:*"]
    assert statement["Resource"] == ["${aws_s3_bucket.this.arn}", "${aws_s3_bucket.this.arn}/*"]
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    block = resource(document, "aws_s3_bucket_public_access_block")
    assert {value for name, value in block.items() if name != "bucket"} == {True}
    ownership = resource(document, "aws_s3_bucket_ownership_controls")
    assert ownership["rule"] == [{"object_ownership": "BucketOwnerEnforced"}]


@pytest.mark.parametrize(
    ("customer_managed", "default"),
    [
        (True, {"sse_algorithm": "aws:kms", "kms_master_key_id": "${var.kms_key_arn}"}),
        (False, {"sse_algorithm": "AES256"}),
    ],
)
def test_snapshots_are_encrypted(customer_managed: bool, default: dict[str, str]) -> None:
    document = module(encryption={"customer_managed_key": customer_managed})
    (rule,) = resource(document, "aws_s3_bucket_server_side_encryption_configuration")["rule"]
    assert rule["apply_server_side_encryption_by_default"] == [default]
    assert rule["bucket_key_enabled"] is customer_managed
    assert ("kms_key_arn" in document["variable"]) is customer_managed


def test_old_versions_go_and_current_ones_stay() -> None:
    document = module()
    assert resource(document, "aws_s3_bucket_versioning")["versioning_configuration"] == [{"status": "Enabled"}]
    (rule,) = resource(document, "aws_s3_bucket_lifecycle_configuration")["rule"]
    assert rule["noncurrent_version_expiration"] == [{"noncurrent_days": "${var.noncurrent_version_expiration_days}"}]
    assert rule["abort_incomplete_multipart_upload"] == [{"days_after_initiation": 7}]
    assert not {"expiration", "transition"} & set(rule)


def test_access_is_logged_where_the_log_bucket_admits_it() -> None:
    assert plan(deployment()).inputs["access_log_bucket"] == outputs.ACCESS_LOG_BUCKET
    assert resource(module(), "aws_s3_bucket_logging")["target_prefix"] == "snapshots/"


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_nothing_is_put_into_the_bucket_before_it_is_closed_and_encrypted(publisher: str) -> None:
    document = module(snapshots={"publisher": publisher})
    ready = {f"{type}.this" for type in (
        "aws_s3_bucket_policy", "aws_s3_bucket_public_access_block", "aws_s3_bucket_ownership_controls",
        "aws_s3_bucket_versioning", "aws_s3_bucket_server_side_encryption_configuration",
    )}  # fmt: skip
    type, label = {"lambda": ("aws_lambda_invocation", "publisher"), "object": ("aws_s3_object", "helper_script")}[
        publisher
    ]
    assert set(resource(document, type, label)["depends_on"]) == ready
    for name in ("bucket_name", "bucket_arn"):
        assert set(document["output"][name]["depends_on"]) == ready


def test_the_function_is_invoked_again_when_script_or_function_change() -> None:
    document = module()
    invocation = resource(document, "aws_lambda_invocation", "publisher")
    assert invocation["triggers"] == {"function": "${aws_lambda_function.publisher.source_code_hash}"}
    event = json.loads(
        re.sub(r"\$\{jsonencode\((.*?)\)\}(?=[,}])", lambda match: json.dumps(match[1]), invocation["input"])
    )
    assert event == {
        "bucket": "aws_s3_bucket.this.id",
        "key": "var.helper_script_key",
        "sha256": 'filesha256("${path.module}/scripts/cap-snapshot.sh")',
    }


def test_the_function_logs_to_a_group_of_its_own() -> None:
    document = module()
    group = resource(document, "aws_cloudwatch_log_group", "publisher")
    assert group == {
        "name": "/aws/lambda/${var.function_name}",
        "retention_in_days": "${var.log_retention_in_days}",
        "kms_key_id": "${var.kms_key_arn}",
    }
    function = resource(document, "aws_lambda_function", "publisher")
    assert function["logging_config"][0]["log_group"] == "${aws_cloudwatch_log_group.publisher.name}"
    assert document["output"]["script_log_group_arn"]["value"] == "${aws_cloudwatch_log_group.publisher.arn}"


def test_the_functions_log_group_waits_for_nothing_that_its_role_waits_for() -> None:
    """The role's policy names bucket and log group, and the function has the role: neither may need the function."""
    document = module()
    for type, label, body in blocks(document, "resource"):
        if type.startswith("aws_s3_bucket") or type == "aws_cloudwatch_log_group":
            assert "lambda_function" not in json.dumps(body), (type, label)
            assert "var.role_arn" not in json.dumps(body), (type, label)


def test_terraform_writes_the_script_itself_where_no_function_is_wanted() -> None:
    document = module(snapshots={"publisher": "object"})
    assert not [type for type in document["resource"] if type.startswith(("aws_lambda_", "aws_cloudwatch_"))]
    script = resource(document, "aws_s3_object", "helper_script")
    assert script["source"] == "${path.module}/scripts/cap-snapshot.sh"
    assert script["source_hash"] == '${filesha256("${path.module}/scripts/cap-snapshot.sh")}'
    assert script["kms_key_id"] == "${var.kms_key_arn}"
    assert script["override_provider"] == [{"default_tags": [{"tags": {}}]}]
    assert "etag" not in script
    assert document["output"]["script_log_group_arn"]["value"] == "${null}"


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_every_file_that_the_module_reads_is_beside_it(publisher: str) -> None:
    document = module(snapshots={"publisher": publisher})
    read = set(re.findall(r"\$\{path\.module\}/([\w./-]+)", json.dumps(document["resource"])))
    assert read <= set(files(shape(publisher)))
    assert read


def test_the_files_are_the_same_each_time() -> None:
    assert files(shape("lambda")) == files(shape("lambda"))
    assert list(files(shape("object"))) == ["scripts/cap-snapshot.sh"]


def test_the_archive_holds_the_function_and_the_script_and_no_time() -> None:
    written = files(shape("lambda"))
    with zipfile.ZipFile(io.BytesIO(written["lambda/publish.zip"])) as archive:
        assert archive.testzip() is None
        assert archive.read("publish.py") == written["lambda/publish.py"]
        assert archive.read("cap-snapshot.sh") == written["scripts/cap-snapshot.sh"]
        for entry in archive.infolist():
            assert (entry.date_time, entry.compress_type) == ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)


def test_the_archives_bytes_are_pinned_to_its_members() -> None:
    """Two machines must write the same bytes: what could differ is computed here from the format alone."""
    written = files(shape("lambda"))
    members = {"cap-snapshot.sh": written["scripts/cap-snapshot.sh"], "publish.py": written["lambda/publish.py"]}
    with zipfile.ZipFile(io.BytesIO(written["lambda/publish.zip"])) as archive:
        headers = [(entry.filename, entry.create_system, entry.external_attr, entry.extra, entry.flag_bits)
                   for entry in archive.infolist()]  # fmt: skip
    assert headers == [(name, 3, 0o100644 << 16, b"", 0) for name in sorted(members)]


@pytest.mark.slow
def test_terraform_accepts_every_shape(terraform: Terraform, tmp_path: Path) -> None:
    plans = [plan(deployment(**sections)) for sections in SHAPES]
    write_root(tmp_path, [(build(construct, planned), planned) for planned in plans])
    for number, planned in enumerate(plans):
        assert isinstance(planned.shape, Shape)
        for name, content in files(planned.shape).items():
            path = tmp_path / "modules" / f"snapshots_{number}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    command = terraform.at(tmp_path)
    command.init().require()
    command.validate().require()


@pytest.mark.slow
def test_terraform_hashes_the_files_as_lambda_and_the_function_do(terraform: Terraform, tmp_path: Path) -> None:
    written = files(shape("lambda"))
    for name, content in written.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    hashes = {
        "script": '${filesha256("${path.module}/scripts/cap-snapshot.sh")}',
        "archive": '${filebase64sha256("${path.module}/lambda/publish.zip")}',
    }
    document = {"output": {name: {"value": value} for name, value in hashes.items()}}
    (tmp_path / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")
    command = terraform.at(tmp_path)
    command.init().require()
    command.apply().require()
    assert command.output() == {
        "script": hashlib.sha256(written["scripts/cap-snapshot.sh"]).hexdigest(),
        "archive": base64.b64encode(hashlib.sha256(written["lambda/publish.zip"]).digest()).decode(),
    }
