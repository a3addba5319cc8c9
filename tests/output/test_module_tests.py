"""`terraform test` passes in every module without credentials, and fails where the module is not what it should be."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from capgen.evaluate.tree import Tree
from tests.output.example import GOLDEN, tree
from tests.output.tested_modules import all_at_once, each_in_its_place
from tests.output.variants import compiled_variant
from tests.terraform.harness import Terraform
from tests.trees.edit import edit_json

EXAMPLE = GOLDEN / "cap-production"
MODULES = sorted(path.name for path in (EXAMPLE / "modules").iterdir())
UNTESTED = "secrets"
OTHER_SHAPES = {
    "two_regions": ("encryption", "identity", "load_balancer", "security", "service", "snapshots"),
    "deploy_role": ("identity",),
    "dns_simple": ("dns",),
    "dns_latency": ("dns", "dns_2"),
    "dns_weighted": ("dns",),
}
"""Modules of variants whose shapes the example has not: HTTPS, AWS's own keys, a published object, a role."""

OPEN = {
    "from_port": 0, "to_port": 0, "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": [],
    "prefix_list_ids": [], "security_groups": [], "self": False, "description": "",
}  # fmt: skip
ANYTHING = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]}]}
)
EVERYONE = json.dumps(
    {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["*"], "Resource": ["*"]}
    ]}
)  # fmt: skip

MUTATIONS: Mapping[str, Mapping[str, tuple[Any, str]]] = {
    "database": {
        "aws_db_instance/this/storage_encrypted": (False, "The disk must be encrypted"),
        "aws_db_instance/this/publicly_accessible": (True, "Only publicly_accessible may decide"),
        "aws_db_instance/this/vpc_security_group_ids": (["sg-1"], "must be its only one"),
    },
    "encryption": {
        "aws_kms_key/this/enable_key_rotation": (False, "The key must be rotated"),
    },
    "identity": {
        "aws_iam_role_policy/task/policy": (ANYTHING, "No policy may allow an action by wildcard"),
        "aws_iam_role/snapshot_script/permissions_boundary": ("${null}", "must bound every role and user"),
    },
    "load_balancer": {
        "aws_lb/this/drop_invalid_header_fields": (False, "Invalid header fields must be dropped"),
        "aws_lb/this/internal": (False, "Only internal may decide"),
        "aws_lb/this/access_logs/0/enabled": (False, "Requests must be logged"),
    },
    "logs": {
        "aws_s3_bucket_public_access_block/access_logs/block_public_policy": (False, "closed to the public"),
        "aws_s3_bucket_versioning/access_logs/versioning_configuration/0/status": ("Suspended", "must be versioned"),
        "aws_s3_bucket_policy/access_logs/policy": (EVERYONE, "must refuse requests without TLS"),
    },
    "security": {
        "aws_vpc_security_group_ingress_rule/management/cidr_ipv4": ("0.0.0.0/0", "Rule management must let"),
        "aws_vpc_security_group_ingress_rule/web_http/to_port": (65535, "Rule web_http must let"),
        "aws_vpc_security_group_ingress_rule/storage/ip_protocol": ("udp", "ingress rule storage must let"),
        "aws_security_group/database/ingress": ([OPEN], "No security group may have a rule of its own"),
    },
    "service": {
        "aws_ecs_service/this/network_configuration/0/assign_public_ip": (True, "public address only where asked for"),
        "aws_ecs_task_definition/this/volume/0/efs_volume_configuration/0/transit_encryption": (
            "DISABLED", "must be mounted over TLS",
        ),
        "aws_ecs_service/this/deployment_circuit_breaker/0/rollback": (False, "stopped and undone as asked for"),
    },
    "snapshots": {
        "aws_s3_bucket_versioning/this/versioning_configuration/0/status": ("Suspended", "must be versioned"),
        "aws_s3_bucket_policy/this/policy": (EVERYONE, "must refuse requests without TLS, and allow nothing"),
    },
    "storage": {
        "aws_efs_file_system/this/encrypted": (False, "Files must be encrypted"),
        "aws_efs_file_system_policy/this/policy": (EVERYONE, "Mounting without TLS must be denied"),
    },
}  # fmt: skip
"""What is wrong in a module, by the path of the argument below `resource`, and what its test says of it."""


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """Return a copy of the example's modules."""
    shutil.copytree(EXAMPLE / "modules", tmp_path / "modules")
    return tmp_path / "modules"


def test_each_module_of_the_example_passes_its_test(terraform: Terraform, modules: Path) -> None:
    for result in each_in_its_place(terraform, [modules / name for name in MODULES if name != UNTESTED]):
        assert ", 0 failed." in result.require().stdout
        assert "Warning" not in result.output


def test_modules_of_other_shapes_pass_theirs(terraform: Terraform, tmp_path: Path) -> None:
    seen = {content for path, content in tree(EXAMPLE).items() if path.endswith("main.tf.json")}
    folders: dict[str, Path] = {}
    for variant, names in OTHER_SHAPES.items():
        for path, content in compiled_variant(variant).items():
            file = tmp_path / variant / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        folders |= {f"{variant}-{name}": tmp_path / variant / "modules" / name for name in names}
    for folder in folders.values():
        main = folder / "main.tf.json"
        assert not main.is_file() or main.read_bytes() not in seen
    outcomes = all_at_once(terraform, tmp_path, folders)
    assert outcomes.keys() == folders.keys()
    assert [f"{name}: {outcome.said}" for name, outcome in outcomes.items() if not outcome.passed] == []


def test_a_test_fails_where_its_module_is_wrong(terraform: Terraform, modules: Path) -> None:
    for name, mutations in MUTATIONS.items():
        for path, (value, _) in mutations.items():
            edit_json(modules / name / "main.tf.json", f"resource/{path}", value)
    outcomes = all_at_once(terraform, modules, {name: modules / name for name in MUTATIONS})
    for name, mutations in MUTATIONS.items():
        said = "\n".join(outcomes[name].said)
        assert outcomes[name].runs["plan"] == "fail"
        assert [message for _, message in mutations.values() if message not in said] == [], said


def test_a_test_fails_where_nothing_is_refused(terraform: Terraform, modules: Path) -> None:
    edit_json(modules / "network" / "outputs.tf.json", "output/database_subnet_ids/precondition", [])
    edit_json(modules / "database" / "variables.tf.json", "variable/password/validation", [])
    outcomes = all_at_once(terraform, modules, {name: modules / name for name in ("network", "database")})
    assert outcomes["network"].runs["refuses_subnets_of_another_vpc"] == "skip"
    for name, refuses in (("network", "output.database_subnet_ids"), ("database", "var.password")):
        (said,) = outcomes[name].said
        assert said.startswith(f"Missing expected failure: The checkable object, {refuses},")


@pytest.mark.parametrize("name", MODULES)
def test_the_scan_does_not_take_a_test_for_configuration(name: str) -> None:
    module = EXAMPLE / "modules" / name
    assert (module / "tests").is_dir() == (name != UNTESTED)
    reader = Tree(base=EXAMPLE, boundary=EXAMPLE)
    assert not {"run", "mock_provider", "variables"} & reader.directory(module).blocks.keys()
    assert reader.diagnostics == []
