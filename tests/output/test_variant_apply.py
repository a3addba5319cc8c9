"""A deployment that shares no choice with the example, applied by the real Terraform to the emulator."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from capgen.gate.flatten import flatten_plan
from capgen.gate.plan import plan_of
from capgen.scan import scan
from tests.emulator.drift import unexplained
from tests.emulator.emulator import Emulator
from tests.output.deployed import Deployed
from tests.output.example import example_spec
from tests.output.variants import CERTIFICATE, CONSOLE, DNS, SECRET, Patch, patched
from tests.reach.independent import account
from tests.reach.judged import flows_of
from tests.terraform.harness import Terraform

NAME = "cap-development"
PASSWORD = "Of-the-operator:17%{x}${y}"
LITERAL = '${file("/etc/hostname")} %{ if true }x%{ endif } "\\'
OWNER = "Büro 4/2 @platform: a=b+c"
PATCH: Patch = {
    "name": NAME,
    "environment": "development",
    "account_id": "123456789012",
    "regions": {
        "eu-west-1": {
            "network": {
                "assign_public_ip": False,
                "nat_gateway": True,
                "load_balancer_subnet_ids": ["subnet-0b1b2c3d4e5f60718", "subnet-0b1e2d3c4b5a69788"],
                "database_subnet_ids": ["subnet-0c1b2c3d4e5f60718", "subnet-0c1e2d3c4b5a69788"],
            }
        }
    },
    "agent": {
        "image": "registry.example.com:5000/team/cap-agent:1.0.0",
        "cpu": 2048,
        "memory": 8192,
        "ephemeral_storage": 40,
        "environment": {"LITERAL": LITERAL},
        "secrets": {"CAP_LICENCE": {"secret_arn": f"{SECRET}licence-AbCdEf"}},
        "health_check": {"command": ["CMD-SHELL", "curl -f localhost:8080"]},
        "readonly_root_filesystem": True,
        "execute_command": False,
    },
    "access": {
        "database_cidrs": ["10.0.9.0/24"],
        "egress": [{"cidr": "0.0.0.0/0", "port": port, "description": "Registry ${x} and AWS"} for port in (443, 5000)],
    },
    "load_balancer": {
        "certificate_arn": CERTIFICATE,
        "access_logs": False,
        "stickiness": {"enabled": True, "cookie_duration": 7200},
    },
    "dns": {
        **DNS,
        "routing": "weighted",
        "weight": 10,
        "health_check": {"path": "/health", "request_interval": 10, "failure_threshold": 2},
    },
    "database": {
        "db_name": "cap",
        "username": "operator",
        "password": {"source": "variable"},
        "monitoring_interval": 0,
        "performance_insights_enabled": False,
        "parameters": {"log_statement": "none"},
    },
    "storage": {"backup": False, "throughput_mode": "bursting"},
    "snapshots": {
        "bucket": "cap-development-gold",
        "prefix": "gold/",
        "gold_master_key": "gold/agent.zip",
        "task_capture": True,
        "publisher": "object",
        "force_destroy": True,
    },
    "identity": {"deploy_user": "role", "deploy_role_principals": [CONSOLE]},
    "deployment": {"desired_count_owner": "external", "task_definition_owner": "external"},
    "encryption": {"customer_managed_key": False},
    "tags": {"owner": OWNER},
}


@pytest.fixture(scope="module")
def deployed(terraform: Terraform, emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    spec = patched(example_spec(), PATCH)
    folder = tmp_path_factory.mktemp("variant")
    emulator.plant("eu-west-1", hosted_zones={DNS["zone_id"]: "example.com."})
    return Deployed.create(spec, folder, terraform, emulator, TF_VAR_database_password=PASSWORD)


@pytest.fixture(scope="module")
def applied(deployed: Deployed) -> Deployed:
    return deployed.apply_first()


@pytest.fixture(scope="module")
def outputs(applied: Deployed) -> dict[str, Any]:
    return applied.terraform.output()


def test_the_outputs_are_those_of_this_deployment(applied: Deployed, outputs: dict[str, Any]) -> None:
    balancers = applied.emulator.client("elbv2", applied.region).describe_load_balancers(Names=[f"{NAME}-alb"])
    dns_name = balancers["LoadBalancers"][0]["DNSName"]
    database = applied.emulator.client("rds", applied.region).describe_db_instances(DBInstanceIdentifier=f"{NAME}-db")
    host = database["DBInstances"][0]["Endpoint"]["Address"]
    role = applied.emulator.client("iam", applied.region).get_role(RoleName=f"{NAME}-{applied.region}-deploy")["Role"]
    command = outputs.pop("deploy_user_credentials_command")
    assert command.startswith("aws sts assume-role ")
    assert role["Arn"] in command
    assert outputs == {
        "agent_web_url": "https://app.example.com",
        "agent_management_endpoint": dns_name,
        "rds_endpoint": f"{host}:5432",
        "rds_jdbc_url": f"jdbc:postgresql://{host}:5432/cap",
        "ecs_cluster_name": f"{NAME}-cluster",
        "ecs_service_name": f"{NAME}-svc",
        "snapshot_bucket_name": "cap-development-gold",
        "log_group_name": f"/ecs/{NAME}",
        "deploy_user_credentials_arn": role["Arn"],
    }


def test_http_redirects_to_https_and_a_client_stays_with_its_task(applied: Deployed) -> None:
    elb = applied.emulator.client("elbv2", applied.region)
    (balancer,) = elb.describe_load_balancers(Names=[f"{NAME}-alb"])["LoadBalancers"]
    found = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    listeners = {listener["Port"]: listener for listener in found}
    (redirect,) = listeners[80]["DefaultActions"]
    assert (redirect["RedirectConfig"]["Protocol"], redirect["RedirectConfig"]["Port"]) == ("HTTPS", "443")
    assert listeners[443]["Protocol"] == "HTTPS"
    assert [certificate["CertificateArn"] for certificate in listeners[443]["Certificates"]] == [CERTIFICATE]
    (forward,) = listeners[443]["DefaultActions"]
    shown = elb.describe_target_group_attributes(TargetGroupArn=forward["TargetGroupArn"])["Attributes"]
    attributes = {attribute["Key"]: attribute["Value"] for attribute in shown}
    assert attributes["stickiness.enabled"] == "true"
    assert attributes["stickiness.lb_cookie.duration_seconds"] == "7200"


def test_the_name_leads_to_the_load_balancer_while_that_is_healthy(applied: Deployed) -> None:
    (balancer,) = applied.emulator.client("elbv2", applied.region).describe_load_balancers()["LoadBalancers"]
    route53 = applied.emulator.client("route53", applied.region)
    found = route53.list_resource_record_sets(HostedZoneId=DNS["zone_id"])["ResourceRecordSets"]
    (record,) = (each for each in found if each["Type"] == "A")
    assert (record["Name"], record["SetIdentifier"], record["Weight"]) == (
        f"{DNS['name']}.", f"{NAME}-{applied.region}", 10,
    )  # fmt: skip
    target = record["AliasTarget"]
    assert (target["DNSName"].rstrip("."), target["EvaluateTargetHealth"]) == (balancer["DNSName"], True)
    assert target["HostedZoneId"] == balancer["CanonicalHostedZoneId"]
    check = route53.get_health_check(HealthCheckId=record["HealthCheckId"])["HealthCheck"]["HealthCheckConfig"]
    assert (check["Type"], check["Port"], check["FullyQualifiedDomainName"]) == ("HTTPS", 443, balancer["DNSName"])
    assert (check["ResourcePath"], check["RequestInterval"], check["FailureThreshold"]) == ("/health", 10, 2)
    assert check["EnableSNI"] is True


def test_who_reaches_whom_is_what_the_accounts_own_rules_say(applied: Deployed) -> None:
    told = account(applied.emulator, applied.region, NAME).flows()
    assert flows_of(applied.root) == told
    assert len(told) == 9


def test_the_task_restores_the_gold_master_and_reads_text_as_it_was_written(applied: Deployed) -> None:
    ecs = applied.emulator.client("ecs", applied.region)
    (service,) = ecs.describe_services(cluster=f"{NAME}-cluster", services=[f"{NAME}-svc"])["services"]
    assert service["networkConfiguration"]["awsvpcConfiguration"]["assignPublicIp"] == "DISABLED"
    task = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    (container,) = task["containerDefinitions"]
    environment = {variable["name"]: variable["value"] for variable in container["environment"]}
    assert environment["S3_GOLD_MASTER"] == "s3://cap-development-gold/gold/agent.zip"
    assert environment["LITERAL"] == LITERAL
    assert [secret["name"] for secret in container["secrets"]] == ["CAP_LICENCE", "DB_PASSWORD"]
    assert container["readonlyRootFilesystem"] is True
    assert task["ephemeralStorage"] == {"sizeInGiB": 40}


def test_text_in_tags_and_descriptions_arrives_as_it_was_written(applied: Deployed) -> None:
    ec2 = applied.emulator.client("ec2", applied.region)
    rules = ec2.describe_security_group_rules()["SecurityGroupRules"]
    assert "Registry ${x} and AWS" in {rule.get("Description") for rule in rules}
    groups = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": [f"{NAME}-task"]}])
    tags = {tag["Key"]: tag["Value"] for tag in groups["SecurityGroups"][0]["Tags"]}
    assert tags["owner"] == OWNER


def test_terraform_published_the_helper_script_and_there_is_no_function_and_no_key(applied: Deployed) -> None:
    s3 = applied.emulator.client("s3", applied.region)
    script = s3.get_object(Bucket="cap-development-gold", Key="scripts/cap-snapshot.sh")["Body"].read()
    assert script.startswith(b"#!")
    assert applied.emulator.client("lambda", applied.region).list_functions()["Functions"] == []
    assert applied.emulator.client("iam", applied.region).list_users()["Users"] == []
    aliases = applied.emulator.client("kms", applied.region).list_aliases()["Aliases"]
    assert not [alias["AliasName"] for alias in aliases if NAME in alias["AliasName"]]


def test_the_operators_password_reaches_the_secret_and_nothing_else(applied: Deployed) -> None:
    secrets = applied.emulator.client("secretsmanager", applied.region)
    stored = json.loads(secrets.get_secret_value(SecretId=f"{NAME}/database")["SecretString"])
    assert stored == {"username": "operator", "password": PASSWORD}
    assert spellings(PASSWORD).isdisjoint(found_in(applied.root / "first.tfplan"))
    assert not [spelling for spelling in spellings(PASSWORD) if spelling.decode() in applied.kept()]
    shown = json.dumps(applied.terraform.show_json(applied.root / "first.tfplan"))
    assert not [spelling for spelling in spellings(PASSWORD) if spelling.decode() in shown]


def spellings(text: str) -> set[bytes]:
    """Return the text as it is, and as it stands inside of JSON."""
    return {text.encode(), json.dumps(text)[1:-1].encode()}


def found_in(plan: Path) -> set[bytes]:
    """Return which spellings of the password stand in any file of a saved plan."""
    with zipfile.ZipFile(plan) as files:
        contents = [files.read(name) for name in files.namelist()]
    assert len(contents) > 3
    assert any(NAME.encode() in content for content in contents), "the plan is not readable this way"
    return {spelling for spelling in spellings(PASSWORD) if any(spelling in content for content in contents)}


def test_a_second_plan_changes_nothing(applied: Deployed) -> None:
    plan = applied.root / "second.tfplan"
    applied.terraform.plan(f"-out={plan}").require(0, 2)
    shown = applied.terraform.show_json(plan)
    assert unexplained(shown) == []
    assert applied.emulator.unanswered() == []
    after = flatten_plan(plan_of(shown, "second.json"), None).after
    found = scan(after, locate=lambda _: None)
    assert [one.check for one in found.findings if one.address.startswith("module.dns.")] == []
    assert {"CAPGEN_38", "CKV2_AWS_23"} <= {one.check for one in found.passed if one.address.startswith("module.dns.")}


def test_who_scales_and_who_rolls_out_are_left_alone(applied: Deployed) -> None:
    """Another pipeline registers a version and scales the service; Terraform sees nothing to change."""
    ecs = applied.emulator.client("ecs", applied.region)
    service = {"cluster": f"{NAME}-cluster", "service": f"{NAME}-svc"}
    (running,) = ecs.describe_services(cluster=service["cluster"], services=[service["service"]])["services"]
    task = ecs.describe_task_definition(taskDefinition=running["taskDefinition"])["taskDefinition"]
    (container,) = task["containerDefinitions"]
    registered = ecs.register_task_definition(
        **{name: task[name] for name in ("family", "cpu", "memory", "networkMode", "requiresCompatibilities")},
        containerDefinitions=[{**container, "image": container["image"].replace("1.0.0", "1.1.0")}],
    )
    ecs.update_service(
        **service, desiredCount=3, taskDefinition=registered["taskDefinition"]["taskDefinitionArn"]
    )  # fmt: skip
    plan = applied.root / "third.tfplan"
    applied.terraform.plan(f"-out={plan}").require(0, 2)
    assert unexplained(applied.terraform.show_json(plan)) == []


def test_a_development_deployment_is_destroyed_at_once(applied: Deployed) -> None:
    applied.terraform.destroy().require()
    assert applied.terraform.show_json().get("values") is None
    assert applied.emulator.unanswered() == []
