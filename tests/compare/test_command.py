"""`capgen diff` as a pipeline sees it: exit codes, what goes to which stream, no secret shown."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from referencing import Registry, Resource
from typer.testing import CliRunner, Result

from capgen.cli.main import app
from capgen.resources import table
from tests.compare.edits import EDITS, value
from tests.output.example import example_spec

GOLDEN = Path(__file__).with_name("golden")
GOOD, DIFFERENT, UNKNOWN, DANGEROUS = 0, 1, 2, 3


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spec") / "cap.yaml"
    path.write_text(example_spec(), encoding="utf-8")
    return path


def diff(old: Path, new: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["diff", str(old), str(new), *more])


def edited(example: Path, folder: Path, *changes: Callable[[Path], None]) -> Path:
    tree = Path(shutil.copytree(example, folder / "edited" / "cap-production"))
    for change in changes:
        change(tree)
    return tree


def valid(result: Result) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(result.stdout)
    schemas = [table("diff.schema.json"), table("report.schema.json")]
    registry: Registry[Any] = Registry().with_resources(
        [(schema["$id"], Resource.from_contents(schema)) for schema in schemas]
    )
    jsonschema.Draft202012Validator(schemas[0], registry=registry).validate(document)
    return document


def test_a_spec_equals_its_committed_output(spec: Path, example: Path) -> None:
    result = diff(example.parent, spec)
    assert (result.exit_code, result.stdout) == (GOOD, "eu-west-1: no change\n"), result.output


def test_a_spec_equals_itself_with_its_keys_in_another_order(spec: Path, tmp_path: Path) -> None:
    data = yaml.safe_load(spec.read_text(encoding="utf-8"))
    other = tmp_path / "other.yaml"
    other.write_text(json.dumps(data, sort_keys=True), encoding="utf-8")
    assert diff(spec, other).exit_code == GOOD


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ("the database grows", DIFFERENT),
        ("the database is no longer encrypted", DANGEROUS),
        ("the database is opened to the world", DANGEROUS),
        ("a number is written as text", GOOD),
    ],
)
def test_the_exit_code_says_how_bad_it_is(example: Path, tmp_path: Path, edit: str, code: int) -> None:
    tree = edited(example, tmp_path, EDITS[edit].change)
    result = diff(example, tree, "--format", "json")
    assert result.exit_code == code
    document = valid(result)
    assert document["equal"] is (code == GOOD)
    assert document["dangerous"] is (code == DANGEROUS)


EVERYTHING = (
    "the database is no longer encrypted",
    "the range of the Console is widened to the world",
    "the tasks may write where they could read",
    "the service runs another image",
)


@pytest.mark.parametrize(("format", "file"), [("text", "changes.txt"), ("markdown", "changes.md")])
def test_changes_are_told_in_words(
    example: Path, tmp_path: Path, golden: Callable[[Path, str], None], format: str, file: str
) -> None:
    tree = edited(example, tmp_path, *(EDITS[name].change for name in EVERYTHING))
    result = diff(example, tree, "--format", format)
    assert result.exit_code == DANGEROUS
    assert result.stderr == ""
    golden(GOLDEN / file, result.stdout)


def test_one_root_is_compared_with_another_whatever_its_folder_is_called(example: Path, tmp_path: Path) -> None:
    tree = edited(example, tmp_path)
    (tree / "eu-west-1").rename(tree / "staging")
    assert diff(example / "eu-west-1", tree / "staging").exit_code == GOOD
    assert diff(example, tree).exit_code == DANGEROUS


def test_a_region_that_is_gone_is_told(example: Path, tmp_path: Path) -> None:
    tree = edited(example, tmp_path)
    shutil.copytree(tree / "eu-west-1", tree / "eu-central-1")
    shutil.rmtree(tree / "eu-west-1")
    result = diff(example, tree)
    assert result.exit_code == DANGEROUS
    assert "The region eu-west-1 goes: everything in it is destroyed." in result.stdout
    assert "The region eu-central-1 comes: everything in it is created." in result.stdout


def nothing(_: Path) -> None:
    """Leave the tree as it is."""


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda tree: (tree / "eu-west-1" / "main.tf.json").write_text("{"), "scan-parse"),
        (lambda tree: (tree / "eu-west-1" / "more.tf").write_text(""), "scan-hcl"),
        (lambda tree: (tree / "eu-west-1" / "policy.json").write_text("[]"), "scan-"),
        (lambda tree: shutil.rmtree(tree / "modules" / "storage"), "scan-module-source"),
        (shutil.rmtree, "scan-empty"),
    ],
)
def test_what_cannot_be_read_is_never_called_equal(
    example: Path, tmp_path: Path, change: Callable[[Path], object], rule: str
) -> None:
    tree = edited(example, tmp_path)
    change(tree)
    for sides in ((example, tree), (tree, tree)):
        result = diff(*sides)
        assert result.exit_code == UNKNOWN, result.output
        assert rule in result.stderr
        assert result.stdout == ""
    document = valid(diff(tree, example, "--format", "json"))
    assert document["regions"] is document["equal"] is document["dangerous"] is None
    assert document["diagnostics"]


def test_a_spec_that_does_not_compile_is_never_called_equal(spec: Path, example: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(
        spec.read_text(encoding="utf-8").replace('environment: "production"', "environment: prod"), encoding="utf-8"
    )
    for sides in ((wrong, example), (example, wrong), (tmp_path / "missing.yaml", example)):
        result = diff(*sides)
        assert (result.exit_code, result.stdout) == (UNKNOWN, "")
        assert "error: " in result.stderr


def test_no_secret_is_shown(example: Path, tmp_path: Path) -> None:
    secrets = [{"name": "DB_PASSWORD", "value": "hunter2"}, {"name": "URL", "value": "https://a:hunter2@example.com"}]
    tree = edited(
        example, tmp_path, value("module/service/environment", secrets), value("module/database/password", "hunter2")
    )
    for format in ("text", "markdown", "json"):
        result = diff(example, tree, "--format", format)
        assert result.exit_code == DIFFERENT
        assert "hunter2" not in result.output
        assert "(sensitive value)" in result.output.replace("\\", "")
