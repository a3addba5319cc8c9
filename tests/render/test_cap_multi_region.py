"""The blueprint of two regions: golden spec, options that work, and documents that agree with the schema."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from capgen.render import Blueprint, collect_parameters, find_blueprint, render_spec
from tests.render.test_cap_fullstack import (
    DEPLOYMENT,
    default_text,
    example_cell,
    loaded,
    rendered,
    violations,
    with_options_on,
)
from tests.render.test_cap_private import found

GOLDEN = Path(__file__).parent / "golden" / "cap-multi-region.yaml"


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    blueprint, diagnostics = find_blueprint("cap-multi-region")
    assert blueprint is not None
    assert not diagnostics
    return blueprint


def test_the_example(blueprint: Blueprint, golden: Callable[[Path, str], None]) -> None:
    text = rendered(blueprint)
    golden(GOLDEN, text)
    assert not violations(loaded(text))
    assert not found(text)


def test_one_region_serves_and_one_stands_by(blueprint: Blueprint) -> None:
    data = loaded(rendered(blueprint))
    assert list(data["regions"]) == ["eu-west-1", "eu-central-1"]
    assert data["disaster_recovery"]["primary_region"] == "eu-west-1"
    assert data["regions"]["eu-central-1"]["scaling"] == {"desired_count": 0}
    assert (data["scaling"]["desired_count"], data["dns"]["routing"]) == (1, "failover")
    for region, settings in data["regions"].items():
        assert f":acm:{region}:" in settings["load_balancer"]["certificate_arn"]


def test_every_option_works_when_it_is_uncommented(blueprint: Blueprint) -> None:
    text = with_options_on(rendered(blueprint))
    assert not violations(loaded(text))
    assert loaded(text)["disaster_recovery"]["promoted"] is True
    assert set(found(text)) == {"recovery-standby-rests", "recovery-old-primary-rests"}  # it was promoted, and no more


def test_one_region_given_twice_is_refused(blueprint: Blueprint) -> None:
    collected = collect_parameters(blueprint, [blueprint.example], ["StandbyRegion=eu-west-1"])
    assert collected.values is not None
    _, diagnostics = render_spec(blueprint, collected.values)
    assert [each.rule for each in diagnostics] == ["load-duplicate-key"]


def test_open_web_access_is_waived_only_where_it_is_asked_for(blueprint: Blueprint) -> None:
    def checks(text: str) -> set[str]:
        return {waiver["check"] for waiver in loaded(text)["policy"]["waivers"]}

    assert "CKV_AWS_260" in checks(rendered(blueprint))
    closed = rendered(blueprint, "WebAccessCidr=198.51.100.0/24")
    assert "CKV_AWS_260" not in checks(closed)
    assert found(closed) == ["dns-checkers-let-in"]


def test_every_waiver_is_justified_once(blueprint: Blueprint) -> None:
    waivers = loaded(rendered(blueprint))["policy"]["waivers"]
    assert len({(each["check"], each["resource"]) for each in waivers}) == len(waivers) == 7
    assert all(each["reason"].endswith(".") for each in waivers)
    assert not [each for each in waivers if "replication" in each["resource"]]


def test_lines_fit_a_review(blueprint: Blueprint) -> None:
    assert max(map(len, rendered(blueprint).splitlines())) <= 120


def test_patterns_are_those_of_the_deployment_schema(blueprint: Blueprint) -> None:
    known = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(DEPLOYMENT)))
    for name, parameter in blueprint.parameters.items():
        text = parameter.get("items", parameter)
        assert "enum" in text or json.dumps(text["pattern"]) in known, name


def test_the_schema_describes_the_parameters(blueprint: Blueprint) -> None:
    Draft202012Validator.check_schema(dict(blueprint.schema))
    assert not blueprint.secrets
    for name, parameter in blueprint.parameters.items():
        assert parameter["description"].endswith(".")
        assert (name in blueprint.required) is ("default" not in parameter)


def test_the_readme_agrees_with_the_schema(blueprint: Blueprint) -> None:
    readme = (blueprint.folder / "README.md").read_text(encoding="utf-8")
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in readme.splitlines() if line[:3] == "| `"]
    data = loaded(rendered(blueprint))
    assert [row[0].strip("`") for row in table] == list(blueprint.parameters)
    for name, default, example, place, description in table:
        parameter = blueprint.parameters[name.strip("`")]
        assert default == default_text(blueprint, name.strip("`"))
        assert example == example_cell(parameter)
        assert description == parameter["description"]
        here = data
        path = place.strip("`").replace("<PrimaryRegion>", "eu-west-1").replace("<StandbyRegion>", "eu-central-1")
        for key in path.replace("[]", ".0").split("."):
            here = here[int(key) if isinstance(here, list) else key]
