"""What the check of a block's body finds, and what it lets pass; a slow test asks the real Terraform."""

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from capgen.resources import blueprints_dir, schemas_dir
from capgen.terraform import provider_schema
from capgen.terraform.provider_check import check_block

PROVIDER = "registry.terraform.io/hashicorp/aws"
TARGET_GROUP = "aws_lb_target_group"
SUBNET_GROUP = "aws_db_subnet_group"
SECURITY_GROUP = "aws_security_group"
FULL_RULE = {
    "from_port": 1,
    "to_port": 2,
    "protocol": "tcp",
    "cidr_blocks": ["192.0.2.1/32"],
    "description": "",
    "ipv6_cidr_blocks": None,
    "prefix_list_ids": None,
    "security_groups": None,
    "self": None,
}
PARTIAL_RULE = {"from_port": 1, "to_port": 2, "protocol": "tcp"}

ACCEPTED: list[tuple[str, dict[str, Any]]] = [
    (TARGET_GROUP, {"port": 80, "health_check": {"port": "8080"}}),
    (TARGET_GROUP, {"port": 80, "health_check": [{"port": "8080"}]}),
    (TARGET_GROUP, {"port": 80, "health_check": None}),
    (TARGET_GROUP, {"port": 80, "health_check": []}),
    (TARGET_GROUP, {"port": 80, "health_check": [None]}),
    (TARGET_GROUP, {"port": 80, "health_check": [[{}]]}),
    (TARGET_GROUP, {"port": "${var.port}", "slow_start": "1${var.x}"}),
    (TARGET_GROUP, {"//": {"note": 1}, "health_check": {"//": "note"}}),
    (TARGET_GROUP, {"id": None, "arn": None}),
    (TARGET_GROUP, {"dynamic": {"health_check": {"for_each": [1], "content": {"port": "1"}}}}),
    (
        TARGET_GROUP,
        {
            "dynamic": [
                {"health_check": [{"for_each": "${var.x}", "iterator": "h", "content": [{"port": "${h.value}"}]}]}
            ]
        },
    ),
    (
        TARGET_GROUP,
        {
            "count": 1,
            "provider": "aws.other",
            "depends_on": ["aws_lb.x"],
            "lifecycle": [{"create_before_destroy": True}],
            "provisioner": {"local-exec": {"command": "true"}},
            "connection": {"host": "x"},
        },
    ),
    (TARGET_GROUP, {"for_each": "${toset([])}", "lifecycle": {"ignore_changes": ["name"]}}),
    (SUBNET_GROUP, {"subnet_ids": ["a", "${var.b}"], "tags": {"a": "b"}}),
    (SUBNET_GROUP, {"subnet_ids": "${var.subnet_ids}", "tags": "${var.tags}"}),
    (SECURITY_GROUP, {"ingress": [FULL_RULE]}),
    (SECURITY_GROUP, {"dynamic": {"ingress": {"for_each": [1], "content": PARTIAL_RULE}}}),
    ("aws_db_instance", {"instance_class": "db.t3.micro", "timeouts": [{"create": "1h"}]}),
    ("aws_db_instance", {"instance_class": "db.t3.micro", "password_wo": "${var.p}", "password_wo_version": 1}),
    (
        "aws_s3_bucket_server_side_encryption_configuration",
        {"bucket": "x", "dynamic": {"rule": {"for_each": [1], "content": {}}}},
    ),
]

REFUSED: list[tuple[str, dict[str, Any], list[str]]] = [
    (TARGET_GROUP, {"prot": 80}, ['prot: is not known to the provider; did you mean "port"?']),
    (TARGET_GROUP, {"zzz": 80}, ["zzz: is not known to the provider"]),
    (TARGET_GROUP, {"port": "eighty"}, ["port: must be a number, found a string"]),
    (TARGET_GROUP, {"port": "$${x}"}, ["port: must be a number, found a string"]),
    (TARGET_GROUP, {"port": True}, ["port: must be a number, found a bool"]),
    (TARGET_GROUP, {"port": {}}, ["port: must be a number, found an object"]),
    (TARGET_GROUP, {"id": "x"}, ["id: is decided by AWS and cannot be set"]),
    (TARGET_GROUP, {"arn": "x"}, ["arn: is decided by AWS and cannot be set"]),
    (
        TARGET_GROUP,
        {"health_check": "${[]}"},
        ["health_check: must be an object or a list of objects, found a string"],
    ),
    (TARGET_GROUP, {"health_check": [{}, {}]}, ["health_check: allows at most 1 block, found 2"]),
    (
        TARGET_GROUP,
        {"health_check": {"prot": 1}},
        ['health_check.prot: is not known to the provider; did you mean "port"?'],
    ),
    (TARGET_GROUP, {"dynamic": "x"}, ["dynamic: must be an object or a list of objects, found a string"]),
    (
        TARGET_GROUP,
        {"dynamic": {"health_check": {"for_each": [1]}}},
        ["dynamic.health_check.content: must be one block, found 0"],
    ),
    (
        TARGET_GROUP,
        {"dynamic": {"health_check": {"content": {"matcher": 200}}}},
        [
            "dynamic.health_check.for_each: is required",
            "dynamic.health_check.content.matcher: must be a string, found a number",
        ],
    ),
    (
        TARGET_GROUP,
        {"dynamic": {"nope": {"for_each": [1], "content": {}}}},
        ["dynamic.nope: is not known to the provider"],
    ),
    (SUBNET_GROUP, {}, ["subnet_ids: is required"]),
    (SUBNET_GROUP, {"subnet_ids": None}, ["subnet_ids: is required"]),
    (SUBNET_GROUP, {"subnet_ids": "a"}, ["subnet_ids: must be a set, found a string"]),
    (SUBNET_GROUP, {"subnet_ids": "a${var.b}"}, ["subnet_ids: must be a set, found a string"]),
    (SUBNET_GROUP, {"subnet_ids": ["a", {}]}, ["subnet_ids[1]: must be a string, found an object"]),
    (SUBNET_GROUP, {"subnet_ids": ["a"], "name": {"a": 1}}, ["name: must be a string, found an object"]),
    (SUBNET_GROUP, {"subnet_ids": ["a"], "tags": []}, ["tags: must be a map, found a list"]),
    ("aws_lb", {"internal": 1}, ["internal: must be a bool, found a number"]),
    (SECURITY_GROUP, {"ingress": FULL_RULE}, ["ingress: must be a set, found an object"]),
    (
        SECURITY_GROUP,
        {"ingress": [{key: value for key, value in FULL_RULE.items() if key != "self"}]},
        ["ingress[0].self: is required, if only as null"],
    ),
    (
        "aws_iam_role",
        {"assume_role_policy": "{}", "managed_policy_arns": [], "inline_policy": {"name": "x"}},
        ["managed_policy_arns: is deprecated by the provider", "inline_policy: is deprecated by the provider"],
    ),
    (
        "aws_s3_bucket_server_side_encryption_configuration",
        {"bucket": "x"},
        ["rule: needs at least 1 block, found 0"],
    ),
    (
        "aws_db_instance",
        {"instance_class": "db.t3.micro", "timeouts": [{"create": "1h"}, {}]},
        ["timeouts: allows at most 1 block, found 2"],
    ),
    ("aws_efs_access_point", {"file_system_id": "fs", "posix_user": {"uid": 1}}, ["posix_user.gid: is required"]),
]


# Terraform converts these; the check does not.
STRICTER: list[tuple[str, dict[str, Any], list[str]]] = [
    (TARGET_GROUP, {"health_check": {"matcher": 200}}, ["health_check.matcher: must be a string, found a number"]),
    (
        SECURITY_GROUP,
        {"ingress": [{**FULL_RULE, "to_port": "2"}]},
        ["ingress[0].to_port: must be a number, found a string"],
    ),
    ("aws_lb", {"internal": "true", "subnets": ["a"]}, ["internal: must be a bool, found a string"]),
    (SUBNET_GROUP, {"subnet_ids": ["a"], "tags": {"a": 1}}, ["tags.a: must be a string, found a number"]),
]


@pytest.mark.parametrize(("type", "body"), ACCEPTED)
def test_accepts(type: str, body: dict[str, Any]) -> None:
    assert check_block("resource", type, body) == []


@pytest.mark.parametrize(("type", "body", "problems"), [*REFUSED, *STRICTER])
def test_refuses(type: str, body: dict[str, Any], problems: list[str]) -> None:
    assert check_block("resource", type, body) == problems


def test_reports_every_problem_at_once() -> None:
    body = {"prot": 80, "port": "x", "health_check": [{"matcher": 1}, {"interval": "1"}]}
    assert len(check_block("resource", TARGET_GROUP, body)) == 5


def test_other_kinds() -> None:
    assert check_block("data", "aws_vpc", {"id": "vpc-1"}) == []  # an argument of the data source, unlike of a resource
    assert check_block("data", "aws_vpc", {"owner_id": "1"}) == ["owner_id: is decided by AWS and cannot be set"]
    assert check_block("data", "aws_vpc", {"provisioner": {}}) == ["provisioner: is not known to the provider"]
    assert check_block("ephemeral", "aws_secretsmanager_random_password", {"password_length": 32}) == []
    assert check_block("ephemeral", "aws_secretsmanager_secret_version", {}) == ["secret_id: is required"]
    assert (
        check_block("provider", "aws", {"alias": "x", "region": "eu-west-1", "default_tags": {"tags": {"a": "b"}}})
        == []
    )
    assert check_block("provider", "aws", {"regions": "eu-west-1"}) == [
        'regions: is not known to the provider; did you mean "region"?'
    ]


def test_type_outside_the_extract_is_a_problem() -> None:
    assert check_block("resource", "aws_lb_listner", {}) == [
        'the extract of the provider\'s schema has no resource aws_lb_listner: did you mean "aws_lb_listener"?'
    ]
    assert "coverage.json" in check_block("resource", "other_thing", {})[0]
    with pytest.raises(ValueError, match="no kind of block"):
        check_block("resources", "aws_lb", {})  # type: ignore[arg-type]


def test_no_problem_quotes_a_value() -> None:
    secret = "hunter2hunter2"
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("aws_db_instance", {"instance_class": "db.t3.micro", "password": [secret], "allocated_storage": secret}),
        ("aws_secretsmanager_secret_version", {"secret_id": "x", "secret_string": {"password": secret}}),
    ]
    for type, body in bodies:
        problems = check_block("resource", type, body)
        assert problems
        assert secret not in "".join(problems)


def test_coverage_is_what_the_extract_holds() -> None:
    coverage = json.loads((schemas_dir() / "provider" / "coverage.json").read_text(encoding="utf-8"))
    assert provider_schema.provider_version() == coverage["version"]
    assert provider_schema.covered_types("data") == tuple(coverage["data"])
    assert provider_schema.covered_types("ephemeral") == tuple(coverage["ephemeral"])
    plain = [name for name in coverage["resource"] if "*" not in name]
    assert set(plain) <= set(provider_schema.covered_types("resource"))
    assert "aws_iam_group_membership" in provider_schema.covered_types("resource")


def test_every_block_of_the_extract_can_be_read() -> None:
    kinds: tuple[provider_schema.Kind, ...] = ("resource", "data", "ephemeral", "provider")
    for kind in kinds:
        for type in provider_schema.covered_types(kind):
            assert provider_schema.block_schema(kind, type) is not None
    instance = provider_schema.block_schema("resource", "aws_db_instance")
    assert instance is not None
    assert instance.attributes["password_wo"].write_only


def test_data_directories_exist() -> None:
    assert (schemas_dir() / "provider").is_dir()
    assert blueprints_dir().is_dir()


def _extract_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extract", schemas_dir() / "provider" / "extract.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(name="script")
def _script() -> ModuleType:
    """Return the script that makes the extract, or skip where it cannot run."""
    script = _extract_script()
    if shutil.which("terraform") is None or script.find_mirror(PROVIDER) is None:
        pytest.skip("terraform or provider mirror not found")
    return script


@pytest.mark.slow
def test_extract_is_what_the_script_makes(script: ModuleType) -> None:
    assert script.main(["--check"]) == 0


@pytest.mark.slow
def test_terraform_agrees(script: ModuleType, tmp_path: Path) -> None:
    script.install_provider(tmp_path, PROVIDER, provider_schema.provider_version())
    variables = {name: {"type": "any"} for name in ("b", "p", "port", "subnet_ids", "tags", "x")}
    shared = {
        "variable": variables,
        "provider": {"aws": [{"region": "eu-west-1"}, {"region": "eu-west-1", "alias": "other"}]},
        "resource": {"aws_lb": {"x": {"subnets": ["a", "b"]}}},
    }
    (tmp_path / "shared.tf.json").write_text(json.dumps(shared))
    groups = {
        "accepted": ACCEPTED,
        "refused": [(type, body) for type, body, _ in REFUSED],
        "stricter": [(type, body) for type, body, _ in STRICTER],
    }
    for group, cases in groups.items():
        for index, (type, body) in enumerate(cases):
            name = f"{group}{index}"
            (tmp_path / f"{name}.tf.json").write_text(json.dumps({"resource": {type: {name: body}}}))
    output = json.loads(script.run_terraform(tmp_path, "validate", "-json", may_fail=True))
    found = {item["range"]["filename"]: item["summary"] for item in output["diagnostics"]}
    assert sorted(found) == sorted(f"refused{index}.tf.json" for index in range(len(REFUSED))), found
