"""The emulator by itself, without Terraform: it starts, plants, forgets and ends."""

from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from tests.emulator.emulator import Emulator

REGION = "eu-west-1"
VPC = "vpc-0a1b2c3d4e5f60718"
SUBNETS = ("subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712")
GROUP = "sg-0a1b2c3d4e5f60713"
CERTIFICATE = f"arn:aws:acm:{REGION}:123456789012:certificate/0a1b2c3d-4e5f-4071-8a9b-0c1d2e3f4a5b"

pytestmark = pytest.mark.slow


def test_what_a_root_names_exists_under_its_own_ids(emulator: Emulator, tmp_path: Path) -> None:
    named = f"{VPC} {SUBNETS[1]} {SUBNETS[0]} {GROUP} {CERTIFICATE}"
    (tmp_path / "main.tf.json").write_text(f'{{"locals": {{"ids": "{named}"}}}}', encoding="utf-8")
    emulator.plant_named_in(tmp_path, REGION, hosted_zones={"Z0A1B2C3D4E5F6": "example.com."})
    ec2 = emulator.client("ec2", REGION)
    found = ec2.describe_subnets(SubnetIds=SUBNETS)["Subnets"]
    assert {subnet["VpcId"] for subnet in found} == {VPC}
    assert len({subnet["AvailabilityZone"] for subnet in found}) == 2
    assert ec2.describe_security_groups(GroupIds=[GROUP])["SecurityGroups"][0]["VpcId"] == VPC
    main = [{"Name": "vpc-id", "Values": [VPC]}, {"Name": "association.main", "Values": ["true"]}]
    assert len(ec2.describe_route_tables(Filters=main)["RouteTables"]) == 1
    certificate = emulator.client("acm", REGION).describe_certificate(CertificateArn=CERTIFICATE)
    assert certificate["Certificate"]["Status"] == "ISSUED"
    assert (
        emulator.client("route53", REGION).get_hosted_zone(Id="Z0A1B2C3D4E5F6")["HostedZone"]["Name"] == "example.com."
    )


def test_a_reset_forgets_everything(emulator: Emulator) -> None:
    emulator.plant(REGION, vpc="vpc-0a1b2c3d")
    emulator.reset()
    with pytest.raises(ClientError, match="InvalidVpcID"):
        emulator.client("ec2", REGION).describe_vpcs(VpcIds=["vpc-0a1b2c3d"])


def test_a_request_that_moto_cannot_answer_is_told(emulator: Emulator) -> None:
    assert emulator.unanswered() == []
    with pytest.raises(ClientError):
        emulator.client("logs", REGION).put_query_definition(name="a", queryString="b")
    assert any("put_query_definition" in line for line in emulator.unanswered())
