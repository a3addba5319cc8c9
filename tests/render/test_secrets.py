"""A password in a parameter file is skipped, and is in nothing that capgen keeps, shows or writes."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from capgen.diagnostics import Severity
from capgen.render import Blueprint, collect_parameters, render_spec

SECRET = "hunter2hunter2"

SKIPPED = {
    "map": f"DBPassword: {SECRET}\nDBName: a\n",
    "quoted": f'DBName: a\nDBPassword: "{SECRET}"\n',
    "block": f"DBPassword: |\n  {SECRET}\n  more {SECRET}\nDBName: a\n",
    "folded quotes": f'DBPassword: "{SECRET}\n  {SECRET}"\nDBName: a\n',
    "last and folded": f'DBName: a\nDBPassword: "{SECRET}\n  {SECRET}"\n',
    "list": f"DBPassword: [{SECRET}, {SECRET}]\n",
    "nested": f"DBPassword:\n  of:\n    - {SECRET}\nDBName: a\n",
    "comment": f"DBPassword: #{SECRET}\nDBName: a\n",
    "partly a comment": f"DBPassword: abc #{SECRET}\nDBName: a\n",
    "tag": f"DBPassword: !{SECRET}\n",
    "anchor": f"DBName: &name {SECRET}\nDBPassword: *name\n",
    "one line of JSON": json.dumps({"DBName": "a", "DBPassword": SECRET, "AgentName": "b"}),
    "CloudFormation": json.dumps([{"ParameterKey": "DBPassword", "ParameterValue": SECRET}]),
    "CloudFormation, indented": json.dumps([{"ParameterKey": "DBPassword", "ParameterValue": SECRET}], indent=2),
    "CloudFormation, value first": json.dumps([{"ParameterValue": SECRET, "ParameterKey": "DBPassword"}]),
    "describe-stacks": json.dumps([{"ParameterKey": "DBPassword", "ParameterValue": "****", "ResolvedValue": SECRET}]),
    "CodePipeline": json.dumps({"Parameters": {"DBPassword": SECRET}}),
    "deploy": json.dumps([f"DBPassword={SECRET}"]),
    "previous value": json.dumps([{"ParameterKey": "DBPassword", "UsePreviousValue": True}]),
    "no value": "DBPassword:\n",
}


@pytest.mark.parametrize("form", SKIPPED)
def test_a_file_with_a_password_works_as_it_is(cap_fullstack: Blueprint, tmp_path: Path, form: str) -> None:
    path = tmp_path / "parameters.json"
    path.write_text(SKIPPED[form])
    collected = collect_parameters(cap_fullstack, [cap_fullstack.example, path], ["DBName=aispark"])
    (warning,) = collected.diagnostics
    assert warning.rule == "parameter-secret"
    assert warning.severity is Severity.WARNING
    assert warning.message == "DBPassword is ignored: it is a secret, and no spec holds one"
    assert warning.sensitive
    assert warning.location is not None
    assert SECRET not in repr((collected.diagnostics, collected.values))
    assert SECRET not in collected.documents[str(path)].text
    text, _ = render_spec(cap_fullstack, collected.values or {})
    assert text is not None
    assert SECRET not in text


SHOWN_WITH_ANOTHER_ERROR = {
    "misspelt": f"DBPasword: {SECRET}\n",
    "another case": f"dbpassword: {SECRET}\n",
    "misspelt, nested": json.dumps({"Parameters": {"DBPass": {"a": SECRET}}}),
    "misspelt entry": json.dumps([{"ParameterKey": "DbPassword", "ParameterValue": SECRET}]),
    "misspelt key": json.dumps([{"ParameterKey": "DBPassword", "ParameterVal": SECRET}]),
    "entry without key": json.dumps([{"DBPassword": SECRET}]),
    "entry without name": json.dumps([SECRET]),
    "only text": SECRET,
    "twice, first": f"DBPassword: {SECRET}\nDBPassword: a\n",
    "twice, second": f"DBPassword: a\nDBPassword: {SECRET}\nDBName: a\n",
    "twice, below": f"DBPassword: {{{SECRET}: a, {SECRET}: b}}\nDBPassword: c\n",
    "twice, misspelt": f"DBPass: {{a: b}}\nDBPass:\n  - {SECRET}\n",
    "beside an error": json.dumps({"VpcId": "x", "DBPassword": SECRET}),
}


@pytest.mark.parametrize("form", SHOWN_WITH_ANOTHER_ERROR)
def test_no_error_shows_a_password(cap_fullstack: Blueprint, tmp_path: Path, form: str) -> None:
    path = tmp_path / "parameters.json"
    path.write_text(SHOWN_WITH_ANOTHER_ERROR[form])
    collected = collect_parameters(cap_fullstack, [cap_fullstack.example, path])
    assert collected.values is None
    assert SECRET not in repr(collected.diagnostics)
    assert SECRET not in collected.documents[str(path)].text


@pytest.mark.parametrize(
    "value", [f"@{SECRET}", f"%{SECRET}", f"*{SECRET}", f'"{SECRET}', f"'a' {SECRET}", f"[{SECRET}"]
)
def test_a_password_that_is_not_yaml_is_not_in_the_reason(cap_fullstack: Blueprint, tmp_path: Path, value: str) -> None:
    path = tmp_path / "parameters.yaml"
    path.write_text(f"DBName: a\nDBPassword: {value}\n")
    collected = collect_parameters(cap_fullstack, [path])
    syntax = next(diagnostic for diagnostic in collected.diagnostics if diagnostic.rule == "load-yaml-syntax")
    assert SECRET not in repr(collected)
    assert syntax.message == "this is not YAML; the reason is not shown, since the line may hold a secret"
    assert syntax.hint == "leave DBPassword out, or put the value in quotes"
    assert syntax.sensitive
    assert syntax.location is not None
    lines = path.read_text().splitlines()
    line = lines[syntax.location.line - 1] if syntax.location.line <= len(lines) else ""
    assert syntax.location.column == 1
    assert syntax.location.length == max(len(line), 1)


PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
AROUND = [
    "DBPassword: {}\n",
    "DBName: b\nDBPassword: {}\nAgentName: c\n",
    "- ParameterKey: DBPassword\n  ParameterValue: {}\n",
]


@given(before=PRINTABLE, after=PRINTABLE, around=st.sampled_from(AROUND))
@example(before="|- #", after="", around=AROUND[1])
@example(before="&", after=" x", around=AROUND[0])
@example(before='"', after="\\q", around=AROUND[2])
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_password_is_shown_however_it_is_written(
    cap_fullstack: Blueprint, tmp_path: Path, before: str, after: str, around: str
) -> None:
    path = tmp_path / "parameters.yaml"
    path.write_text(around.format(f"{before}{SECRET}{after}"))
    collected = collect_parameters(cap_fullstack, [path])
    assert SECRET not in repr((collected.diagnostics, collected.values))
    assert all(SECRET not in document.text for document in collected.documents.values())


def test_a_syntax_error_in_a_file_without_passwords_keeps_its_reason(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    path = tmp_path / "parameters.yaml"
    path.write_text("DBName: @a\n")
    collected = collect_parameters(cap_fullstack, [path])
    syntax = next(diagnostic for diagnostic in collected.diagnostics if diagnostic.rule == "load-yaml-syntax")
    assert "cannot start any token" in syntax.message
    assert not syntax.sensitive


def test_lines_and_columns_stay_where_they_are(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    path = tmp_path / "parameters.yaml"
    path.write_bytes(f'VpcId: x\r\nDBPassword: "{SECRET}\r\n  {SECRET}"\r\nDBName: b\r\n'.encode())
    document = collect_parameters(cap_fullstack, [path]).documents[str(path)]
    assert [len(line) for line in document.text.splitlines()] == [
        len(line) for line in path.read_text().splitlines()
    ]  # fmt: skip
    assert document.line(1) == "VpcId: x"
    assert document.line(4) == "DBName: b"


def test_a_secret_handed_to_the_renderer_is_left_out(cap_fullstack: Blueprint) -> None:
    values = collect_parameters(cap_fullstack, [cap_fullstack.example]).values
    text, diagnostics = render_spec(cap_fullstack, {**(values or {}), "DBPassword": SECRET})
    assert not diagnostics
    assert SECRET not in str(text)
