"""The quick check says yes exactly where jsonschema finds nothing."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capgen.load import load_file
from capgen.validate.conformance import conforms
from capgen.validate.field import DEPLOYMENT
from capgen.validate.schema import validator

SCHEMA = DEPLOYMENT.root
SPECS = sorted((Path(__file__).parent.parent / "specs").glob("*/*.yaml"))


def load(path: Path) -> Any:
    document, _ = load_file(path)
    return document.data if document else None


BASES = [load(path) for path in SPECS if path.parent.name == "valid"]
ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 70_000),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-10, max_value=70_000),
    st.sampled_from(
        ["", "a", "capgen/v1", "production", "cap\n", "10.0.0.0/8", "ARM64", "1024", "eu-west-1", "x" * 300]
    ),
    st.just([]),
    st.just({}),
    st.sampled_from([["a", "a"], [1, 1.0], [{"a": 1}, {"a": 1}], {"eu-west-1": {}}, {"a": "b"}]),
)


def containers(value: Any) -> list[Any]:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    inner = [each for member in members for each in containers(member)]
    return [value, *inner] if isinstance(value, dict | list) and value else inner


@st.composite
def damaged_specs(draw: st.DrawFn) -> Any:
    """A valid spec with a few values replaced, removed or added."""
    spec = copy.deepcopy(draw(st.sampled_from(BASES)))
    for _ in range(draw(st.integers(0, 3))):
        container = draw(st.sampled_from(containers(spec) or [spec]))
        key = draw(st.sampled_from(sorted(container))) if isinstance(container, dict) else len(container) - 1
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "replace":
                container[key] = copy.deepcopy(draw(ODD_VALUES))
            case "remove":
                del container[key]
            case _ if isinstance(container, dict):
                container[draw(st.sampled_from(["extra", "cpu", "US-EAST", "aws:x", "A_B"]))] = copy.deepcopy(
                    draw(ODD_VALUES)
                )
            case _:
                container.append(copy.deepcopy(draw(st.sampled_from([container[0], None, "extra"]))))
        if not spec:
            break
    return spec


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_it_agrees_with_jsonschema_on_every_spec(path: Path) -> None:
    data = load(path)
    assert conforms(data, SCHEMA, SCHEMA) == validator(DEPLOYMENT).is_valid(data)


@given(damaged_specs())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_it_agrees_with_jsonschema_on_damaged_specs(data: Any) -> None:
    assert conforms(data, SCHEMA, SCHEMA) == validator(DEPLOYMENT).is_valid(data)


@pytest.mark.parametrize("keyword", ["anyOf", "not", "format", "contains", "dependentRequired"])
def test_a_keyword_that_it_does_not_know_is_left_to_jsonschema(keyword: str) -> None:
    assert not conforms({}, {keyword: {}}, SCHEMA)


def test_a_reference_that_leads_nowhere_is_left_to_jsonschema() -> None:
    assert not conforms({}, {"$ref": "#/$defs/nothing"}, SCHEMA)
