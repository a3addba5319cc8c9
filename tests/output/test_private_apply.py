"""The example of cap-private, applied by the real Terraform to the emulator: a network that nothing leads out of."""

import pytest

from capgen.render import find_blueprint
from tests.emulator.drift import unexplained
from tests.emulator.emulator import Emulator
from tests.output.deployed import Deployed
from tests.reach.independent import account
from tests.reach.judged import flows_of
from tests.render.test_cap_fullstack import rendered
from tests.terraform.harness import Terraform

NAME = "cap-private"
PARAMETERS = ["DBName=cap", "Environment=development"]
ENDPOINTS = ("ecr.api", "ecr.dkr", "kms", "logs", "s3", "secretsmanager", "ssmmessages")


def spec() -> str:
    """Return the example, in the profile that lets everything be destroyed."""
    blueprint, _ = find_blueprint("cap-private")
    assert blueprint is not None
    return rendered(blueprint, *PARAMETERS)


@pytest.fixture(scope="module")
def applied(terraform: Terraform, emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    return Deployed.create(spec(), tmp_path_factory.mktemp("private"), terraform, emulator).apply_first()


def test_the_subnets_lie_where_the_layout_says(applied: Deployed) -> None:
    ec2 = applied.emulator.client("ec2", applied.region)
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": [NAME]}])["Vpcs"]
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
    assert vpc["CidrBlock"] == "10.20.0.0/16"
    assert {(each["AvailabilityZone"], each["CidrBlock"], each["MapPublicIpOnLaunch"]) for each in subnets} == {
        ("eu-west-1a", "10.20.0.0/20", False),
        ("eu-west-1a", "10.20.16.0/21", False),
        ("eu-west-1b", "10.20.32.0/20", False),
        ("eu-west-1b", "10.20.48.0/21", False),
    }


def test_no_route_leads_out_and_the_default_group_is_closed(applied: Deployed) -> None:
    ec2 = applied.emulator.client("ec2", applied.region)
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": [NAME]}])["Vpcs"]
    of_vpc = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    tables = ec2.describe_route_tables(Filters=of_vpc)["RouteTables"]
    ranges = {route.get("DestinationCidrBlock") for table in tables for route in table["Routes"]}
    assert ranges - {None} == {"10.20.0.0/16"}
    attached = ec2.describe_internet_gateways(Filters=[{"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}])
    assert attached["InternetGateways"] == []
    assert ec2.describe_nat_gateways(Filters=of_vpc)["NatGateways"] == []
    groups = {each["GroupName"]: each for each in ec2.describe_security_groups(Filters=of_vpc)["SecurityGroups"]}
    default = groups["default"]
    assert (default["IpPermissions"], default["IpPermissionsEgress"]) == ([], [])


def test_every_service_that_the_tasks_need_has_an_endpoint(applied: Deployed) -> None:
    ec2 = applied.emulator.client("ec2", applied.region)
    made = ec2.describe_vpc_endpoints()["VpcEndpoints"]
    endpoints = {each["ServiceName"].removeprefix("com.amazonaws.eu-west-1."): each for each in made}
    assert sorted(endpoints) == sorted(ENDPOINTS)
    assert endpoints["s3"]["VpcEndpointType"] == "Gateway"
    assert len(endpoints["s3"]["RouteTableIds"]) == 2
    assert all(each["PrivateDnsEnabled"] for name, each in endpoints.items() if name != "s3")
    assert all(len(each["SubnetIds"]) == 2 for name, each in endpoints.items() if name != "s3")
    assert "aws:PrincipalAccount" in endpoints["secretsmanager"]["PolicyDocument"]


def test_what_is_said_of_who_reaches_whom_is_what_the_accounts_own_rules_say(applied: Deployed) -> None:
    assert flows_of(applied.root) == account(applied.emulator, applied.region, NAME).flows()


def test_flow_logs_go_to_the_encrypted_group(applied: Deployed) -> None:
    (log,) = applied.emulator.client("ec2", applied.region).describe_flow_logs()["FlowLogs"]
    assert log["TrafficType"] == "ALL"
    (group,) = applied.emulator.client("logs", applied.region).describe_log_groups(logGroupNamePrefix=f"/vpc/{NAME}")[
        "logGroups"
    ]
    assert log["LogDestination"].endswith(f":log-group:/vpc/{NAME}")
    assert group["kmsKeyId"].startswith("arn:aws:kms:")


def test_a_second_plan_is_empty_and_another_zone_replaces_nothing(applied: Deployed) -> None:
    plan = applied.root / "second.tfplan"
    applied.terraform.plan(f"-out={plan}").require(0, 2)
    assert unexplained(applied.terraform.show_json(plan)) == []
    first = '          - "eu-west-1a"\n'
    applied.edit(first, first.replace("1a", "1c") + first)
    applied.terraform.plan(f"-out={plan}").require(2)
    changes = applied.terraform.show_json(plan)["resource_changes"]
    destroyed = [each["address"] for each in changes if "delete" in each["change"]["actions"]]
    assert destroyed == []
    added = {each["address"] for each in changes if each["change"]["actions"] == ["create"]}
    assert 'module.network.aws_subnet.private["eu-west-1c"]' in added
    assert 'module.storage.aws_efs_mount_target.this["eu-west-1c"]' in added
