import json
from pathlib import Path

import pytest

from capgen.diagnostics import Diagnostic, Location
from capgen.evaluate.flatten import Flattened, flatten
from capgen.evaluate.tree import Tree
from tests.trees.edit import edit_json, line_of


def read(deployment: Path) -> tuple[Flattened, list[Diagnostic]]:
    tree = Tree(base=deployment, boundary=deployment)
    return flatten(tree.directory(deployment / "eu-west-1"), tree), tree.diagnostics


def rules(deployment: Path) -> list[tuple[str, str]]:
    return [(d.rule, f"{d.location.file}:{d.location.line}") for d in read(deployment)[1] if d.location]


def test_a_sound_tree_has_nothing_to_say(small: Path, rich: Path) -> None:
    assert read(small)[1] == []
    assert read(rich)[1] == []


def test_a_file_that_is_not_json_is_an_error(small_copy: Path) -> None:
    (small_copy / "modules/network/outputs.tf.json").write_text('{\n  "output": {,\n')
    assert ("scan-parse", "modules/network/outputs.tf.json:2") in rules(small_copy)


def test_a_key_that_stands_twice_is_an_error(small_copy: Path) -> None:
    (small_copy / "modules/network/more.tf.json").write_text('{"locals": {"a": 1, "a": 2}}')
    assert rules(small_copy) == [("scan-parse", "modules/network/more.tf.json:1")]


@pytest.mark.parametrize("name", ["extra.tf", "extra.tofu", "extra.tofu.json", "override.tf"])
@pytest.mark.parametrize("folder", ["eu-west-1", "modules/storage"])
def test_files_that_would_not_be_seen_are_errors(small_copy: Path, folder: str, name: str) -> None:
    (small_copy / folder / name).write_text('resource "aws_s3_bucket" "open" {}\n')
    assert rules(small_copy) == [("scan-hcl", f"{folder}/{name}:1")]


def test_hidden_files_and_other_files_are_not_terraforms(small_copy: Path) -> None:
    for name in (".main.tf", "RUNBOOK.md", "terraform.tfstate", ".terraform.lock.hcl", "tests.tftest.hcl"):
        (small_copy / "eu-west-1" / name).write_text("x")
    assert rules(small_copy) == []


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("../../elsewhere", "lies outside the deployment"),
        ("../modules/absent", "does not exist"),
        ("terraform-aws-modules/vpc/aws", "is not a local directory"),
        ("git::https://example.com/vpc.git", "is not a local directory"),
        ("/etc", "is not a local directory"),
        (None, "is not a local directory"),
    ],
)
def test_a_module_from_elsewhere_is_an_error(small_copy: Path, source: str | None, problem: str) -> None:
    (small_copy.parent / "elsewhere").mkdir()
    edit_json(small_copy / "eu-west-1/main.tf.json", "module/storage/source", source)
    (diagnostic,) = read(small_copy)[1]
    assert diagnostic.rule == "scan-module-source"
    assert diagnostic.message == f"module storage {problem}, so nothing was judged"
    main = "eu-west-1/main.tf.json"
    assert diagnostic.location == Location(main, line_of(small_copy / main, '"storage": {', '"source"'), 1)


def test_a_link_out_of_the_deployment_is_an_error(small_copy: Path) -> None:
    outside = small_copy.parent / "outside"
    (small_copy / "modules/storage").rename(outside)
    (small_copy / "modules/storage").symlink_to(outside)
    assert [rule for rule, _ in rules(small_copy)] == ["scan-module-source"]


@pytest.mark.parametrize("type", ["moved", "import", "removed", "check", "resources"])
def test_block_types_that_are_not_read_are_errors(small_copy: Path, type: str) -> None:
    (small_copy / "eu-west-1/more.tf.json").write_text(json.dumps({type: [{}]}))
    assert rules(small_copy) == [("scan-block", "eu-west-1/more.tf.json:1")]


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"resource": [{"aws_vpc": {}}]},
        {"resource": {"aws_vpc": []}},
        {"resource": {"aws_vpc": {"a": [{}]}}},
        {"module": 1},
    ],
)
def test_shapes_that_capgen_does_not_write_are_errors(small_copy: Path, document: object) -> None:
    (small_copy / "eu-west-1/more.tf.json").write_text(json.dumps(document))
    assert rules(small_copy) == [("scan-shape", "eu-west-1/more.tf.json:1")]


def test_a_block_that_is_declared_twice_is_an_error(small_copy: Path) -> None:
    (small_copy / "modules/network/more.tf.json").write_text(json.dumps({"resource": {"aws_vpc": {"this": {}}}}))
    assert rules(small_copy) == [("scan-duplicate", "modules/network/more.tf.json:1")]


@pytest.mark.parametrize("meta", ["count", "for_each"])
def test_a_repeated_module_is_an_error(small_copy: Path, meta: str) -> None:
    edit_json(small_copy / "eu-west-1/main.tf.json", f"module/storage/{meta}", 2)
    assert [rule for rule, _ in rules(small_copy)] == ["scan-module-repeat"]


def test_a_module_that_calls_itself_is_an_error(small_copy: Path) -> None:
    (small_copy / "modules/storage/more.tf.json").write_text(json.dumps({"module": {"me": {"source": "../storage"}}}))
    assert "scan-module-cycle" in [rule for rule, _ in rules(small_copy)]


def test_an_empty_module_is_an_error(small_copy: Path) -> None:
    (small_copy / "modules/empty").mkdir()
    edit_json(small_copy / "eu-west-1/main.tf.json", "module/empty", {"source": "../modules/empty"})
    assert rules(small_copy) == [("scan-empty", "modules/empty:1")]


def test_an_override_file_changes_what_is_judged(small_copy: Path) -> None:
    override = {"resource": {"aws_s3_bucket": {"this": {"bucket": "other", "force_destroy": True}}}}
    (small_copy / "modules/storage/z_override.tf.json").write_text(json.dumps(override, indent=2))
    flattened, diagnostics = read(small_copy)
    assert diagnostics == []
    bucket = flattened.resources["aws_s3_bucket", "storage__this"]
    assert (bucket["bucket"], bucket["force_destroy"]) == ("other", True)
    assert "tags" in bucket
    origin = flattened.origins["aws_s3_bucket.storage__this"]
    assert origin.attributes["force_destroy"].file == "modules/storage/z_override.tf.json"


@pytest.mark.parametrize("base", [{"region": "eu-west-1"}, [{"region": "eu-west-1"}]])
@pytest.mark.parametrize("override", [{"max_retries": 5}, [{"max_retries": 5}]])
def test_an_override_of_a_provider_is_of_the_one_with_its_alias(
    small_copy: Path, base: object, override: object
) -> None:
    (small_copy / "eu-west-1/providers.tf.json").write_text(json.dumps({"provider": {"aws": base}}))
    (small_copy / "eu-west-1/other.tf.json").write_text('{"provider": {"aws": {"alias": "us", "region": "us-east-1"}}}')
    (small_copy / "eu-west-1/override.tf.json").write_text(json.dumps({"provider": {"aws": override}}))
    flattened, diagnostics = read(small_copy)
    assert diagnostics == []
    found = {body.get("alias"): dict(body) for _, body in flattened.providers}
    assert found == {None: {"region": "eu-west-1", "max_retries": 5}, "us": {"alias": "us", "region": "us-east-1"}}


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("z.tf.json", '{"region": "us-east-1"}', "scan-duplicate"),
        ("override.tf.json", '{"alias": "us"}', "scan-override"),
        ("z.tf.json", '["us-east-1"]', "scan-shape"),
    ],
)
def test_a_provider_that_cannot_be_one_is_an_error(small_copy: Path, name: str, text: str, rule: str) -> None:
    (small_copy / "eu-west-1/providers.tf.json").write_text('{"provider": {"aws": {"region": "eu-west-1"}}}')
    (small_copy / "eu-west-1" / name).write_text('{"provider": {"aws": ' + text + "}}")
    assert rules(small_copy) == [(rule, f"eu-west-1/{name}:1")]


def test_an_override_of_nothing_is_an_error(small_copy: Path) -> None:
    (small_copy / "modules/storage/override.tf.json").write_text('{"resource": {"aws_s3_bucket": {"absent": {}}}}')
    assert rules(small_copy) == [("scan-override", "modules/storage/override.tf.json:1")]
