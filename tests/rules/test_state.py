"""Where the state lies is a place that Terraform can reach."""

from typing import Any

import pytest

from capgen.diagnostics import Severity
from tests.rules.finding import Regions, diagnostics

ROLE = {"role_arn": "arn:aws:iam::123456789012:role/state"}
KEY = "arn:aws:kms:eu-west-1:123456789012:key/a"
S3 = {"backend": "s3", "bucket": "acme-state"}


@pytest.mark.parametrize(
    ("state", "paths"),
    [
        ({"backend": "s3"}, ["state.backend"]),
        ({"bucket": "acme-state"}, ["state.bucket"]),
        ({"region": "eu-west-1"}, ["state.region"]),
        ({"kms_key_id": KEY, "assume_role": ROLE}, ["state.kms_key_id", "state.assume_role"]),
        (S3, []),
        ({}, []),
    ],
)
def test_settings_of_the_other_backend_have_no_effect(state: Any, paths: list[str]) -> None:
    found = diagnostics("deployment-state-bucket", {"eu-west-1": {}}, state=state)
    assert [each.path for each in found] == paths


@pytest.mark.parametrize(
    ("region", "state_region", "severity"),
    [
        ("eu-west-1", "us-east-1", []),
        ("eu-west-1", "eu-wset-1", [Severity.ERROR]),
        ("cn-north-1", "cn-northwest-1", []),
        ("cn-north-1", "eu-west-1", [Severity.WARNING]),
        ("eu-west-1", "us-gov-west-1", [Severity.WARNING]),
    ],
)
def test_the_states_region_is_one_of_the_partition(region: str, state_region: str, severity: list[Severity]) -> None:
    found = diagnostics("deployment-state-region", {region: {}}, state={**S3, "region": state_region})
    assert [each.severity for each in found] == severity
    assert all(each.path == "state.region" for each in found)


def test_a_states_region_that_is_not_listed_needs_the_switch() -> None:
    state = {**S3, "region": "ap-central-9"}
    assert diagnostics("deployment-state-region", {"eu-west-1": {}}, state=state)
    allowed = {"eu-west-1": {"allow_unlisted_region": True}}
    for rule in ("deployment-state-region", "deployment-needless-switch"):
        assert not diagnostics(rule, allowed, state=state)


def test_a_bucket_of_states_is_in_one_region() -> None:
    rule = "deployment-state-bucket-region"
    two: Regions = {"eu-west-1": {}, "eu-west-2": {}}
    (found,) = diagnostics(rule, two, state=S3)
    assert found.path == "state.bucket"
    assert not diagnostics(rule, two, state={**S3, "region": "eu-west-1"})
    assert not diagnostics(rule, {"eu-west-1": {}, "eu-west-2": {"state": {"bucket": "acme-other"}}}, state=S3)
    assert not diagnostics(rule, {"eu-west-1": {}, "cn-north-1": {}}, state=S3)
    assert not diagnostics(rule, two)


@pytest.mark.parametrize(
    ("region", "state", "refused"),
    [
        ("eu-west-1", {}, False),
        ("eu-west-2", {}, True),
        ("eu-west-2", {"region": "eu-west-1"}, False),
        ("eu-west-2", {"kms_key_id": "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"}, False),
    ],
)
def test_the_key_is_in_the_buckets_region(region: str, state: Any, refused: bool) -> None:
    found = diagnostics("deployment-state-key", {region: {}}, state={**S3, "kms_key_id": KEY, **state})
    assert bool(found) is refused
