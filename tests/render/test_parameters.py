"""Values from --set: types, defaults, what is refused and how it is said."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from capgen.diagnostics import Diagnostic, Severity
from capgen.render import Blueprint, collect_parameters
from capgen.render.given import Given
from capgen.render.parameter_checks import MAX_BYTES, check_value
from tests.render.conftest import MakeBlueprint

VALID = {
    "StackName": "cap-production",
    "Region": "eu-west-1",
    "Image": "registry.example/cap:1",
    "VpcId": "vpc-0a1b2c3d4e5f60718",
    "SubnetIds": "subnet-0a1b2c3d4e5f60718, subnet-0f1e2d3c",
    "WebAccessCidr": "0.0.0.0/0",
    "ManagementCidr": "10.0.0.5/32",
}


def refused(blueprint: Blueprint, **changed: str) -> list[Diagnostic]:
    """Return the errors for the valid values with some changed."""
    collected = collect_parameters(blueprint, settings=[f"{name}={value}" for name, value in (VALID | changed).items()])
    assert collected.values is None
    assert all(diagnostic.location is None for diagnostic in collected.diagnostics)
    return list(collected.diagnostics)


def test_settings_are_coerced_and_defaults_filled_in_the_blueprints_order(cap_fullstack: Blueprint) -> None:
    collected = collect_parameters(cap_fullstack, settings=[f"{name}={value}" for name, value in VALID.items()])
    assert not collected.diagnostics
    assert collected.values is not None
    assert list(collected.values.items()) == [
        ("StackName", "cap-production"),
        ("Region", "eu-west-1"),
        ("Image", "registry.example/cap:1"),
        ("VpcId", "vpc-0a1b2c3d4e5f60718"),
        ("SubnetIds", ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c"]),
        ("WebAccessCidr", "0.0.0.0/0"),
        ("ManagementCidr", "10.0.0.5/32"),
        ("DatabaseAccessCidr", "127.0.0.1/32"),
        ("DBName", "aispark"),
        ("AgentName", "Agent"),
        ("Environment", "production"),
        ("WaiverOwner", "platform-engineering"),
        ("WaiverExpires", "2027-11-30"),
    ]


def test_settings_go_before_files_and_the_last_before_the_first(cap_fullstack: Blueprint) -> None:
    collected = collect_parameters(cap_fullstack, [cap_fullstack.example], ["DBName=first", "DBName=last"])
    assert collected.values is not None
    assert collected.values["DBName"] == "last"
    assert collected.values["AgentName"] == "Agent"


def test_all_that_is_missing_is_said_at_once(cap_fullstack: Blueprint) -> None:
    collected = collect_parameters(cap_fullstack)
    assert collected.values is None
    assert {diagnostic.path for diagnostic in collected.diagnostics} == cap_fullstack.required
    vpc = next(diagnostic for diagnostic in collected.diagnostics if diagnostic.path == "VpcId")
    assert vpc.message == "VpcId is missing"
    assert vpc.allowed == "ID of your VPC. For example vpc-0a1b2c3d4e5f60718."
    assert vpc.hint == "set it in a parameter file, or with --set VpcId=..."


@pytest.mark.parametrize(
    ("name", "hint"),
    [("VpcID", "VpcId"), ("VPCID", "VpcId"), ("SubnetId", "SubnetIds"), ("DbPassword", "DBPassword"), ("Zzz", None)],
)
def test_an_unknown_parameter_is_answered_with_the_nearest(
    cap_fullstack: Blueprint, name: str, hint: str | None
) -> None:
    (diagnostic,) = refused(cap_fullstack, **{name: "do-not-show"})
    assert diagnostic.rule == "parameter-known"
    assert diagnostic.value == f'"{name}"'
    assert diagnostic.hint == (f'did you mean "{hint}"?' if hint else None)
    assert "do-not-show" not in repr(diagnostic)


@pytest.mark.parametrize(
    ("name", "value", "rule", "message", "hint"),
    [
        ("VpcId", "vpc-x", "form", "VpcId does not have the right form", "for example vpc-0a1b2c3d4e5f60718"),
        ("VpcId", "", "form", "VpcId does not have the right form", "for example vpc-0a1b2c3d4e5f60718"),
        ("VpcId", "vpc-0a1b2c3d\n", "visible", "VpcId has a character that cannot be seen: U+000A", None),
        ("AgentName", "Agent\u202e", "visible", "AgentName has a character that cannot be seen: U+202E", None),
        ("AgentName", "Agent\udc80", "visible", "AgentName has a character that cannot be seen: U+DC80", None),
        ("SubnetIds", "subnet-0a1b2c3d", "count", "SubnetIds names too few values", None),
        ("SubnetIds", " ", "count", "SubnetIds names too few values", None),
        ("SubnetIds", "subnet-0a1b2c3d,x", "form", "SubnetIds[1] does not have the right form", None),
        ("SubnetIds", "subnet-0a1b2c3d,", "form", "SubnetIds[1] does not have the right form", None),
        ("SubnetIds", "subnet-0a1b2c3d,subnet-0a1b2c3d", "distinct", "SubnetIds[1] stands in the list twice", None),
        (
            "ManagementCidr",
            "10.0.0.5",
            "form",
            "ManagementCidr does not have the right form",
            "for example 10.0.0.5/32",
        ),
        ("ManagementCidr", "10.0.0.256/32", "range", "ManagementCidr is not an IPv4 range", "for example 10.0.0.5/32"),
        ("ManagementCidr", "10.0.0.0/33", "range", "ManagementCidr is not an IPv4 range", "for example 10.0.0.5/32"),
        ("ManagementCidr", "010.0.0.0/8", "range", "ManagementCidr is not an IPv4 range", "for example 10.0.0.5/32"),
        (
            "ManagementCidr",
            "10.0.0.5/8",
            "host-bits",
            "ManagementCidr has bits set beyond its prefix length",
            'write "10.0.0.0/8" for the range, or "10.0.0.5/32" for the one address',
        ),
        (
            "WebAccessCidr",
            "127.0.0.1/32",
            "loopback",
            "WebAccessCidr is a loopback range: no connection ever comes from it",
            "for example 0.0.0.0/0",
        ),
        (
            "DatabaseAccessCidr",
            "127.0.0.0/8",
            "loopback",
            "DatabaseAccessCidr is a loopback range: no connection ever comes from it",
            "write 127.0.0.1/32 for no access",
        ),
    ],
)
def test_a_wrong_value_is_refused(
    cap_fullstack: Blueprint, name: str, value: str, rule: str, message: str, hint: str | None
) -> None:
    (diagnostic,) = refused(cap_fullstack, **{name: value})
    assert diagnostic.rule == f"parameter-{rule}"
    assert diagnostic.message == message
    assert hint in {None, diagnostic.hint}


def test_a_form_is_described_in_words_not_as_a_pattern(cap_fullstack: Blueprint) -> None:
    (diagnostic,) = refused(cap_fullstack, VpcId="vpc-x")
    assert diagnostic.allowed == "vpc- and 8 or 17 hexadecimal digits"
    assert diagnostic.value == '"vpc-x"'


def test_a_huge_value_is_refused_and_not_repeated(cap_fullstack: Blueprint) -> None:
    (diagnostic,) = refused(cap_fullstack, DBName="a" * 300_000)
    assert diagnostic.message == "DBName is too long: 300000 characters, and a value has at most 4096 bytes"
    assert len(repr(diagnostic)) < 1000


def test_every_problem_is_said_at_once(cap_fullstack: Blueprint) -> None:
    found = refused(cap_fullstack, VpcId="x", SubnetIds="y,z", ManagementCidr="10.0.0.1/8", Nonsense="1")
    assert [diagnostic.path for diagnostic in found if diagnostic.path] == [
        "SubnetIds[0]", "SubnetIds[1]", "VpcId", "ManagementCidr",
    ]  # fmt: skip
    assert len(found) == 5


@pytest.mark.parametrize("setting", ["DBPassword:hunter2", "=hunter2", "hunter2", ""])
def test_a_setting_without_a_name_is_counted_and_not_echoed(cap_fullstack: Blueprint, setting: str) -> None:
    collected = collect_parameters(cap_fullstack, [cap_fullstack.example], ["DBName=a", setting])
    (diagnostic,) = collected.diagnostics
    assert collected.values is None
    assert diagnostic.message == "number 2 of the --set options does not have the form NAME=VALUE"
    assert "hunter2" not in repr(collected)


def test_a_secret_is_refused_from_the_command_line(cap_fullstack: Blueprint) -> None:
    collected = collect_parameters(cap_fullstack, [cap_fullstack.example], ["DBPassword=hunter2hunter2"])
    (diagnostic,) = collected.diagnostics
    assert collected.values is None
    assert diagnostic.rule == "parameter-secret"
    assert diagnostic.severity is Severity.ERROR
    assert "TF_VAR_database_password" in str(diagnostic.hint)
    assert "database.password.source" in str(diagnostic.hint)
    assert "hunter2" not in repr(collected)


def test_numbers_truth_values_and_choices(make_blueprint: MakeBlueprint) -> None:
    blueprint = make_blueprint(
        "", {"Count": {"type": "integer"}, "On": {"type": "boolean"}, "Size": {"type": "string", "enum": ["small"]}}
    )
    assert collect_parameters(blueprint, settings=["Count=-3", "On=false", "Size=small"]).values == {
        "Count": -3, "On": False, "Size": "small",
    }  # fmt: skip
    wrong = collect_parameters(blueprint, settings=["Count=3.5", "On=no", "Size=smal"]).diagnostics
    assert [(diagnostic.message, diagnostic.allowed, diagnostic.hint) for diagnostic in wrong] == [
        ("Size is not one of the values allowed", "small", 'did you mean "small"?'),
        ("Count has the wrong type", "a whole number", None),
        ("On has the wrong type", "true or false", None),
    ]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)


@given(
    value=ANYTHING | st.sampled_from(["vpc-0a1b2c3d", "10.0.0.0/8", ["subnet-0a1b2c3d", "subnet-0a1b2c3e"], "aispark"])
)
@settings(deadline=None, max_examples=200)
def test_what_is_accepted_conforms_to_the_schema(cap_fullstack: Blueprint, value: Any) -> None:
    for name, schema in cap_fullstack.parameters.items():
        accepted = not check_value(Given(name=name, value=value, source="set"), value, schema)
        assert not accepted or Draft202012Validator(schema).is_valid(value)


def test_a_keyword_that_is_not_known_here_refuses_every_value() -> None:
    one = Given(name="A", value="x", source="set")
    (diagnostic,) = check_value(one, "x", {"type": "string", "not": {}})
    assert diagnostic.rule == "parameter-form"


def test_examples_in_the_schema_are_accepted(cap_fullstack: Blueprint) -> None:
    for name, schema in cap_fullstack.parameters.items():
        for example in [*schema.get("examples", []), *([schema["default"]] if "default" in schema else [])]:
            assert not check_value(Given(name=name, value=example, source="set"), example, schema)
            assert len(json.dumps(example)) < MAX_BYTES
