"""A matrix in YAML: rows, defaults, and rows within rows."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capgen.load import load_text
from capgen.render import Blueprint
from capgen.render.matrix import CollectedMatrix, collect_matrix
from capgen.render.table import MAX_ROWS

SECRET = "hunter2hunter2"
SHARED = """\
defaults:
  Image: registry.example/cap:1
  WebAccessCidr: 0.0.0.0/0
  ManagementCidr: 10.0.0.5/32
  VpcId: vpc-0a1b2c3d
  SubnetIds: [subnet-0a1b2c3d, subnet-0a1b2c3e]
"""
GROUPED = (
    SHARED
    + """\
rows:
  - StackName: cap-staging
    AgentName: 007
    rows:
      - Region: eu-west-1
      - {Region: us-east-1, SubnetIds: "subnet-0a1b2c3d;subnet-0a1b2c3f", AgentName: null}
  - StackName: cap-production
    Region: eu-west-1
    VpcId: vpc-0b1b2c3d
"""
)


def collected(blueprint: Blueprint, folder: Path, text: str) -> CollectedMatrix:
    path = folder / "m.yaml"
    path.write_text(text)
    return collect_matrix(blueprint, path)


def test_rows_take_what_stands_around_them(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    found = collected(cap_fullstack, tmp_path, GROUPED)
    assert found.ok, found.diagnostics
    rows = [row.values or {} for row in found.rows]
    assert [(row["StackName"], row["Region"]) for row in rows] == [
        ("cap-staging", "eu-west-1"), ("cap-staging", "us-east-1"), ("cap-production", "eu-west-1"),
    ]  # fmt: skip
    assert [row["VpcId"] for row in rows] == ["vpc-0a1b2c3d", "vpc-0a1b2c3d", "vpc-0b1b2c3d"]
    assert [row["SubnetIds"][1] for row in rows] == ["subnet-0a1b2c3e", "subnet-0a1b2c3f", "subnet-0a1b2c3e"]
    assert [row["AgentName"] for row in rows] == ["007", "007", "Agent"]


def test_a_list_of_rows_and_json_are_matrices_too(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    document, _ = load_text(SHARED, "m.yaml")
    assert document is not None
    row = {**document.data["defaults"], "StackName": "cap-a", "Region": "eu-west-1"}
    found = collected(cap_fullstack, tmp_path, repr([row]))
    assert found.ok, found.diagnostics
    assert len(found.rows) == 1


def test_every_problem_of_every_row_has_its_line(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    text = GROUPED.replace("Region: us-east-1", "Regoin: us-east-1").replace("vpc-0b1b2c3d", "vpc-x")
    text += "  - [row]\n  - {StackName: A, Region: eu-west-1, SubnetIds: [subnet-0a1b2c3d, x]}\n"
    found = [
        (each.rule, each.location.line)
        for each in collected(cap_fullstack, tmp_path, text).diagnostics
        if each.location
    ]
    assert found == [
        ("parameter-required", 12), ("parameter-known", 12), ("parameter-form", 15), ("matrix-form", 16),
        ("parameter-form", 17), ("parameter-form", 17),
    ]  # fmt: skip


def test_a_wrong_default_is_said_once(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    found = collected(cap_fullstack, tmp_path, GROUPED.replace("10.0.0.5/32", "10.0.0.5/8"))
    assert [str(each.location) for each in found.diagnostics] == [f"{tmp_path / 'm.yaml'}:4:19"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "load-empty"),
        ("[]", "matrix-form"),
        ("rows:\n", "matrix-form"),
        ("rows: {}\n", "matrix-form"),
        ("rows:\n  - rows: []\n", "matrix-form"),
        ("StackName: cap-a\n", "matrix-form"),
        ("row: []\nrows: []\n", "matrix-form"),
        ("defaults: [a]\n", "matrix-form"),
        ("text", "matrix-form"),
        ("a: [", "load-yaml-syntax"),
        ("[" + "{StackName: a}," * (MAX_ROWS + 1) + "]", "matrix-limits"),
    ],
    ids=["empty", "list", "none", "map", "group", "one", "slip", "defaults", "text", "syntax", "rows"],
)
def test_a_file_that_is_no_matrix(cap_fullstack: Blueprint, tmp_path: Path, text: str, rule: str) -> None:
    found = collected(cap_fullstack, tmp_path, text)
    assert rule in {each.rule for each in found.diagnostics}
    assert not found.ok


@pytest.mark.parametrize("line", [
    f"DBPassword: {SECRET}", f"DbPassword: {SECRET}", f"DBPassword: [{SECRET}]", f"Password: |\n      {SECRET}",
    f'DBPassword: "{SECRET}', f"- {SECRET}",
])  # fmt: skip
@pytest.mark.parametrize(
    "where", ["rows:\n  - StackName: A\n    {}\n", "defaults:\n    {}\nrows:\n  - {{StackName: A}}\n", "{}\n"]
)
def test_a_secret_is_never_shown(cap_fullstack: Blueprint, tmp_path: Path, where: str, line: str) -> None:
    found = collected(cap_fullstack, tmp_path, where.format(line))
    assert SECRET not in repr((found.diagnostics, found.rows))
    assert all(SECRET not in document.text for document in found.documents.values())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["rows", "defaults", "StackName", "SubnetIds", "DBPassword", "x"]), inner)
    ),
    max_leaves=12,
)


@given(data=JSON)
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_no_data_makes_it_raise(cap_fullstack: Blueprint, tmp_path: Path, data: object) -> None:
    import json

    found = collected(cap_fullstack, tmp_path, json.dumps(data))
    assert not found.ok
