"""`terraform test` passes in every module without credentials, and fails where the module is not what it should be."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from capgen.scan.tree import Tree
from tests.output.example import GOLDEN, tree
from tests.output.variants import compiled_variant
from tests.scan.edit import edit_json
from tests.terraform.harness import Result, Terraform

EXAMPLE = GOLDEN / "cap-production"
MODULES = sorted(path.name for path in (EXAMPLE / "modules").iterdir())
UNTESTED = "secrets"
OTHER_SHAPES = {
    "two_regions": {
        "encryption_2", "identity_2", "load_balancer_2", "security_2", "service_2", "snapshots_2",
    },
    "deploy_role": {"identity"},
}  # fmt: skip
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
        "aws_lb/this/access_logs": ([], "Requests must be logged"),
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


@pytest.fixture(scope="module")
def installed(terraform: Terraform, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a module directory after `terraform init`, which need not run for each of them."""
    folder = tmp_path_factory.mktemp("installed") / "network"
    shutil.copytree(EXAMPLE / "modules" / "network", folder)
    terraform.at(folder).init().require()
    return folder


def initialised(installed: Path, folder: Path) -> Path:
    """Give a module directory what `terraform init` would: the provider and the lock file."""
    shutil.copytree(installed / ".terraform", folder / ".terraform", symlinks=True)
    shutil.copy(installed / ".terraform.lock.hcl", folder)
    return folder


def tested(terraform: Terraform, installed: Path, folders: Iterable[Path]) -> dict[str, Result]:
    """Run `terraform test` in each directory, with no credentials to be found."""

    def test(folder: Path) -> Result:
        return terraform.at(initialised(installed, folder), AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="").test()

    listed = list(folders)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return {folder.name: result for folder, result in zip(listed, pool.map(test, listed), strict=True)}


def test_each_module_of_the_example_passes_its_test(terraform: Terraform, installed: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE / "modules", tmp_path, dirs_exist_ok=True)
    results = tested(terraform, installed, [tmp_path / name for name in MODULES if name != UNTESTED])
    for result in results.values():
        assert ", 0 failed." in result.require().stdout
        assert "Warning" not in result.output


def test_modules_of_other_shapes_pass_theirs(terraform: Terraform, installed: Path, tmp_path: Path) -> None:
    shapes = {hashlib.sha256(each).digest() for path, each in tree(EXAMPLE).items() if path.endswith("main.tf.json")}
    folders = []
    for variant, names in OTHER_SHAPES.items():
        for path, content in compiled_variant(variant).items():
            _, _, inside = path.partition("modules/")
            name, _, file = inside.partition("/")
            if name in names:
                written = tmp_path / f"{variant}-{name}" / file
                written.parent.mkdir(parents=True, exist_ok=True)
                written.write_bytes(content)
        for name in names:
            folder = tmp_path / f"{variant}-{name}"
            main = folder / "main.tf.json"
            assert not main.is_file() or hashlib.sha256(main.read_bytes()).digest() not in shapes
            folders.append(folder)
    for result in tested(terraform, installed, folders).values():
        assert ", 0 failed." in result.require().stdout


def test_a_test_fails_where_its_module_is_wrong(terraform: Terraform, installed: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE / "modules", tmp_path, dirs_exist_ok=True)
    for name, mutations in MUTATIONS.items():
        for path, (value, _) in mutations.items():
            edit_json(tmp_path / name / "main.tf.json", f"resource/{path}", value)
    results = tested(terraform, installed, [tmp_path / name for name in MUTATIONS])
    for name, mutations in MUTATIONS.items():
        said = " ".join(results[name].require(1).output.split())
        assert [message for _, message in mutations.values() if message not in said] == [], results[name]


def test_a_test_fails_where_nothing_is_refused(terraform: Terraform, installed: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE / "modules", tmp_path, dirs_exist_ok=True)
    edit_json(tmp_path / "network" / "outputs.tf.json", "output/database_subnet_ids/precondition", [])
    edit_json(tmp_path / "database" / "variables.tf.json", "variable/password/validation", [])
    for result in tested(terraform, installed, [tmp_path / "network", tmp_path / "database"]).values():
        assert "Missing expected failure" in result.require(1).output


@pytest.mark.parametrize("name", MODULES)
def test_the_scan_does_not_take_a_test_for_configuration(name: str) -> None:
    module = EXAMPLE / "modules" / name
    assert (module / "tests").is_dir() == (name != UNTESTED)
    reader = Tree(base=EXAMPLE, boundary=EXAMPLE)
    assert not {"run", "mock_provider", "variables"} & reader.directory(module).blocks.keys()
    assert reader.diagnostics == []
