"""The log group, and a bucket that accepts log deliveries and nothing else."""

import json

from capgen.components.logs.construct import construct
from capgen.components.logs.plan import plan
from tests.components.building import build, problems
from tests.components.models import deployment


def test_the_provider_knows_every_argument() -> None:
    planned = plan(deployment())
    assert problems(build(construct, planned), planned) == []


def test_the_bucket_is_private_versioned_and_encrypted_with_s3s_own_keys() -> None:
    resources = build(construct, plan(deployment()))["resource"]
    access = resources["aws_s3_bucket_public_access_block"]["access_logs"]
    assert all(value is True for key, value in access.items() if key != "bucket")
    (rule,) = resources["aws_s3_bucket_server_side_encryption_configuration"]["access_logs"]["rule"]
    assert rule["apply_server_side_encryption_by_default"] == [{"sse_algorithm": "AES256"}]
    versioning = resources["aws_s3_bucket_versioning"]["access_logs"]["versioning_configuration"]
    assert versioning == [{"status": "Enabled"}]


def test_only_log_deliveries_may_write_each_under_its_prefix() -> None:
    document = build(construct, plan(deployment()))
    statements = json.loads(document["resource"]["aws_s3_bucket_policy"]["access_logs"]["policy"])["Statement"]
    allowed = {
        statement["Principal"]["Service"]: statement["Resource"]
        for statement in statements
        if statement["Effect"] == "Allow"
    }
    bucket = "${aws_s3_bucket.access_logs.arn}"
    assert allowed == {
        "logdelivery.elasticloadbalancing.amazonaws.com": [f"{bucket}/load-balancer/AWSLogs/${{var.account_id}}/*"],
        "logging.s3.amazonaws.com": [f"{bucket}/snapshots/*"],
    }
    (denied,) = (statement for statement in statements if statement["Effect"] == "Deny")
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_bucket_is_handed_out_only_once_it_accepts_deliveries() -> None:
    output = build(construct, plan(deployment()))["output"]["access_log_bucket"]
    assert output["depends_on"] == ["aws_s3_bucket_policy.access_logs"]
