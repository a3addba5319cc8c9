"""Every effective value names what decided it: change the named line, and that value changes."""

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from capgen.diagnostics import Location
from capgen.load import SpecPath, load_text
from capgen.model.build import build_model
from capgen.model.effective import EffectiveValue, effective_values
from capgen.model.regional import RegionModel
from tests.output.example import example_spec

OVERRIDES = """\
api_version: capgen/v1
name: cap
environment: development
agent: {image: "example.com/cap/agent:1"}
network: {vpc_id: vpc-0a1b2c3d, subnet_ids: [subnet-0a1b2c3d, subnet-0f1e2d3c]}
access: {web_cidrs: [10.0.0.0/8, 11.0.0.0/8]}
tags: {owner: platform, "cost.centre": "1"}
policy:
  waivers:
    - {check: CKV_AWS_1, resource: "*", owner: a, expires: "2027-01-31", reason: long enough to be a reason}
regions:
  eu-west-1:
    database: {port: 5433, backup_retention_period: 3}
    access: {web_cidrs: [12.0.0.0/8]}
  eu-west-2: {tags: {owner: other}}
"""

OTHER = {"X86_64": "ARM64", "key": "none", "generated": "variable"}


def model(text: str, region: str = "eu-west-1") -> RegionModel:
    document, _ = load_text(text, "cap.yaml")
    assert document is not None
    built, diagnostics = build_model(document)
    assert built is not None, diagnostics
    return next(each for each in built.regions if each.values.region == region)


def by_name(text: str, region: str = "eu-west-1") -> dict[str, EffectiveValue]:
    return {each.name: each for each in effective_values(model(text, region))}


def at(values: Any, path: SpecPath) -> Any:
    for part in path:
        values = getattr(values, str(part)) if is_dataclass(values) else values[part]
    return values


def other(value: Any) -> str:
    """Return YAML of the same type with another value."""
    if isinstance(value, bool):
        return "false" if value else "true"
    return str(value + 1) if isinstance(value, int) else f'"{OTHER.get(value, value + "x")}"'


@pytest.mark.parametrize("text", [example_spec(), OVERRIDES], ids=["example", "overrides"])
def test_a_change_at_the_named_place_changes_that_value(text: str) -> None:
    found = [each for each in effective_values(model(text)) if each.kind == "spec" and each.path != ("region",)]
    changed = 0
    for each in found:
        place = each.location
        assert place is not None
        if each.value is None or each.value in ([], {}) or each.name in ("environment", "identity.deploy_user"):
            continue
        lines = text.splitlines(keepends=True)
        line = lines[place.line - 1]
        start = place.column - 1
        lines[place.line - 1] = line[:start] + other(each.value) + line[start + place.length :]
        assert at(model("".join(lines)).values, each.path) != each.value, each
        changed += 1
    assert changed >= 15


def test_a_change_of_the_environment_changes_what_its_profile_decided() -> None:
    before, after = (by_name(OVERRIDES.replace("development", name)) for name in ("development", "production"))
    decided = {name for name, each in before.items() if each.kind == "profile" and not name.startswith("policy.")}
    assert {"database.multi_az", "load_balancer.deletion_protection"} <= decided
    assert all(before[name].value != after[name].value for name in decided)
    assert {before[name].location for name in decided} == {Location("cap.yaml", 3, 14, 11)}


def test_without_an_environment_no_line_chose_the_profile() -> None:
    found = by_name(OVERRIDES.replace("environment: development\n", ""))
    assert found["environment"].kind == "default"
    assert (found["database.multi_az"].kind, found["database.multi_az"].location) == ("profile", None)


def test_no_line_of_the_spec_decides_a_default() -> None:
    for text in (example_spec(), OVERRIDES):
        assert {each.location for each in effective_values(model(text)) if each.kind == "default"} == {None}


def test_the_region_goes_before_the_top() -> None:
    found = by_name(OVERRIDES)
    assert (found["access.web_cidrs[0]"].value, found["access.web_cidrs[0]"].location) == (
        "12.0.0.0/8",
        Location("cap.yaml", 14, 26, 10),
    )
    assert "access.web_cidrs[1]" not in found
    assert by_name(OVERRIDES, "eu-west-2")["access.web_cidrs[1]"].value == "11.0.0.0/8"
    owners = [by_name(OVERRIDES, region)["tags.owner"] for region in ("eu-west-1", "eu-west-2")]
    assert [(each.value, each.location and each.location.line) for each in owners] == [("platform", 7), ("other", 15)]


def test_accumulated_waivers_keep_the_origin_of_each() -> None:
    found = by_name(OVERRIDES)
    checks = [each for name, each in found.items() if name.startswith("policy.waivers") and name.endswith(".check")]
    assert {each.kind for each in checks} == {"profile", "spec"}
    (own,) = (each for each in checks if each.kind == "spec")
    assert (own.value, own.location and own.location.line) == ("CKV_AWS_1", 10)


def test_the_identity_of_a_region_has_its_place() -> None:
    found = by_name(OVERRIDES)
    places = {name: found[name].location for name in ("name", "region", "environment")}
    assert {name: place and place.line for name, place in places.items()} == {
        "name": 2, "region": 12, "environment": 3,
    }  # fmt: skip


def test_what_is_not_set_and_what_is_empty_is_told() -> None:
    found = by_name(OVERRIDES)
    assert (found["account_id"].value, found["account_id"].kind) == (None, "default")
    assert (found["agent.environment"].value, found["agent.environment"].kind) == ({}, "default")
    written = by_name(OVERRIDES.replace("agent: {", "agent: {environment: {}, "))["agent.environment"]
    assert (written.value, written.kind) == ({}, "spec")


@pytest.mark.parametrize("text", [example_spec(), OVERRIDES], ids=["example", "overrides"])
def test_no_value_is_left_out(text: str) -> None:
    region = model(text)
    found = effective_values(region)
    assert len({each.path for each in found}) == len(found)
    assert {each.path[0] for each in found} == {field.name for field in fields(region.values)} - {"counterpart"}
    for each in found:
        value = at(region.values, each.path)
        assert (list(value) if isinstance(value, tuple) else value) == each.value
        assert not value or not (is_dataclass(value) or isinstance(value, dict | tuple))
    assert {path for path, origin in region.sources.origins.items() if origin.kind == "spec"} <= {
        each.path[:length] for each in found for length in range(1, len(each.path) + 1)
    }
