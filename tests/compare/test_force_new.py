"""The table of what forces a replacement is complete, and is what the real provider plans."""

import json
from typing import Any

import pytest

from capgen.compare.force_new import default, forces_replacement
from capgen.resources import table
from capgen.terraform.provider_schema import Block, block_schema, covered_types, provider_version
from tests.terraform.harness import Terraform

TABLE: dict[str, Any] = table(f"provider/force_new-{provider_version()}.json")["resource"]


def test_every_type_that_is_emitted_is_in_the_table() -> None:
    assert sorted(TABLE) == list(covered_types("resource"))


@pytest.mark.parametrize("type", sorted(TABLE))
def test_every_path_is_one_of_the_providers(type: str) -> None:
    schema = block_schema("resource", type)
    assert schema is not None
    for path in (*TABLE[type]["force_new"], *TABLE[type].get("defaults", {}), *TABLE[type].get("undecided", {})):
        assert leads_somewhere(schema, path.split(".")), path


def leads_somewhere(block: Block, path: list[str]) -> bool:
    name, *rest = path
    if not rest:
        return name in block.attributes or name in block.block_types
    return name in block.block_types and leads_somewhere(block.block_types[name].block, rest)


def test_what_could_not_be_decided_is_little_and_has_a_reason() -> None:
    undecided = {type: entry["undecided"] for type, entry in TABLE.items() if "undecided" in entry}
    assert list(undecided) == ["aws_s3_bucket_lifecycle_configuration"]
    assert all(undecided["aws_s3_bucket_lifecycle_configuration"].values())


@pytest.mark.parametrize(
    ("type", "path", "forces"),
    [
        ("aws_db_instance", ("storage_encrypted",), True),
        ("aws_db_instance", ("identifier",), False),
        ("aws_db_instance", ("engine_version",), False),
        ("aws_efs_file_system", ("encrypted",), True),
        ("aws_efs_file_system", ("throughput_mode",), False),
        ("aws_efs_access_point", ("root_directory", "path"), True),
        ("aws_s3_bucket", ("bucket",), True),
        ("aws_kms_key", ("policy",), False),
        ("aws_ecs_task_definition", ("container_definitions",), True),
        ("aws_ecs_service", ("task_definition",), False),
        ("aws_of_no_table", ("name",), False),
    ],
)
def test_some_known_arguments(type: str, path: tuple[str, ...], forces: bool) -> None:
    assert forces_replacement(type, path) is forces


def test_a_default_is_what_the_provider_sets() -> None:
    assert default("aws_lb", "enable_http2") is True
    assert default("aws_lb", "name") is None


@pytest.mark.slow
@pytest.mark.usefixtures("terraform")
@pytest.mark.parametrize("types", [("aws_efs_file_system", "aws_s3_bucket_versioning", "aws_secretsmanager_secret")])
def test_the_provider_still_says_so(types: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    from schemas.provider.extract_force_new import main  # needs Terraform as soon as it works

    assert main(["--only", *types]) == 0
    assert json.loads(capsys.readouterr().out) == {type: TABLE[type] for type in types}


@pytest.mark.parametrize("replaced", [True, False])
def test_another_kind_of_source_makes_another_rule(terraform: Terraform, tmp_path: Any, replaced: bool) -> None:
    """Only the kind counts: the provider plans another range of the same rule in place."""
    from schemas.provider.extract import install_provider
    from schemas.provider.force_new.planning import Planner, Subject

    del terraform
    install_provider(tmp_path, "registry.terraform.io/hashicorp/aws", provider_version())
    type = "aws_vpc_security_group_ingress_rule"
    rule = {"security_group_id": "sg-0a1b2c3d", "ip_protocol": "tcp", "from_port": 80, "to_port": 80}
    source = {"cidr_ipv6": "fd00::/8"} if replaced else {"cidr_ipv4": "10.0.1.0/24"}
    schema = block_schema("resource", type)
    assert schema is not None
    exists = dict.fromkeys(schema.attributes) | rule | {"id": "sgr-1", "cidr_ipv4": "10.0.0.0/24", "tags_all": {}}
    planner = Planner(work=tmp_path, provider="registry.terraform.io/hashicorp/aws", versions={type: 0})
    changes, refused = planner.plan({0: Subject(type=type, config=rule | source, exists=exists)})
    assert refused == {}
    assert (changes[0]["actions"] != ["update"]) is replaced
