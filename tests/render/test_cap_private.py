"""The blueprint of a private deployment: golden spec, options that work, and documents that agree with the schema."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from capgen.load import load_text
from capgen.model.build import build_model
from capgen.render import Blueprint, collect_parameters, find_blueprint
from capgen.rules.run import check_rules
from tests.render.test_cap_fullstack import (
    DEPLOYMENT,
    default_text,
    example_cell,
    loaded,
    rendered,
    violations,
    with_options_on,
)

GOLDEN = Path(__file__).parent / "golden" / "cap-private.yaml"
MARKETPLACE = "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:1.0.0"


@pytest.fixture(scope="module")
def cap_private() -> Blueprint:
    blueprint, diagnostics = find_blueprint("cap-private")
    assert blueprint is not None
    assert not diagnostics
    return blueprint


def found(text: str) -> list[str]:
    """Return the ids of the rules that a spec breaks."""
    document, diagnostics = load_text(text, "spec.yaml")
    assert document is not None, diagnostics
    model, missing = build_model(document)
    return [each.rule for each in (missing if model is None else check_rules(model))]


def test_the_example(cap_private: Blueprint, golden: Callable[[Path, str], None]) -> None:
    text = rendered(cap_private)
    golden(GOLDEN, text)
    assert not violations(loaded(text))
    assert not found(text)


def test_an_image_from_elsewhere_needs_nat(cap_private: Blueprint) -> None:
    assert "network-vpc-endpoints" in found(rendered(cap_private, f"Image={MARKETPLACE}"))
    assert not found(rendered(cap_private, f"Image={MARKETPLACE}", "NatGateways=single"))


def test_every_option_works_when_it_is_uncommented(cap_private: Blueprint) -> None:
    text = with_options_on(rendered(cap_private))
    assert not violations(loaded(text))
    data = loaded(text)
    assert data["access"]["egress"][0]["port"] == 443
    assert data["state"]["backend"] == "s3"
    assert not found(text)


def test_there_is_no_key_and_no_public_address(cap_private: Blueprint) -> None:
    data = loaded(rendered(cap_private))
    assert data["identity"]["deploy_user"] == "role"
    assert data["load_balancer"]["internal"] is True
    network = data["regions"]["eu-west-1"]["network"]
    assert network["vpc"]["nat_gateways"] == "none"
    assert "assign_public_ip" not in network


def test_no_waiver_is_about_the_network_and_each_is_justified_once(cap_private: Blueprint) -> None:
    waivers = loaded(rendered(cap_private))["policy"]["waivers"]
    assert not [each for each in waivers if each["resource"].startswith(("module.network", "module.security"))]
    assert len({(each["check"], each["resource"]) for each in waivers}) == len(waivers)
    assert all(each["reason"].endswith(".") for each in waivers)


@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        ("VpcCidr=10.20.0.1/16", "parameter-host-bits"),
        ("AvailabilityZones=eu-west-1a", "parameter-count"),
        ("AvailabilityZones=eu-west-1a,eu-west-1", "parameter-form"),
        ("NatGateways=two", "parameter-choice"),
        ("WebCidrs=company", "parameter-form"),
        ("ConsoleRoleArn=cap-console", "parameter-form"),
    ],
)
def test_what_is_wrong_is_refused(cap_private: Blueprint, setting: str, rule: str) -> None:
    collected = collect_parameters(cap_private, [cap_private.example], [setting])
    assert collected.values is None
    assert [each.rule for each in collected.diagnostics] == [rule]


def test_lines_fit_a_review(cap_private: Blueprint) -> None:
    assert max(map(len, rendered(cap_private).splitlines())) <= 120


def test_patterns_are_those_of_the_deployment_schema(cap_private: Blueprint) -> None:
    schema = json.loads((cap_private.folder / "parameters.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    known = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(DEPLOYMENT)))
    for name, parameter in cap_private.parameters.items():
        text = parameter.get("items", parameter)
        assert "enum" in text or json.dumps(text["pattern"]) in known, name


def test_the_readme_agrees_with_the_schema(cap_private: Blueprint) -> None:
    readme = (cap_private.folder / "README.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in readme.splitlines() if line[:3] == "| `"]
    data: Any = loaded(rendered(cap_private))
    assert [row[0].strip("`") for row in rows] == list(cap_private.parameters)
    for name, default, example, place, description in rows:
        parameter = cap_private.parameters[name.strip("`")]
        assert (default, example) == (default_text(cap_private, name.strip("`")), example_cell(parameter))
        assert description == parameter["description"]
        here = data
        for key in place.strip("`").replace("<Region>", "eu-west-1").replace("[]", ".0").split("."):
            here = here[int(key) if isinstance(here, list) else key]
