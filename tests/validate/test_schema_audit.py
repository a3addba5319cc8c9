"""What the schemas of what people write must have, everywhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from capgen.load import Document, load_file
from capgen.validate.conformance import _ANNOTATIONS, _CHECKS
from capgen.validate.field import DEPLOYMENT, WAIVERS, Schema, declared_keys
from capgen.validate.forms import FORMS
from capgen.validate.schema import validator
from capgen.validate.translate import _TRANSLATORS

SCHEMA = DEPLOYMENT.root
APPLICATORS = {"$ref", "items", "properties", "additionalProperties", "propertyNames"}
EVERY_FIELD = Path(__file__).parent.parent / "specs" / "valid" / "every_field.yaml"


def subschemas(schema: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield path, schema
    for keyword in ("properties", "$defs"):
        for name, child in schema.get(keyword, {}).items():
            yield from subschemas(child, f"{path}/{keyword}/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(keyword), dict):
            yield from subschemas(schema[keyword], f"{path}/{keyword}")


ALL = {path: part for schema in (DEPLOYMENT, WAIVERS) for path, part in subschemas(schema.root, f"{schema.name}#")}
FIELDS = {
    path: DEPLOYMENT.resolved(schema) for path, schema in ALL.items() if re.search(r"/(properties|\$defs)/[^/]+$", path)
}


@pytest.mark.parametrize("schema", [DEPLOYMENT, WAIVERS], ids=lambda schema: schema.name)
def test_it_is_a_json_schema(schema: Schema) -> None:
    Draft202012Validator.check_schema(schema.root)


@pytest.mark.parametrize("path", FIELDS)
def test_a_field_has_a_description_and_examples(path: str) -> None:
    field = FIELDS[path]
    assert field["description"].endswith(".")
    assert field["examples"]


@pytest.mark.parametrize("path", [path for path in ALL if {"examples", "default"} & ALL[path].keys()])
def test_examples_and_default_are_valid(path: str) -> None:
    own = validator(DEPLOYMENT).evolve(schema={**ALL[path], "$defs": SCHEMA["$defs"]})
    examples = [*ALL[path].get("examples", []), *([ALL[path]["default"]] if "default" in ALL[path] else [])]
    assert [list(own.iter_errors(each)) for each in examples if not own.is_valid(each)] == []


@pytest.mark.parametrize("path", [path for path in ALL if ALL[path].get("type") == "object"])
def test_an_object_says_which_other_keys_it_takes(path: str) -> None:
    assert "additionalProperties" in ALL[path]
    assert ALL[path]["additionalProperties"] is not True


def test_the_keywords_in_use_are_all_translated_and_known_to_the_quick_check() -> None:
    keywords = {keyword for schema in ALL.values() for keyword in schema}
    assert keywords - _ANNOTATIONS - APPLICATORS <= _TRANSLATORS.keys()
    assert keywords - _ANNOTATIONS - APPLICATORS <= _CHECKS.keys()


def test_a_key_is_restricted_only_by_a_pattern() -> None:
    assert all(ALL[path].keys() == {"pattern"} for path in ALL if path.endswith("/propertyNames"))


def test_every_pattern_is_put_into_words_and_no_other() -> None:
    assert {schema["pattern"] for schema in ALL.values() if "pattern" in schema} == FORMS.keys()


@pytest.mark.parametrize("pattern", FORMS)
def test_a_pattern_covers_the_whole_text(pattern: str) -> None:
    assert pattern.startswith("^")
    assert pattern.endswith("$")


def test_a_region_overrides_every_section_but_those_of_the_whole_spec() -> None:
    top, region = declared_keys(SCHEMA), declared_keys(SCHEMA["$defs"]["region"])
    assert top.keys() - region.keys() == {
        "api_version", "extends", "name", "environment", "regions", "disaster_recovery",
    }  # fmt: skip
    assert [key for key in region if region[key] != top.get(key)] == []


def test_a_shared_waiver_has_the_fields_of_a_waiver_in_a_spec_and_its_scope() -> None:
    own = SCHEMA["$defs"]["policy"]["properties"]["waivers"]["items"]
    shared = WAIVERS.root["properties"]["waivers"]["items"]
    scope = {key: shared["properties"][key] for key in ("deployments", "regions")}
    assert shared["properties"] == {**own["properties"], **scope}
    assert shared["required"] == own["required"]


def test_the_spec_with_every_field_has_every_field() -> None:
    document, _ = load_file(EVERY_FIELD)
    assert isinstance(document, Document)
    assert [
        path for path in missing(document.data, SCHEMA, "") if path not in (".network.vpc", ".disaster_recovery")
    ] == []


def test_a_pair_with_every_field_has_every_field() -> None:
    document, _ = load_file(EVERY_FIELD.with_name("standby.yaml"))
    assert isinstance(document, Document)
    section = SCHEMA["$defs"]["disaster_recovery"]
    assert list(missing(document.data["disaster_recovery"], section, ".disaster_recovery")) == []


def test_the_spec_of_the_networks_other_form_has_every_field_of_it() -> None:
    document, _ = load_file(EVERY_FIELD.with_name("new_vpc.yaml"))
    assert isinstance(document, Document)
    vpc = SCHEMA["$defs"]["network"]["properties"]["vpc"]
    regional = document.data["regions"]["us-east-1"]["network"]["vpc"]
    assert list(missing(document.data["network"]["vpc"] | regional, vpc, ".network.vpc")) == []


def missing(value: Any, schema: Any, path: str) -> Iterator[str]:
    for key, child in declared_keys(schema).items():
        if path == ".regions":
            return
        if key not in value:
            yield f"{path}.{key}"
        else:
            yield from missing(value[key], DEPLOYMENT.resolved(child), f"{path}.{key}")
