"""What a spec names lies in the partition and the account that use it."""

from typing import Any

import pytest

from tests.rules.finding import Regions, diagnostics

ROLE = "arn:aws:iam::123456789012:role/terraform"
CHINA = "arn:aws-cn:iam::123456789012:role/terraform"
KEY = "arn:aws:kms:cn-north-1:123456789012:key/a"


@pytest.mark.parametrize(
    ("top", "path"),
    [
        ({"assume_role": {"role_arn": ROLE}}, "assume_role.role_arn"),
        ({"state": {"backend": "s3", "assume_role": {"role_arn": ROLE}}}, "state.assume_role.role_arn"),
        ({"identity": {"permissions_boundary": "arn:aws:iam::aws:policy/X"}}, "identity.permissions_boundary"),
        ({"identity": {"deploy_role_principals": [CHINA, ROLE]}}, "identity.deploy_role_principals[1]"),
        ({"encryption": {"kms_key_arn": KEY}}, "encryption.kms_key_arn"),
    ],
)
def test_an_arn_of_another_partition_is_refused(top: Any, path: str) -> None:
    (found,) = diagnostics("deployment-arn-partition", {"cn-north-1": {}}, **top)
    assert found.path == path
    assert found.allowed == "an ARN that begins with arn:aws-cn:"


@pytest.mark.parametrize(
    "top",
    [
        {"assume_role": {"role_arn": CHINA}},
        {"agent": {"image": "example.com/a/b:1", "environment": {"TOPIC": "arn:aws:sns:us-east-1:123456789012:t"}}},
        {"tags": {"made-by": ROLE}},
        {"access": {"egress": [{"cidr": "10.0.0.0/8", "port": 443, "description": ROLE}]}},
        {"access": {"egress": [{"cidr": "10.0.0.0/8", "port": 443, "description": "arn:see wiki"}]}},
        {"assume_role": {"role_arn": CHINA, "external_id": ROLE}},
        {"agent": {"image": "example.com/a/b:1", "health_check": {"command": ["CMD", "probe", ROLE]}}},
        {"state": {"backend": "s3", "region": "eu-west-1", "assume_role": {"role_arn": ROLE}}},
        # The room's own rule asks for a key of this region.
        {"encryption": {"kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/a"}},
    ],
)
def test_other_arns_are_taken(top: Any) -> None:
    assert not diagnostics("deployment-arn-partition", {"cn-north-1": {}}, **top)


def test_a_text_that_is_no_whole_arn_is_left_to_the_rules_of_its_field() -> None:
    database = {"snapshot_identifier": "arn:aws:rds:x"}
    assert not diagnostics("deployment-arn-partition", {"cn-north-1": {}}, database=database)


def test_a_name_of_the_users_that_is_the_name_of_a_free_text_exempts_nothing() -> None:
    secret = "arn:aws:secretsmanager:cn-north-1:123456789012:secret:a"
    agent = {"image": "example.com/a/b:1", "secrets": {"command": {"secret_arn": secret}}}
    (found,) = diagnostics("deployment-arn-partition", {"cn-north-1": {}}, agent=agent)
    assert found.path == "agent.secrets.command.secret_arn"


def test_an_unlisted_region_has_the_partition_of_its_codes() -> None:
    young = {"cn-south-9": {"allow_unlisted_region": True}}
    assert diagnostics("deployment-arn-partition", young, assume_role={"role_arn": ROLE})
    assert not diagnostics("deployment-arn-partition", young, assume_role={"role_arn": CHINA})


@pytest.mark.parametrize(("account", "refused"), [("123456789012", False), ("210987654321", True), (None, False)])
def test_the_role_is_of_the_regions_account(account: str | None, refused: bool) -> None:
    top = {"account_id": account} if account else {}
    found = diagnostics("deployment-role-account", {"eu-west-1": {}}, assume_role={"role_arn": ROLE}, **top)
    assert [each.path for each in found] == ["assume_role.role_arn"] * refused


def test_one_role_for_many_regions_is_refused_once() -> None:
    top = {"account_id": "210987654321", "assume_role": {"role_arn": ROLE}}
    (found,) = diagnostics("deployment-role-account", {"eu-west-1": {}, "eu-west-2": {}, "eu-west-3": {}}, **top)
    assert found.location is not None


def test_an_account_is_of_one_partition() -> None:
    (found,) = diagnostics("deployment-account-partition", {"eu-west-1": {}, "cn-north-1": {}}, account_id="1" * 12)
    assert "cn-north-1 is in partition aws-cn and eu-west-1 in aws:" in found.message
    others: tuple[Regions, ...] = ({"eu-west-2": {}}, {"cn-north-1": {"account_id": "2" * 12}})
    for other in others:
        assert not diagnostics("deployment-account-partition", {"eu-west-1": {}, **other}, account_id="1" * 12)


def test_a_bucket_name_is_free_once_in_each_partition() -> None:
    bucket = {"snapshots": {"bucket": "acme-snapshots"}}
    assert diagnostics("deployment-bucket-per-region", {"eu-west-1": {}, "eu-west-2": {}}, **bucket)
    assert not diagnostics("deployment-bucket-per-region", {"eu-west-1": {}, "cn-north-1": {}}, **bucket)
