"""Two regions, one standing by: applied in the written order, promoted, and taken down, by the real Terraform."""

import json
from typing import Any

import pytest

from tests.emulator.drift import unexplained
from tests.emulator.emulator import Emulator
from tests.gate.fresh import judged
from tests.output.pair import Pair
from tests.terraform.harness import Terraform

NAME = "cap-pair"
PRIMARY, STANDBY = "eu-west-1", "eu-central-1"
SPEC = f"""
api_version: capgen/v1
name: {NAME}
environment: development
regions:
  {PRIMARY}:
    network:
      vpc_id: vpc-0a1b2c3d4e5f60718
      subnet_ids: [subnet-0a1b2c3d4e5f60718, subnet-0f1e2d3c4b5a69788]
  {STANDBY}:
    scaling: {{desired_count: 0}}
    network:
      vpc_id: vpc-0b1b2c3d4e5f60718
      subnet_ids: [subnet-0b1b2c3d4e5f60718, subnet-0b1e2d3c4b5a69788]
network: {{assign_public_ip: true}}
agent: {{image: registry.example.com/team/cap-agent:1.0.0}}
access: {{web_cidrs: [203.0.113.0/24], management_cidrs: [10.0.0.5/32]}}
identity: {{deploy_user: none}}
snapshots: {{publisher: object, force_destroy: true}}
encryption: {{customer_managed_key: true}}
tags: {{owner: platform}}
database: {{password: {{version: 1}}}}
disaster_recovery:
  primary_region: {PRIMARY}
  references: variables
  promoted: false
"""


@pytest.fixture(scope="module")
def pair(terraform: Terraform, emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Apply both roots, in the order of the manifest, each with what its runbook says."""
    pair = Pair.create(SPEC, tmp_path_factory.mktemp("pair"), terraform, emulator)
    assert pair.handed_over(STANDBY) == {}, "the runbook hands over a message of a primary that is not applied yet"
    for region in pair.order:
        applied = pair.at(region).apply().require()
        print(f"apply {region}: {applied.seconds:.0f} s")
        assert emulator.unanswered() == []
    return pair


def planned(pair: Pair, region: str) -> dict[str, Any]:
    """Plan a region and return the plan."""
    path = pair.regions[region].root / "next.tfplan"
    pair.at(region).plan(f"-out={path}").require(0, 2)
    return pair.regions[region].terraform.show_json(path)


def actions(plan: dict[str, Any]) -> dict[str, str]:
    """Return what a plan does to each resource that it does not leave alone."""
    found = {each["address"]: "+".join(each["change"]["actions"]) for each in plan["resource_changes"]}
    return {address: action for address, action in found.items() if action not in ("no-op", "read")}


def test_the_primary_is_applied_first(pair: Pair) -> None:
    assert pair.order == [PRIMARY, STANDBY]
    assert set(pair.handed_over(STANDBY)) == {
        f"TF_VAR_primary_{name}" for name in ("database_arn", "file_system_id", "kms_key_arn", "snapshot_bucket_name")
    }
    assert pair.handed_over(PRIMARY) == {}


def test_the_standby_has_copies_of_the_primarys_data(pair: Pair, emulator: Emulator) -> None:
    rds = emulator.client("rds", STANDBY)
    (database,) = rds.describe_db_instances(DBInstanceIdentifier=f"{NAME}-db")["DBInstances"]
    assert database["ReadReplicaSourceDBInstanceIdentifier"] == pair.at(PRIMARY).output()["database_arn"]
    assert f":kms:{STANDBY}:" in database["KmsKeyId"]
    (replication,) = emulator.client("efs", STANDBY).describe_replication_configurations()["Replications"]
    assert replication["SourceFileSystemRegion"] == PRIMARY
    (files,) = emulator.client("efs", STANDBY).describe_file_systems()["FileSystems"]
    assert replication["Destinations"][0]["FileSystemId"] == files["FileSystemId"]
    primary, standby = (pair.at(region).output()["snapshot_bucket_name"] for region in (PRIMARY, STANDBY))
    copied = emulator.client("s3", PRIMARY).get_bucket_replication(Bucket=primary)["ReplicationConfiguration"]
    (rule,) = copied["Rules"]
    assert rule["Destination"]["Bucket"] == f"arn:aws:s3:::{standby}"
    assert f":kms:{STANDBY}:" in rule["Destination"]["EncryptionConfiguration"]["ReplicaKmsKeyID"]
    secrets = {region: emulator.client("secretsmanager", region) for region in (PRIMARY, STANDBY)}
    read = [json.loads(each.get_secret_value(SecretId=f"{NAME}/database")["SecretString"]) for each in secrets.values()]
    assert read[0] == read[1]
    assert secrets[STANDBY].describe_secret(SecretId=f"{NAME}/database")["PrimaryRegion"] == PRIMARY


def test_what_replicates_is_made_in_the_primarys_region(pair: Pair) -> None:
    plan = json.loads((pair.regions[STANDBY].root / "terraform.tfstate").read_text(encoding="utf-8"))
    providers = {each["module"]: each["provider"] for each in plan["resources"] if each["mode"] == "managed"}
    assert [module for module, provider in providers.items() if provider.endswith(".primary")] == ["module.replication"]


@pytest.mark.parametrize("region", [PRIMARY, STANDBY])
def test_a_second_plan_changes_nothing(pair: Pair, emulator: Emulator, region: str) -> None:
    assert unexplained(planned(pair, region)) == []
    assert emulator.unanswered() == []


def test_the_primarys_state_tells_the_same_as_variables(pair: Pair) -> None:
    pair.edit(("references: variables", "references: remote_state"), prepare=[STANDBY])
    assert pair.handed_over(STANDBY) == {}
    assert unexplained(planned(pair, STANDBY)) == []
    assert pair.order == [PRIMARY, STANDBY]


def test_promotion_changes_the_database_in_place_and_ends_the_replication(pair: Pair, emulator: Emulator) -> None:
    pair.edit(("promoted: false", "promoted: true"), prepare=pair.order)
    emulator.client("secretsmanager", STANDBY).stop_replication_to_replica(SecretId=f"{NAME}/database")
    plan = planned(pair, STANDBY)
    assert actions(plan) == {
        "module.database.aws_db_instance.this": "update",
        "module.replication.aws_efs_replication_configuration.this": "delete",
        "module.replication.aws_iam_role.snapshot_replication": "delete",
        "module.replication.aws_iam_role_policy.snapshot_replication": "delete",
        "module.replication.aws_s3_bucket_replication_configuration.this": "delete",
    }
    standby = pair.regions[STANDBY]
    review = judged(standby.terraform, standby.root / "next.tfplan", standby.root)
    assert review.readable, review.all_diagnostics
    assert review.dangers == ()
    assert actions(planned(pair, PRIMARY)) == {"module.secrets.aws_secretsmanager_secret.this": "update"}
    applied = pair.at(STANDBY).apply().require()
    print(f"promote: {applied.seconds:.0f} s")
    rds = emulator.client("rds", STANDBY)
    (database,) = rds.describe_db_instances(DBInstanceIdentifier=f"{NAME}-db")["DBInstances"]
    assert not database.get("ReadReplicaSourceDBInstanceIdentifier")
    assert emulator.client("efs", PRIMARY).describe_replication_configurations()["Replications"] == []
    (files,) = emulator.client("efs", STANDBY).describe_file_systems()["FileSystems"]
    assert files["FileSystemProtection"]["ReplicationOverwriteProtection"] == "ENABLED"
    assert unexplained(planned(pair, STANDBY)) == []


def test_the_region_that_took_over_becomes_the_primary_and_keeps_its_data(pair: Pair, emulator: Emulator) -> None:
    """The way back, as far as its first plan: the secret, which was a replica, comes to Terraform anew.

    Its password is another one, so tasks get a new revision of their definition; nothing that holds data is replaced.
    """
    swapped = (
        (f"primary_region: {PRIMARY}", f"primary_region: {STANDBY}"),
        ("promoted: true", "promoted: false"),
        ("password: {version: 1}", "password: {version: 2}"),
    )
    secret = emulator.client("secretsmanager", STANDBY).describe_secret(SecretId=f"{NAME}/database")
    imported = pair.regions[STANDBY].root / "imported.tf.json"
    taken = {"to": "module.secrets.aws_secretsmanager_secret.this", "id": secret["ARN"]}
    pair.edit(*swapped, prepare=[STANDBY])
    assert pair.order == [STANDBY, PRIMARY]
    imported.write_text(json.dumps({"import": [taken]}), encoding="utf-8")
    changes = actions(planned(pair, STANDBY))
    imported.unlink()
    assert changes == {
        "module.database.aws_db_instance.this": "update",
        "module.secrets.aws_secretsmanager_secret.this": "update",
        "module.secrets.aws_secretsmanager_secret_version.this": "create",
        "module.service.aws_ecs_service.this": "update",
        "module.service.aws_ecs_task_definition.this": "delete+create",
    }
    pair.edit(*((new, old) for old, new in swapped), prepare=[STANDBY])


def test_it_is_destroyed_in_the_reverse_order(pair: Pair, emulator: Emulator) -> None:
    for region in reversed(pair.order):
        destroyed = pair.at(region).destroy().require()
        print(f"destroy {region}: {destroyed.seconds:.0f} s")
        assert pair.at(region).show_json().get("values") is None
    assert emulator.unanswered() == []
