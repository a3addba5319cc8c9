"""The blueprint of the guide: golden spec, options that work, and documents that agree with the schema."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from capgen.load import load_text
from capgen.render import Blueprint, collect_parameters, render_spec
from capgen.resources import schemas_dir
from capgen.validate.forms import FORMS

GOLDEN = Path(__file__).parent / "golden" / "cap-production.yaml"
GUIDE = [
    "VpcId",
    "SubnetIds",
    "WebAccessCidr",
    "ManagementCidr",
    "DatabaseAccessCidr",
    "DBPassword",
    "DBName",
    "AgentName",
]
DEPLOYMENT = json.loads((schemas_dir() / "deployment.schema.json").read_text(encoding="utf-8"))


def rendered(blueprint: Blueprint, *settings: str) -> str:
    collected = collect_parameters(blueprint, [blueprint.example], settings)
    assert not collected.diagnostics
    assert collected.values is not None
    text, diagnostics = render_spec(blueprint, collected.values)
    assert not diagnostics
    assert text is not None
    return text


def loaded(text: str) -> Any:
    document, diagnostics = load_text(text, "spec.yaml")
    assert not diagnostics
    assert document is not None
    return document.data


def violations(data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(DEPLOYMENT).iter_errors(data)]


def with_options_on(text: str) -> str:
    """Uncomment every commented line of the form `key: value` or `- item`, below the editor's line."""
    return re.sub(r"^( *)# ( *(?:[a-z_-]+:(?: .*)?|- .*))$", r"\1\2", text.partition("\n")[2], flags=re.MULTILINE)


def test_the_guides_example(cap_fullstack: Blueprint, golden: Callable[[Path, str], None]) -> None:
    text = rendered(cap_fullstack)
    golden(GOLDEN, text)
    assert not violations(loaded(text))


def test_the_parameters_land_where_they_belong(cap_fullstack: Blueprint) -> None:
    data = loaded(rendered(cap_fullstack))
    assert data["name"] == "cap-production"
    assert data["regions"]["eu-west-1"]["network"]["vpc_id"] == "vpc-0a1b2c3d4e5f60718"
    assert data["regions"]["eu-west-1"]["network"]["subnet_ids"] == [
        "subnet-0a1b2c3d4e5f60718",
        "subnet-0f1e2d3c4b5a69788",
    ]
    assert data["access"] == {"web_cidrs": ["0.0.0.0/0"], "management_cidrs": ["10.0.0.5/32"], "database_cidrs": []}
    assert data["database"]["db_name"] == "aispark"
    assert data["database"]["password"] == {"source": "generated", "version": 1}
    assert data["agent"]["name"] == "Agent"


def test_every_option_works_when_it_is_uncommented(cap_fullstack: Blueprint) -> None:
    data = loaded(with_options_on(rendered(cap_fullstack, "Region=us-east-1")))
    assert not violations(data)
    region = data["regions"]["us-east-1"]
    assert region["account_id"] == "123456789012"
    assert region["load_balancer"]["certificate_arn"].startswith("arn:aws:acm:us-east-1:")
    assert data["load_balancer"]["stickiness"] == {"enabled": True, "cookie_duration": 3600}
    assert data["snapshots"]["gold_master_key"]
    assert data["state"]["backend"] == "s3"
    assert data["identity"]["deploy_role_principals"]
    assert data["deployment"]["desired_count_owner"] == "external"


def values_with_defaults(data: Any, schema: Any) -> Iterator[tuple[str, Any, Any]]:
    schema = {**(DEPLOYMENT["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else {}), **schema}
    if isinstance(data, dict):
        for key, value in data.items():
            child = schema.get("properties", {}).get(key)
            if child is not None:
                yield from ((f"{key}.{path}", *rest) for path, *rest in values_with_defaults(value, child))
    elif "default" in schema:
        yield "", data, schema["default"]


def test_values_that_are_called_capgens_own_are_the_schemas_defaults(cap_fullstack: Blueprint) -> None:
    data = loaded(with_options_on(rendered(cap_fullstack)))
    compared = {path.rstrip("."): (here, default) for path, here, default in values_with_defaults(data, DEPLOYMENT)}
    own = {
        "agent.cpu", "agent.memory", "agent.variables.agent_name", "agent.variables.jdbc_url",
        "agent.variables.database_username", "agent.variables.database_password", "load_balancer.health_check.path",
        "load_balancer.stickiness.cookie_duration", "database.instance_class", "database.allocated_storage",
        "database.password.source", "database.password.version", "identity.deploy_user", "storage.mount_path",
        "scaling.desired_count", "environment",
    }  # fmt: skip
    assert {path for path, (here, default) in compared.items() if here == default} >= own


def test_a_range_for_the_database_is_opened(cap_fullstack: Blueprint) -> None:
    text = rendered(cap_fullstack, "DatabaseAccessCidr=10.1.0.0/16")
    assert loaded(text)["access"]["database_cidrs"] == ["10.1.0.0/16"]
    assert "127.0.0.1" not in text


def checks(text: str) -> set[str]:
    return {waiver["check"] for waiver in loaded(text)["policy"]["waivers"]}


def test_open_web_access_is_waived_only_where_it_is_asked_for(cap_fullstack: Blueprint) -> None:
    assert "CKV_AWS_260" in checks(rendered(cap_fullstack))
    closed = rendered(cap_fullstack, "WebAccessCidr=198.51.100.0/24")
    assert "CKV_AWS_260" not in checks(closed)
    assert not violations(loaded(closed))


def test_every_waiver_is_justified_once(cap_fullstack: Blueprint) -> None:
    waivers = loaded(rendered(cap_fullstack))["policy"]["waivers"]
    assert len({(waiver["check"], waiver["resource"]) for waiver in waivers}) == len(waivers)
    assert all(waiver["reason"].endswith(".") for waiver in waivers)


def test_the_waivers_have_the_owner_and_the_day_that_were_given(cap_fullstack: Blueprint) -> None:
    text = rendered(cap_fullstack, "WaiverOwner=@acme/platform", "WaiverExpires=2028-02-29")
    waivers = loaded(text)["policy"]["waivers"]
    assert {(waiver["owner"], waiver["expires"]) for waiver in waivers} == {("@acme/platform", "2028-02-29")}
    assert not violations(loaded(text))


@pytest.mark.parametrize(
    ("value", "rule", "hint"),
    [
        ("2027-02-30", "parameter-day", "2027-02 has the days 01 to 28"),
        ("2027-13-01", "parameter-day", "year, month from 01 to 12, and day, in this order"),
        ("30.11.2027", "parameter-form", "for example 2027-11-30"),
        ("", "parameter-form", "for example 2027-11-30"),
    ],
)
def test_a_last_day_that_is_no_day_is_refused(cap_fullstack: Blueprint, value: str, rule: str, hint: str) -> None:
    collected = collect_parameters(cap_fullstack, [cap_fullstack.example], [f"WaiverExpires={value}"])
    assert collected.values is None
    assert [(each.rule, each.hint) for each in collected.diagnostics] == [(rule, hint)]


def test_lines_fit_a_review(cap_fullstack: Blueprint) -> None:
    assert max(map(len, rendered(cap_fullstack).splitlines())) <= 120


@pytest.mark.parametrize(
    "value",
    ['x"', "x\ny: z", "${x}", "{{ x }}", "}}", "x # y", "x: y", "é", "🚀", pytest.param("x" * 300_000, id="300 kB")],
)
def test_the_guides_parameters_refuse_what_is_no_plain_value(cap_fullstack: Blueprint, value: str) -> None:
    for name in cap_fullstack.parameters.keys() - cap_fullstack.secrets:
        collected = collect_parameters(cap_fullstack, [cap_fullstack.example], [f"{name}={value}"])
        if collected.values is None:
            continue
        text, diagnostics = render_spec(cap_fullstack, collected.values)
        assert not diagnostics
        assert value in json.dumps(loaded(str(text)))
        assert set(value) <= set("x"), f"{name} accepts {value!r}"


def test_the_schema_describes_the_guides_parameters(cap_fullstack: Blueprint) -> None:
    path = cap_fullstack.folder / "parameters.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert list(cap_fullstack.parameters) == [
        "StackName",
        "Region",
        "Image",
        *GUIDE,
        "Environment",
        "WaiverOwner",
        "WaiverExpires",
    ]
    assert cap_fullstack.secrets == {"DBPassword"}
    assert not Draft202012Validator(schema).is_valid({"Nonsense": 1})
    for name, parameter in cap_fullstack.parameters.items():
        assert parameter["description"].endswith(".")
        assert ("examples" in parameter) is (name != "DBPassword")
        assert (name in cap_fullstack.required) is ("default" not in parameter and name != "DBPassword")
        text = parameter.get("items", parameter)
        assert text["type"] == "string"
        assert "enum" in text or re.fullmatch(r"\^.*\$", text["pattern"])


def test_patterns_are_those_of_the_deployment_schema(cap_fullstack: Blueprint) -> None:
    known = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(DEPLOYMENT)))
    for name in cap_fullstack.parameters.keys() - cap_fullstack.secrets:
        parameter = cap_fullstack.parameters[name]
        if name == "Environment":
            assert parameter["enum"] == DEPLOYMENT["$defs"]["environment"]["enum"]
            continue
        pattern = parameter.get("items", parameter)["pattern"]
        assert json.dumps(pattern) in known, name
        assert pattern in FORMS, name


def test_the_template_uses_every_parameter(cap_fullstack: Blueprint) -> None:
    template = cap_fullstack.template.read_text(encoding="utf-8")
    for name in cap_fullstack.parameters.keys() - cap_fullstack.secrets:
        assert re.search(rf"{{{{ {name}\b|in {name} %}}", template), name


def default_text(blueprint: Blueprint, name: str) -> str:
    if name in blueprint.secrets:
        return "never accepted"
    default = blueprint.parameters[name].get("default")
    return "required" if default is None else f"`{default}`"


def example_cell(parameter: Any) -> str:
    if "examples" not in parameter:
        return "none"
    (example,) = parameter["examples"]
    return f"`{','.join(example) if isinstance(example, list) else example}`"


def test_the_readme_agrees_with_the_schema(cap_fullstack: Blueprint) -> None:
    readme = (cap_fullstack.folder / "README.md").read_text(encoding="utf-8")
    table = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in readme.splitlines() if line.startswith("| `")
    ]
    data = loaded(rendered(cap_fullstack))
    assert [row[0].strip("`") for row in table] == list(cap_fullstack.parameters)
    for name, default, example, place, description in table:
        parameter = cap_fullstack.parameters[name.strip("`")]
        assert default == default_text(cap_fullstack, name.strip("`"))
        assert example == example_cell(parameter)
        assert description == parameter["description"]
        here = data
        for key in place.strip("`").replace("<Region>", "eu-west-1").replace("[]", ".0").split("."):
            here = here[int(key) if isinstance(here, list) else key]
