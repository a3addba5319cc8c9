"""`capgen schema`."""

import json

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from capgen.cli.main import app
from capgen.resources import schemas_dir

NAMES = sorted(path.name.removesuffix(".schema.json") for path in schemas_dir().glob("*.schema.json"))


def test_without_a_name_it_is_that_of_the_spec() -> None:
    assert CliRunner().invoke(app, ["schema"]).stdout == CliRunner().invoke(app, ["schema", "deployment"]).stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_printed_by_its_name(name: str) -> None:
    result = CliRunner().invoke(app, ["schema", name])
    assert result.exit_code == 0
    Draft202012Validator.check_schema(json.loads(result.stdout))


@pytest.mark.parametrize("name", ["nope", "../schemas/report", "policy/checks", ""])
def test_an_unknown_name_is_a_wrong_call_that_lists_the_others(name: str) -> None:
    result = CliRunner().invoke(app, ["schema", name])
    assert result.exit_code == 2
    assert "deployment" in result.stderr
    assert "report" in result.stderr
