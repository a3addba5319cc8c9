"""A matrix from a spreadsheet: every row, every problem at its cell, and no secret in what is shown."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capgen.diagnostics import Diagnostic
from capgen.render import Blueprint
from capgen.render.csv_records import CsvError, delimiter_of, records
from capgen.render.matrix import CollectedMatrix, collect_matrix
from capgen.render.table import MAX_ROWS

HEADER = "StackName,Region,VpcId,SubnetIds,ManagementCidr"
ROW = 'cap-a,eu-west-1,vpc-0a1b2c3d,"subnet-0a1b2c3d,subnet-0a1b2c3e",10.0.0.5/32'
SHARED = ("Image=registry.example/cap:1", "WebAccessCidr=0.0.0.0/0")
SECRET = "hunter2hunter2"


def collected(
    blueprint: Blueprint, folder: Path, text: str | bytes, *settings: str, name: str = "m.csv"
) -> CollectedMatrix:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return collect_matrix(blueprint, path, (), (*SHARED, *settings))


def problems(found: CollectedMatrix) -> list[tuple[str, int, int]]:
    """Return rule, line and column of each."""
    places = [(each.rule, each.location) for each in found.diagnostics]
    return [(rule, place.line, place.column) for rule, place in places if place is not None]


def values(found: CollectedMatrix, name: str) -> list[object]:
    assert found.ok, found.diagnostics
    return [row.values[name] for row in found.rows if row.values is not None]


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write(cap_fullstack: Blueprint, tmp_path: Path, bom: str, end: str, delimiter: str) -> None:
    rows = [HEADER.split(","), next(csv.reader([ROW])), ["", "", "", "", ""]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    found = collected(cap_fullstack, tmp_path, bom + out.getvalue())
    assert values(found, "StackName") == ["cap-a"]
    assert values(found, "SubnetIds") == [["subnet-0a1b2c3d", "subnet-0a1b2c3e"]]
    assert values(found, "DBName") == ["aispark"]


@pytest.mark.parametrize("cell", [
    '"subnet-0a1b2c3d, subnet-0a1b2c3e"', "subnet-0a1b2c3d;subnet-0a1b2c3e", "subnet-0a1b2c3d subnet-0a1b2c3e",
    '"subnet-0a1b2c3d\nsubnet-0a1b2c3e"', '"subnet-0a1b2c3d,\r\nsubnet-0a1b2c3e"', ' "subnet-0a1b2c3d,subnet-0a1b2c3e"',
])  # fmt: skip
def test_a_list_in_a_cell(cap_fullstack: Blueprint, tmp_path: Path, cell: str) -> None:
    found = collected(
        cap_fullstack,
        tmp_path,
        f"SubnetIds,{HEADER.replace(',SubnetIds', '')}\n{cell},cap-a,eu-west-1,vpc-0a1b2c3d,10.0.0.5/32\n",
    )
    assert values(found, "SubnetIds") == [["subnet-0a1b2c3d", "subnet-0a1b2c3e"]]


def test_every_problem_of_every_row_has_its_cell(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    text = (
        f"{HEADER}\n"
        'cap-a,eu-west-1,vpc-0a1b2c3d,"subnet-0a1b2c3d,\nsubnet-0a1b2c3e",10.0.0.5/8\n'
        ',eu-west-1,vpc-x,"subnet-0a1b2c3d,subnet-zz",10.0.0.5/32\n'
        f"{ROW},left over\n"
        "cap-d,eu-west-1\n"
        "\n"
        "cap-e,eu-west-1,\u201cvpc-0a1b2c3d\u201d,subnet-0a1b2c3d subnet-0a1b2c3e,10.0.0.5/32\n"
        'cap-f,eu-west-1,"=""vpc-0a1b2c3d""",subnet-0a1b2c3d subnet-0a1b2c3e,10.0.0.5/32\n'
    )
    assert problems(collected(cap_fullstack, tmp_path, text)) == [
        ("parameter-host-bits", 3, 18),
        ("parameter-required", 4, 1),
        ("parameter-form", 4, 12),
        ("parameter-form", 4, 18),
        ("matrix-cells", 5, 76),
        ("matrix-cells", 6, 1),
        ("matrix-quotes", 8, 17),
        ("parameter-form", 8, 17),
        ("matrix-quotes", 9, 17),
        ("parameter-form", 9, 17),
    ]


def test_a_row_of_another_length_says_what_to_do(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    found = collected(cap_fullstack, tmp_path, f"{HEADER}\n{ROW},left over\ncap-d,eu-west-1\n")
    assert [each.hint for each in found.diagnostics] == [
        'a cell that has a comma in it stands in straight quotes: "…"',
        "a cell that stays empty has its comma all the same",
    ]


def test_what_is_missing_everywhere_is_said_once_at_the_header(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    text = "StackName,Region,VpcId,SubnetIds\n" + "\n".join(
        f"cap-{n},eu-west-1,vpc-0a1b2c3d,subnet-0a1b2c3d subnet-0a1b2c3e" for n in "abc"
    )
    found = collected(cap_fullstack, tmp_path, text)
    (diagnostic,) = found.diagnostics
    assert diagnostic.message == "ManagementCidr is missing in every row"
    assert str(diagnostic.location) == f"{tmp_path / 'm.csv'}:1:1"
    assert collected(cap_fullstack, tmp_path, text, "ManagementCidr=10.0.0.5/32").ok


@pytest.mark.parametrize(
    ("header", "row", "rule", "column"),
    [
        ("StackName,StackName", "a,b", "matrix-header", 11),
        ("StackName,,Region", "a,b,c", "matrix-header", 11),
        ("cap-a,eu-west-1", "cap-b,eu-west-1", "matrix-header", 1),
        ("StackName,Regoin", "a,b", "parameter-known", 11),
    ],
)
def test_a_wrong_header(
    cap_fullstack: Blueprint, tmp_path: Path, header: str, row: str, rule: str, column: int
) -> None:
    assert (rule, 1, column) in problems(collected(cap_fullstack, tmp_path, f"{header}\n{row}\n"))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "matrix-form"),
        (HEADER, "matrix-form"),
        (f"{HEADER}\n,,,,\n", "matrix-form"),
        (f'{HEADER}\ncap-a,"open\n', "matrix-csv"),
        (f'{HEADER}\ncap-a,"closed"late,b,c,d\n', "matrix-csv"),
        (HEADER.encode("utf-16"), "load-utf8"),
        (f"{HEADER}\nc\u00e9p".encode("latin-1"), "load-utf8"),
        (HEADER + "\n" + f"{ROW}\n" * (MAX_ROWS + 1), "matrix-limits"),
        (b"x" * (1024 * 1024 + 1), "matrix-limits"),
    ],
    ids=["empty", "header", "no-text", "open-quote", "late-text", "utf-16", "latin-1", "rows", "bytes"],
)
def test_a_file_that_is_no_matrix(cap_fullstack: Blueprint, tmp_path: Path, text: str | bytes, rule: str) -> None:
    found = collected(cap_fullstack, tmp_path, text)
    assert not found.ok
    assert [each.rule for each in found.diagnostics] == [rule]


def test_a_file_that_is_not_there_and_one_of_another_kind(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    assert [each.rule for each in collect_matrix(cap_fullstack, tmp_path / "none.csv").diagnostics] == ["load-readable"]
    assert [each.rule for each in collect_matrix(cap_fullstack, tmp_path / "m.xlsx").diagnostics] == ["matrix-file"]


@pytest.mark.parametrize("name", ["DBPassword", "DbPassword", "Password"])
@pytest.mark.parametrize("cell", [SECRET, f'"{SECRET}"', f'"x\n{SECRET}"', f' "{SECRET},\r\n{SECRET}"'])
def test_a_secret_is_never_shown(cap_fullstack: Blueprint, tmp_path: Path, name: str, cell: str) -> None:
    row = ROW.replace("cap-a", "CAP")  # a problem in the same line, so that it is quoted
    found = collected(cap_fullstack, tmp_path, f"{HEADER},{name}\n{row},{cell}\n{row},{cell},{cell}\n{row},{cell}\n")
    assert SECRET not in repr(found)
    shown = found.documents[str(tmp_path / "m.csv")].text
    assert SECRET not in shown
    assert "vpc-0a1b2c3d" in shown
    said = [each for each in found.diagnostics if each.rule in ("parameter-secret", "parameter-known")]
    assert [each.location.line for each in said if each.location] == [1]


def test_a_secret_in_a_broken_file_is_never_shown(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    found = collected(cap_fullstack, tmp_path, f'{HEADER},DBPassword\ncap-a,"{SECRET}')
    assert SECRET not in repr(found) + found.documents[str(tmp_path / "m.csv")].text


def test_settings_go_before_cells_and_cells_before_files(cap_fullstack: Blueprint, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("AgentName: from-file\nDBName: from_file\nRegion: us-east-1\n")
    path = tmp_path / "m.csv"
    path.write_text(f"{HEADER},AgentName,DBName\n{ROW},from-cell,\n")
    found = collect_matrix(cap_fullstack, path, [tmp_path / "p.yaml"], (*SHARED, "Region=eu-central-1"))
    assert values(found, "AgentName") == ["from-cell"]
    assert values(found, "DBName") == ["from_file"]
    assert values(found, "Region") == ["eu-central-1"]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=5), delimiter=st.sampled_from(",;\t")
)
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_places_lead_to_the_text_of_the_cells(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    text = out.getvalue()
    lines = text.split("\n") if "\r" not in text else text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        found = list(records(text, "m.csv", delimiter))
    except CsvError:
        pytest.fail("what csv writes is CSV")
    assert [[cell.text for cell in record] for record in found] == [[cell.strip() for cell in row] for row in rows]
    for record, row in zip(found, rows, strict=True):
        for cell, written in zip(record, row, strict=True):
            place = cell.location
            begin = lines[place.line - 1][place.column - 1 :][: place.length]
            quoted = '"' + written.replace('"', '""') + '"'
            assert quoted.replace("\r\n", "\n").replace("\r", "\n").split("\n")[0] == begin


@given(text=st.text())
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_no_text_makes_it_raise(cap_fullstack: Blueprint, tmp_path: Path, text: str) -> None:
    found = collected(cap_fullstack, tmp_path, text.encode("utf-8", "replace"))
    assert all(isinstance(each, Diagnostic) for each in found.diagnostics)
    assert not found.ok


@pytest.mark.parametrize(
    ("header", "delimiter"), [("a,b;c", ","), ("a;b", ";"), ("a\tb", "\t"), ("a", ","), ('"a,b";c', ";")]
)
def test_the_header_shows_what_parts_cells(header: str, delimiter: str) -> None:
    assert delimiter_of(header + "\n1,2;3\n") == delimiter
