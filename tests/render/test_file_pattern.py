"""A file's name is made of parameters, and no parameter leads out of the folder."""

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgen.render import Blueprint
from capgen.render.file_pattern import FilePattern, file_pattern


def test_without_a_pattern_the_deployment_names_the_file(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    for output, path in ((None, "cap.yaml"), ("new/", "new/cap.yaml"), (str(tmp_path), f"{tmp_path}/cap.yaml")):
        pattern, problems = file_pattern(output, cap_fullstack)
        assert not problems
        assert pattern is not None
        assert pattern.path({}, "cap") == Path(path)


def test_parameters_are_put_into_the_pattern(cap_fullstack: Blueprint) -> None:
    pattern, _ = file_pattern("specs/{Region}/{StackName}-{Region}.yaml", cap_fullstack)
    assert pattern is not None
    assert pattern.path({"Region": "eu-west-1", "StackName": "cap"}, "x") == Path("specs/eu-west-1/cap-eu-west-1.yaml")


@pytest.mark.parametrize(
    ("output", "message", "hint"),
    [
        ("{StackNam}.yaml", "the pattern has a name that is no parameter of one value", 'did you mean "StackName"?'),
        ("{SubnetIds}.yaml", "the pattern has a name that is no parameter of one value", None),
        ("{DBPassword}.yaml", "the pattern has a name that is no parameter of one value", None),
        ("{}.yaml", "the pattern has a name that is no parameter of one value", None),
        ("{StackName.yaml", "a brace of the pattern has no counterpart", "for example specs/{StackName}.yaml"),
        ("a.yaml", "one file cannot hold the spec of every row", None),
    ],
)
def test_a_wrong_pattern(cap_fullstack: Blueprint, output: str, message: str, hint: str | None) -> None:
    pattern, (problem,) = file_pattern(output, cap_fullstack)
    assert pattern is None
    assert problem.message == message
    assert hint in (None, problem.hint)


@given(value=st.text() | st.sampled_from(["..", ".", "/", "../../etc", "-", "a/../b", "C:\\", "~", "\x00"]))
def test_no_value_leads_out_of_its_part_of_the_path(value: str) -> None:
    path = FilePattern("specs/{A}/x-{A}.yaml").path({"A": value}, "d")
    parts = PurePosixPath(path.as_posix()).parts
    assert len(parts) == 3
    assert parts[0] == "specs"
    assert parts[1] not in ("", ".", "..")
    assert not parts[1].startswith((".", "-"))
    assert path.as_posix().isascii()
    assert max(map(len, parts)) <= 210
