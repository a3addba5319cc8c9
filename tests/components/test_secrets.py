"""The master password: where it comes from, that nothing keeps it, and the rules about its secret."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from capgen.components.secrets.construct import construct
from capgen.components.secrets.plan import Shape, plan
from capgen.components.secrets.rules import RULES
from capgen.model.rule import Problem
from capgen.terraform.module import Document
from capgen.topology import root
from tests.components.building import blocks, build, problems, write_root
from tests.components.models import deployment
from tests.recovery.pairs import PRIMARY, STANDBY, region
from tests.terraform.fixtures import terraform
from tests.terraform.harness import Terraform

__all__ = ["terraform"]

SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cap/database-AbCdEf"
SOURCES: dict[str, dict[str, Any]] = {
    "generated": {"source": "generated"},
    "variable": {"source": "variable"},
    "secret": {"source": "secret", "secret_arn": SECRET},
}


def module(source: str) -> Document:
    return build(construct, plan(deployment(database={"password": SOURCES[source]})))


def found(rule: str, region: str = "eu-west-1", **password: Any) -> list[Problem]:
    check = next(each.check for each in RULES if each.id == f"secrets-{rule}")
    return list(check(deployment(region, database={"password": password})))


@pytest.mark.parametrize("password", SOURCES.values(), ids=SOURCES)
def test_plan_module_and_provider_agree(password: dict[str, Any]) -> None:
    planned = plan(deployment(database={"password": password}))
    assert planned.shape == Shape(source=password["source"], replicated=False)
    assert not problems(build(construct, planned), planned)


@pytest.mark.parametrize("source", SOURCES)
def test_the_password_is_ephemeral_from_end_to_end(source: str) -> None:
    document = module(source)
    assert document["output"]["database_password"]["ephemeral"] is True
    assert not any(
        attribute in body
        for _, _, body in blocks(document, "resource")
        for attribute in ("secret_string", "secret_binary")
    )
    handed_over = document["variable"].get("database_password")
    assert handed_over is None or (handed_over["ephemeral"] and handed_over["sensitive"])


def test_a_generated_password_needs_no_quoting_anywhere() -> None:
    assert module("generated")["ephemeral"]["aws_secretsmanager_random_password"]["this"] == {
        "password_length": 32,
        "exclude_punctuation": True,
    }


@pytest.mark.parametrize(
    ("source", "password"),
    [
        ("generated", "ephemeral.aws_secretsmanager_random_password.this.random_password"),
        ("variable", "var.database_password"),
    ],
)
def test_the_secret_is_written_once_for_each_version(source: str, password: str) -> None:
    version = module(source)["resource"]["aws_secretsmanager_secret_version"]["this"]
    assert version == {
        "secret_id": "${aws_secretsmanager_secret.this.id}",
        "secret_string_wo": f'{{"username":${{jsonencode(var.username)}},"password":${{jsonencode({password})}}}}',
        "secret_string_wo_version": "${var.password_version}",
    }


@pytest.mark.parametrize("source", ["generated", "variable"])
def test_the_database_gets_what_the_secret_holds(source: str) -> None:
    document = module(source)
    assert document["ephemeral"]["aws_secretsmanager_secret_version"]["this"] == {
        "secret_id": "${aws_secretsmanager_secret_version.this.secret_id}",
        "version_id": "${aws_secretsmanager_secret_version.this.version_id}",
    }
    stored = "ephemeral.aws_secretsmanager_secret_version.this.secret_string"
    assert document["output"]["database_password"]["value"] == f"${{jsondecode({stored}).password}}"
    assert document["output"]["database_secret_arn"]["depends_on"] == ["aws_secretsmanager_secret_version.this"]


def test_the_operators_password_comes_through_the_root() -> None:
    inputs = plan(deployment(database={"password": SOURCES["variable"]})).inputs
    assert inputs["database_password"] == root.DATABASE_PASSWORD


@pytest.mark.parametrize(
    ("password", "accepted"),
    [
        ("correct-horse!#$%&'()*+,-.:;<=>?[]^_`{|}~", True),
        ("with/slash", False),
        ("with@at-sign", False),
        ('with"quote', False),
        ("with space", False),
        ("with\ttab", False),
        ("umlautä", False),
    ],
)
def test_a_password_that_rds_refuses_is_refused(password: str, accepted: bool) -> None:
    condition = module("variable")["variable"]["database_password"]["validation"][1]["condition"]
    pattern = re.search(r'regex\("(.*)", var', condition)
    assert pattern is not None
    assert bool(re.search(pattern[1], password)) is accepted


def test_an_existing_secret_is_only_read() -> None:
    document = module("secret")
    assert "resource" not in document
    assert document["output"]["database_secret_arn"]["value"] == "${var.secret_arn}"
    stored = "ephemeral.aws_secretsmanager_secret_version.this.secret_string"
    assert document["output"]["database_password"]["value"] == f"${{jsondecode({stored})[var.secret_key]}}"


def test_no_message_about_an_existing_secret_shows_what_is_in_it() -> None:
    lifecycle = module("secret")["ephemeral"]["aws_secretsmanager_secret_version"]["this"]["lifecycle"]
    assert "secret_string" not in lifecycle["postcondition"][0]["error_message"]


@pytest.mark.parametrize(("protected", "days"), [(True, 30), (False, 0)])
def test_the_name_is_free_again_where_the_deployment_is_to_be_rebuilt(protected: bool, days: int) -> None:
    inputs = plan(deployment(database={"deletion_protection": protected})).inputs
    assert inputs["recovery_window_in_days"] == days


def test_a_source_of_secret_names_one() -> None:
    (problem,) = found("secret-is-named", source="secret")
    assert problem.path == ("database", "password", "source")
    assert not found("secret-is-named", source="secret", secret_arn=SECRET)


def test_a_secret_without_effect_is_refused() -> None:
    arn, key = found("secret-is-used", source="variable", secret_arn=SECRET, secret_key="pw")
    assert arn.path == ("database", "password", "secret_arn")
    assert key.path == ("database", "password", "secret_key")
    assert not found("secret-is-used", source="secret", secret_arn=SECRET, secret_key="pw")


def test_a_secret_of_another_region_is_refused() -> None:
    (problem,) = found("secret-in-region", region="eu-west-2", source="secret", secret_arn=SECRET)
    assert problem.path == ("database", "password", "secret_arn")
    assert problem.hint is not None
    assert "regions.eu-west-2" in problem.hint


@pytest.mark.parametrize(
    ("ending", "refused"), [("-AbCdEf", False), ("", True), ("-AbCdE", True), ("-AbCdEfG", True), ("_AbCdEf", True)]
)
def test_an_arn_is_complete(ending: str, refused: bool) -> None:
    arn = f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:cap/database{ending}"
    assert bool(found("full-arn", source="secret", secret_arn=arn)) is refused


@pytest.mark.parametrize("password", SOURCES.values(), ids=SOURCES)
def test_what_plans_breaks_no_rule(password: dict[str, Any]) -> None:
    model = deployment(database={"password": password})
    assert not [problem for rule in RULES for problem in rule.check(model)]


@pytest.mark.slow
def test_terraform_accepts_every_source(terraform: Terraform, tmp_path: Path) -> None:
    plans = [plan(deployment(database={"password": password})) for password in SOURCES.values()]
    write_root(tmp_path, [(build(construct, planned), planned) for planned in plans])
    handed_over = {"variable": {"database_password": {"type": "string", "ephemeral": True, "sensitive": True}}}
    (tmp_path / "variables.tf.json").write_text(json.dumps(handed_over), encoding="utf-8")
    command = terraform.at(tmp_path)
    command.init().require()
    command.validate().require()


def test_a_primarys_secret_has_a_replica_in_each_region_that_it_is_told() -> None:
    planned = plan(region(PRIMARY))
    document = build(construct, planned)
    assert planned.shape == Shape(source="generated", replicated=True)
    assert not problems(document, planned)
    (replicas,) = document["resource"]["aws_secretsmanager_secret"]["this"]["dynamic"]["replica"]
    assert replicas["for_each"] == "${var.replica_key_arns}"
    assert replicas["content"] == {"region": "${replica.key}", "kms_key_id": "${replica.value}"}


def test_a_standby_reads_the_replica_of_its_own_region_and_owns_nothing() -> None:
    planned = plan(region(STANDBY))
    document = build(construct, planned)
    assert planned.inputs == {"secret_name": "cap-pair/database"}
    assert not problems(document, planned)
    assert "resource" not in document
    assert document["data"]["aws_secretsmanager_secret"]["replica"] == {"name": "${var.secret_name}"}
    assert document["output"]["database_secret_arn"]["value"] == "${data.aws_secretsmanager_secret.replica.arn}"
    assert document["output"]["database_password"]["ephemeral"] is True
