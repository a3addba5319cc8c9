"""What is wrong with a blueprint is said at its line, all at once, and never raised."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from capgen.blueprints.skeleton_files import SKELETON
from capgen.diagnostics import Diagnostic
from capgen.render import blueprints, read_blueprint
from capgen.resources import table

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SKELETON, tmp_path / "team-web"))


def refused(folder: Path) -> list[Diagnostic]:
    blueprint, diagnostics = read_blueprint(folder)
    assert blueprint is None
    assert diagnostics
    return diagnostics


def test_every_blueprint_of_ours_conforms_to_the_schemas() -> None:
    for blueprint in blueprints():
        Draft202012Validator(table("blueprint_parameters.schema.json")).validate(dict(blueprint.schema))
    for name in ("blueprint.schema.json", "blueprint_parameters.schema.json"):
        Draft202012Validator.check_schema(table(name))


def test_what_the_schema_of_parameters_allows_is_json_schema_too() -> None:
    allowed = table("blueprint_parameters.schema.json")["$defs"]["parameter"]["properties"]
    annotations = {"title", "description", "default", "examples", "writeOnly", "format"}
    assert set(allowed) <= {*Draft202012Validator.VALIDATORS, *annotations}


@pytest.mark.parametrize("part", ["blueprint.yaml", "parameters.schema.json", "spec.yaml.j2"])
def test_a_missing_file_is_named(folder: Path, part: str) -> None:
    (folder / part).unlink()
    (diagnostic,) = refused(folder)
    assert diagnostic.message == f"{folder / part} is missing"


@pytest.mark.parametrize("part", ["blueprint.yaml", "parameters.schema.json", "spec.yaml.j2"])
def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path, part: str) -> None:
    (tmp_path / "secret").write_text("hunter2")
    (folder / part).unlink()
    (folder / part).symlink_to(tmp_path / "secret")
    (diagnostic,) = refused(folder)
    assert "leads out of the blueprint's folder" in diagnostic.message


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("name: team-web\ntitle: T\ndescription: d\nowner: me\n", "schema-unknown-key", 4),
        ("name: team-web\ntitle: T\n", "schema-required", 1),
        ("name: Team Web\ntitle: T\ndescription: d\n", "schema-pattern", 1),
        ("title: T\ndescription: d\nname: other\n", "blueprint-name", 3),
        ("name: team-web\ntitle: [T]\ndescription: d\n", "schema-type", 2),
        ("name: [\n", "load-yaml-syntax", 2),
        ("", "load-empty", 1),
        ("- name\n", "schema-type", 1),
    ],
)
def test_a_wrong_description_has_its_line(folder: Path, text: str, rule: str, line: int) -> None:
    (folder / "blueprint.yaml").write_text(text)
    (diagnostic,) = refused(folder)
    assert diagnostic.location is not None
    assert (diagnostic.rule, diagnostic.location.line) == (rule, line)
    assert diagnostic.location.file == str(folder / "blueprint.yaml")


def parameter(schema: dict[str, Any], name: str = "Name") -> dict[str, Any]:
    found: dict[str, Any] = schema["properties"][name]
    return found


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda schema: parameter(schema).update(oneOf=[]), "schema-unknown-key"),
        (lambda schema: parameter(schema).update(type="number"), "schema-enum"),
        (lambda schema: parameter(schema).pop("description"), "schema-required"),
        (lambda schema: parameter(schema).pop("examples"), "blueprint-parameter-example"),
        (lambda schema: parameter(schema).update(examples=["Not Lower"]), "parameter-form"),
        (lambda schema: parameter(schema).update(pattern="^[a-z"), "schema-pattern"),
        (lambda schema: parameter(schema).update(pattern="^[a-z$"), "blueprint-parameter-pattern"),
        (lambda schema: parameter(schema).update(pattern="[a-z]+"), "blueprint-parameter-pattern"),
        (lambda schema: parameter(schema).update(minimum=1), "blueprint-parameter-keyword"),
        (lambda schema: parameter(schema).update(default="shop"), "blueprint-parameter-value"),
        (lambda schema: parameter(schema).update(writeOnly=True), "blueprint-parameter-value"),
        (lambda schema: schema["required"].remove("Name"), "blueprint-parameter-value"),
        (lambda schema: schema["required"].append("Nmae"), "blueprint-parameter-required"),
        (lambda schema: parameter(schema, "SubnetIds").pop("items"), "blueprint-parameter-items"),
        (lambda schema: parameter(schema, "SessionSeconds").update(default="many"), "parameter-type"),
        (lambda schema: parameter(schema, "SessionSeconds").update(default=-1), "parameter-form"),
        (lambda schema: schema["properties"].update({"a-b": parameter(schema)}), "schema-key-name"),
        (lambda schema: schema["properties"].update(loop={**parameter(schema, "SessionSeconds")}),
         "blueprint-parameter-word"),
        (lambda schema: schema.update(additionalProperties=True), "schema-enum"),
        (lambda schema: schema.update(properties={}), "schema-min-properties"),
    ],
)  # fmt: skip
def test_a_wrong_schema_of_parameters_has_its_line(folder: Path, change: Change, rule: str) -> None:
    path = folder / "parameters.schema.json"
    schema = json.loads(path.read_text())
    change(schema)
    path.write_text(json.dumps(schema, indent=2))
    found = refused(folder)
    if rule == "schema-pattern":  # a pattern that is cut off has no end to look for
        rule = "blueprint-parameter-pattern"
    assert [each.rule for each in found] == [rule]
    assert all(each.location is not None and each.location.file == str(path) for each in found)


def test_all_problems_are_said_at_once(folder: Path) -> None:
    (folder / "blueprint.yaml").write_text("name: other\ntitle: T\ndescription: d\n")
    path = folder / "parameters.schema.json"
    path.write_text(path.read_text().replace('"examples": ["staging"]', '"examples": ["stagin"]'))
    assert {each.rule for each in refused(folder)} == {"blueprint-name", "parameter-choice"}


@given(text=st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_no_text_makes_it_raise(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "team-web"
    if not folder.exists():
        shutil.copytree(SKELETON, folder)
    for part in ("blueprint.yaml", "parameters.schema.json"):
        before = (folder / part).read_bytes()
        (folder / part).write_bytes(text.encode("utf-8", "replace"))
        read_blueprint(folder)
        (folder / part).write_bytes(before)
