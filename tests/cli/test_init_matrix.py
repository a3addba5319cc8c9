"""`capgen init --matrix`: all specs or none, and what differs alone is written."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from capgen.blueprints import rows, spec_files
from capgen.blueprints.skeleton_files import SKELETON
from capgen.cli.main import app
from capgen.pipeline import validate
from tests.output.example import tree

HEADER = "StackName,Region,VpcId,SubnetIds,ManagementCidr\n"
SHARED = ("--set", "Image=registry.example/cap:1", "--set", "WebAccessCidr=0.0.0.0/0")


def row(number: int, region: str = "eu-west-1", name: str = "cap-{}") -> str:
    ids = f"vpc-{number:017x},subnet-{2 * number:017x} subnet-{2 * number + 1:017x}"
    return f"{name.format(number)},{region},{ids},10.0.{number % 250}.5/32\n"


@pytest.fixture(autouse=True)
def _in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def init(text: str | None, *more: str) -> Result:
    if text is not None:
        Path("m.csv").write_text(text)
    return CliRunner().invoke(app, ["init", "cap-fullstack", "--matrix", "m.csv", *SHARED, *more])


def specs(folder: str = "specs") -> dict[str, bytes]:
    return {path: text for path, text in tree(Path(folder)).items() if path.endswith(".yaml")}


def test_every_row_becomes_a_spec() -> None:
    made = init(HEADER + row(1) + row(2, "us-east-1"), "-o", "specs/")
    assert (made.exit_code, made.stdout) == (0, "specs/cap-1.yaml\nspecs/cap-2.yaml\n")
    assert made.stderr == "2 written, 0 unchanged\n"
    for number in (1, 2):
        model = validate(Path(f"specs/cap-{number}.yaml")).model
        assert model is not None
        assert model.name == f"cap-{number}"
    assert Path("specs/.capgen/deployment.schema.json").is_file()


def test_a_row_makes_what_init_makes_of_its_parameters() -> None:
    init(HEADER + row(1), "-o", "{StackName}.yaml")
    pairs = zip(HEADER.strip().split(","), row(1).strip().split(","), strict=True)
    settings = [part for name, value in pairs for part in ("--set", f"{name}={value}")]
    one = CliRunner().invoke(app, ["init", "cap-fullstack", *SHARED, *settings, "-o", "one.yaml"])
    assert one.exit_code == 0, one.stderr
    assert Path("cap-1.yaml").read_bytes() == Path("one.yaml").read_bytes()


def test_what_is_equal_is_left_alone() -> None:
    init(HEADER + row(1) + row(2), "-o", "specs/")
    before = {path: Path(path).stat().st_mtime_ns for path in ("specs/cap-1.yaml", "specs/cap-2.yaml")}
    again = init(HEADER + row(1) + row(2) + row(3), "-o", "specs/", "--format", "json")
    assert [each["changed"] for each in json.loads(again.stdout)["specs"]] == [False, False, True]
    assert before == {path: Path(path).stat().st_mtime_ns for path in before}


def test_nothing_is_written_unless_all_rows_are_good() -> None:
    refused = init(HEADER + row(1) + row(2, "eu-west-9") + row(3), "-o", "specs/", "--format", "json")
    result = json.loads(refused.stdout)
    assert (refused.exit_code, result["ok"], result["specs"]) == (1, False, [])
    (problem,) = result["diagnostics"]
    assert (problem["rule"], problem["file"], problem["line"], problem["column"]) == (
        "deployment-known-region", "m.csv", 3, 7,
    )  # fmt: skip
    assert not Path("specs").exists()


def test_a_problem_of_a_shared_value_is_said_once_with_its_source() -> None:
    refused = init(HEADER + row(1) + row(2), "--set", "Region=eu-west-9", "--format", "json")
    (problem,) = json.loads(refused.stdout)["diagnostics"]
    assert (problem["rule"], problem["file"]) == ("deployment-known-region", None)
    assert problem["message"].endswith("(--set Region)")


def test_a_problem_that_the_blueprint_made_is_said_at_the_row() -> None:
    shutil.copytree(SKELETON, "mine/team-web")
    template = Path("mine/team-web/spec.yaml.j2")
    template.write_text(template.read_text().replace("publisher: object", "publisher: nobody"))
    Path("m.yaml").write_text("- " + Path("mine/team-web/example.yaml").read_text().replace("\n", "\n  "))
    refused = CliRunner().invoke(
        app, ["init", "team-web", "--blueprints", "mine", "--matrix", "m.yaml", "--format", "json"]
    )
    (problem,) = json.loads(refused.stdout)["diagnostics"]
    assert (problem["rule"], problem["file"], problem["line"]) == ("schema-enum", "m.yaml", 1)
    assert re.search(r"\(line \d+ of this row's spec, which the blueprint wrote\)", problem["message"])


def test_an_existing_file_is_left_alone_unless_forced() -> None:
    Path("specs").mkdir()
    Path("specs/cap-2.yaml").write_text("mine")
    refused = init(HEADER + row(1) + row(2), "-o", "specs/")
    assert refused.exit_code == 1
    assert "m.csv:3:1" in refused.stderr
    assert specs() == {"cap-2.yaml": b"mine"}
    assert init(None, "-o", "specs/", "--force").exit_code == 0
    assert len(specs()) == 2


@pytest.mark.parametrize(("make", "said"), [
    (lambda: Path("cap-1.yaml").mkdir(), "cap-1.yaml is a folder"),
    (lambda: Path("cap-1.yaml").symlink_to("gone"), "cap-1.yaml is no plain file"),
])  # fmt: skip
def test_what_is_no_file_is_never_replaced(make: object, said: str) -> None:
    assert callable(make)
    make()
    refused = init(HEADER + row(1), "--force")
    assert (refused.exit_code, said in refused.stderr) == (1, True)


def test_the_matrix_is_not_overwritten() -> None:
    refused = init(HEADER + row(1, name="m{}").replace("m1,", "m,"), "-o", "{StackName}.csv", "--force")
    assert (refused.exit_code, "what specs are made from" in refused.stderr) == (1, True)


def test_a_collision_names_both_rows() -> None:
    refused = init(HEADER + row(1) + row(2) + row(1, "us-east-1"), "--format", "json")
    (problem,) = json.loads(refused.stdout)["diagnostics"]
    assert (refused.exit_code, problem["rule"], problem["line"]) == (1, "matrix-collision", 4)
    assert "the one at line 2" in problem["message"]
    named = init(None, "-o", "{StackName}-{Region}.yaml", "--format", "json")
    (warning,) = json.loads(named.stdout)["diagnostics"]
    assert (named.exit_code, warning["rule"]) == (0, "matrix-same-deployment")


def test_a_disk_that_fails_leaves_every_spec_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    init(HEADER + row(1) + row(2), "-o", "specs/")
    before = tree(Path("specs"))
    staged = spec_files._staged

    def full(file: spec_files.NewFile) -> Path:
        if "cap-2" in file.path.name:
            raise OSError(28, "No space left on device")
        return staged(file)

    monkeypatch.setattr(spec_files, "_staged", full)
    refused = init((HEADER + row(1) + row(2)).replace("10.0.", "10.9."), "-o", "specs/", "--force")
    assert isinstance(refused.exception, OSError)
    assert tree(Path("specs")) == before


def test_several_processes_make_the_same_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEADER + "".join(row(number) for number in range(6)) + row(7, "eu-west-9")
    monkeypatch.setattr(rows, "FEW", 100)
    one = init(text, "-o", "specs/", "--format", "json")
    monkeypatch.setattr(rows, "FEW", 2)
    assert init(None, "-o", "specs/", "--format", "json").stdout == one.stdout
    assert "deployment-known-region" in one.stdout


def test_a_user_is_told_which_blueprints_there_are() -> None:
    none = CliRunner().invoke(app, ["init"])
    assert (none.exit_code, "cap-fullstack" in none.stderr) == (2, True)
    wrong = CliRunner().invoke(app, ["init", "cap-ful", "--format", "json"])
    assert (wrong.exit_code, json.loads(wrong.stdout)["diagnostics"][0]["rule"]) == (1, "blueprint-known")
