"""Values from files: every form gives the same values, and every problem has its line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.load import load_file
from capgen.render import Blueprint, collect_parameters

Entry = dict[str, Any]


def example(blueprint: Blueprint) -> dict[str, Any]:
    document, _ = load_file(blueprint.example)
    assert document is not None
    return dict(document.data)


def entries(values: dict[str, Any]) -> list[Entry]:
    return [{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()]


def with_commas(values: dict[str, Any]) -> dict[str, str]:
    return {name: ",".join(value) if isinstance(value, list) else value for name, value in values.items()}


FORMS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "map": lambda values: values,
    "map with commas": with_commas,
    "CloudFormation's list": lambda values: entries(with_commas(values)),
    "describe-stacks": lambda values: [
        {"ParameterKey": name, "ParameterValue": f"/ssm/{name}", "ResolvedValue": value}
        for name, value in with_commas(values).items()
    ],
    "CodePipeline": lambda values: {"Parameters": with_commas(values)},
    "create-stack --cli-input-json": lambda values: {"Parameters": entries(with_commas(values))},
    "deploy": lambda values: [f"{name}={value}" for name, value in with_commas(values).items()],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("indent", [None, 2])
def test_every_form_gives_the_same_values(
    cap_fullstack: Blueprint, tmp_path: Path, form: str, indent: int | None
) -> None:
    values = example(cap_fullstack)
    path = tmp_path / "parameters.json"
    path.write_text(json.dumps(FORMS[form](values), indent=indent))
    collected = collect_parameters(cap_fullstack, [path])
    assert not collected.diagnostics
    assert collected.values == values


def read(blueprint: Blueprint, path: Path, text: str) -> tuple[Any, list[Diagnostic]]:
    """Read the example, then `text` over it."""
    path.write_text(text)
    collected = collect_parameters(blueprint, [blueprint.example, path])
    return collected.values, list(collected.diagnostics)


@pytest.mark.parametrize(
    ("text", "rule", "message", "line", "column"),
    [
        ("VpcId: vpc-x", "parameter-form", "VpcId does not have the right form", 1, 8),
        ("SubnetIds:\n  - subnet-0a1b2c3d\n  - x", "parameter-form", "SubnetIds[1] does not have the right form", 3, 5),
        ("DBName: {a: b}", "parameter-type", "DBName has the wrong type", 1, 9),
        ("DBName: [a]", "parameter-type", "DBName has the wrong type", 1, 9),
        ("DBName:", "parameter-empty", "DBName has no value", 1, 8),
        ("Nonsense: 1", "parameter-known", "the blueprint cap-fullstack has no such parameter", 1, 11),
        ("DBName: a\nDBName: b", "load-duplicate-key", 'the key "DBName" stands here twice: first in line 1', 2, 1),
        ('["DBName=a",\n"DBName=b"]', "parameter-file-form", "DBName stands here twice: first in line 1", 2, 1),
        ('["DBName"]', "parameter-file-form", "an entry of the list names no parameter", 1, 2),
        ("- {ParameterValue: a}", "parameter-file-form", "an entry of the list names no parameter", 1, 3),
        ("- {ParameterKey: DBName}", "parameter-file-form", "DBName has no ParameterValue", 1, 4),
        (
            "- {ParameterKey: DBName, UsePreviousValue: true}",
            "parameter-file-form",
            "DBName says UsePreviousValue, and there is no previous value here",
            1,
            26,
        ),
        (
            "- {ParameterKey: DBName, ParameterVale: a, ParameterValue: a}",
            "parameter-file-form",
            '"ParameterVale" is no key of a CloudFormation parameter',
            1,
            26,
        ),
        (
            "just text",
            "parameter-file-form",
            "a parameter file is a map of names and values, or a list of CloudFormation's parameters",
            1,
            1,
        ),
    ],
)  # fmt: skip
def test_a_problem_has_its_line(
    cap_fullstack: Blueprint, tmp_path: Path, text: str, rule: str, message: str, line: int, column: int
) -> None:
    path = tmp_path / "parameters.yaml"
    values, (diagnostic,) = read(cap_fullstack, path, text)
    assert values is None
    assert (diagnostic.rule, diagnostic.message) == (rule, message)
    assert diagnostic.location is not None
    assert (diagnostic.location.file, diagnostic.location.line, diagnostic.location.column) == (str(path), line, column)


def test_a_scalar_is_taken_as_it_is_written(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    values, diagnostics = read(cap_fullstack, tmp_path / "p.yaml", "AgentName: 1.10\n")
    assert not diagnostics
    assert values["AgentName"] == "1.10"
    values, _ = read(cap_fullstack, tmp_path / "p.yaml", "AgentName: &anchor 12\n")
    assert values["AgentName"] == "12"
    values, _ = read(cap_fullstack, tmp_path / "p.yaml", "AgentName: True\n")
    assert values["AgentName"] == "True"


def test_what_else_a_file_holds_is_noted(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    text = json.dumps({"Parameters": {"DBName": "other"}, "Tags": {"a": "b"}, "StackPolicy": {}})
    values, diagnostics = read(cap_fullstack, tmp_path / "p.json", text)
    assert values["DBName"] == "other"
    assert [(diagnostic.severity, diagnostic.message, diagnostic.hint) for diagnostic in diagnostics] == [
        (Severity.WARNING, '"Tags" is not taken over: only Parameters are', "write them under tags in the spec"),
        (Severity.WARNING, '"StackPolicy" is not taken over: only Parameters are', None),
    ]


def test_a_file_that_can_not_be_read_is_one_error_beside_the_others(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    collected = collect_parameters(cap_fullstack, [tmp_path / "missing.yaml", cap_fullstack.example], ["DBName=_"])
    assert [diagnostic.rule for diagnostic in collected.diagnostics] == ["load-readable", "parameter-form"]
    assert collected.values is None


def test_documents_are_returned_by_the_name_that_messages_use(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("DBName: _\n")
    collected = collect_parameters(cap_fullstack, [path])
    assert collected.documents[str(path)].line(1) == "DBName: _"
    wrong = next(diagnostic for diagnostic in collected.diagnostics if diagnostic.path == "DBName")
    assert wrong.location == Location(str(path), 1, 9, 1)
