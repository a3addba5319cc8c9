"""`capgen blueprint`: listed, shown, begun, and tested; docs/blueprints.md as a reader would follow it."""

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from capgen.blueprints.skeleton_files import SKELETON
from capgen.cli.main import app
from capgen.render import blueprints
from capgen.resources import blueprints_dir, table
from tests.terms import TODAY

PAGE = (Path(__file__).parents[2] / "docs" / "blueprints.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def capgen(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def run_tests(folder: str, *more: str) -> tuple[int, dict[str, bool], list[dict[str, object]]]:
    """Return exit code, the tests of the one blueprint, and its diagnostics."""
    done = capgen("blueprint", "test", folder, "--today", str(TODAY), "--format", "json", *more)
    document = json.loads(done.stdout)
    Draft202012Validator(table("blueprint_test.schema.json")).validate(document)
    tests = [test for each in document["blueprints"] for test in each["tests"]]
    told = [*document["diagnostics"], *(each for test in tests for each in test["diagnostics"])]
    return done.exit_code, {test["name"]: test["ok"] for test in tests}, told


def change(file: str, old: str, new: str) -> None:
    path = Path("mine/team-web") / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.fixture
def mine() -> str:
    shutil.copytree(SKELETON, "mine/team-web")
    return "mine"


def test_list_and_show() -> None:
    listed = capgen("blueprint", "list")
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [each.name for each in blueprints()]
    shown = capgen("blueprint", "show", "cap-fullstack").stdout
    for name, schema in blueprints()[0].parameters.items():
        assert re.search(rf"^{name}  (required|default|never)", shown, re.MULTILINE)
        assert schema["description"] in shown
    document = json.loads(capgen("blueprint", "show", "cap-fullstack", "--format", "json").stdout)
    assert [each["name"] for each in document["parameters"]] == list(blueprints()[0].parameters)
    assert capgen("blueprint", "show", "cap").exit_code == 1


def test_list_shows_a_users_and_says_what_is_broken(mine: str) -> None:
    Path("mine/broken").mkdir()
    Path("mine/broken/spec.yaml.j2").write_text("")
    listed = capgen("blueprint", "list", "--blueprints", mine, "--format", "json")
    document = json.loads(listed.stdout)
    assert (listed.exit_code, document["ok"]) == (1, False)
    assert {each["name"]: each["title"] is None for each in document["blueprints"] if not each["own"]} == {
        "broken": True, "team-web": False,
    }  # fmt: skip
    assert "mine/broken/blueprint.yaml is missing" in {each["message"] for each in document["diagnostics"]}


def test_list_says_whose_blueprint_takes_the_place_of_capgens() -> None:
    shutil.copytree(SKELETON, "mine/cap-private")
    file = Path("mine/cap-private/blueprint.yaml")
    file.write_text(file.read_text().replace("name: team-web", "name: cap-private"))
    listed = capgen("blueprint", "list", "--blueprints", "mine")
    assert (listed.exit_code, len(listed.stdout.splitlines())) == (0, 3)
    assert "mine/cap-private is used, and not capgen's own blueprint of the same name" in listed.stderr
    assert {line.index(whose) for line in listed.stdout.splitlines() for whose in ("capgen's own", "mine/")
            if line.endswith(whose) or whose in line} == {listed.stdout.index("capgen's own")}  # fmt: skip


def test_a_blueprint_is_begun_once() -> None:
    assert capgen("blueprint", "new", "mine/shop-web").stdout == "mine/shop-web\n"
    assert capgen("blueprint", "show", "shop-web", "--blueprints", "mine").exit_code == 0
    again = capgen("blueprint", "new", "mine/shop-web")
    assert (again.exit_code, "exists" in again.stderr) == (1, True)
    assert capgen("blueprint", "new", "mine/Shop Web").exit_code == 1


def test_the_page_shows_the_blueprint_that_is_begun() -> None:
    blocks = dict(re.findall(r"^`team-web/([\w./]+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    files = {path.relative_to(SKELETON).as_posix(): path.read_text() for path in SKELETON.rglob("*") if path.is_file()}
    assert files.keys() - {"examples/production.yaml"} == blocks.keys()
    assert {name: files[name].strip() for name in blocks} == {name: text.strip() for name, text in blocks.items()}


@pytest.mark.slow
def test_the_pages_commands_work() -> None:
    """Every command of the worked example, in order, as it stands there."""
    shutil.copytree(SKELETON, "team-blueprints/team-web")
    example = PAGE.partition("## A worked example")[2]
    for name, text in re.findall(r"^`(fleet\.\w+)`:\n\n```\w+\n(.*?)^```$", example, re.MULTILINE | re.DOTALL):
        Path(name).write_text(text)
    commands = re.findall(r"^\$ capgen (.*)$", example, re.MULTILINE)
    assert len(commands) >= 4
    for command in commands:
        arguments = [part.strip("'") for part in command.split()]
        done = capgen(*arguments, *(("--today", str(TODAY)) if arguments[:2] == ["blueprint", "test"] else ()))
        assert done.exit_code == 0, (command, done.stderr)
    assert sorted(path.as_posix() for path in Path("specs").rglob("*.yaml")) == [
        "specs/production/shop-central.yaml", "specs/production/shop-eu.yaml", "specs/staging/shop-test.yaml",
    ]  # fmt: skip


def test_a_good_blueprint_passes_in_every_form(mine: str) -> None:
    shutil.rmtree("mine/team-web/examples")
    done = capgen("blueprint", "test", mine, "--today", str(TODAY), "--junit", "out/j.xml", "--update")
    assert done.exit_code == 0, done.stderr
    assert "1 blueprint, 9 tests: all passed" in done.stdout
    suite = ET.fromstring(Path("out/j.xml").read_bytes()).find("testsuite")
    assert suite is not None
    assert (suite.attrib["name"], suite.attrib["tests"], suite.attrib["failures"]) == ("team-web", "9", "0")
    assert sorted(path.name for path in Path("mine/team-web/expected").iterdir()) == ["example.yaml"]
    before = Path("mine/team-web/expected/example.yaml").read_text()
    change("spec.yaml.j2", "  desired_count: 1", "  desired_count:  1")
    Path("mine/team-web/expected/old.yaml").write_text("")
    code, tests, told = run_tests(mine)
    assert (code, [name for name, ok in tests.items() if not ok]) == (1, ["its examples render as expected"])
    assert {str(each["message"]).removeprefix("mine/team-web/expected/") for each in told} == {
        "the example renders something else", "old.yaml is the spec of no example",
    }  # fmt: skip
    different = next(each for each in told if each["line"])
    assert before.splitlines()[int(str(different["line"])) - 1] == "  desired_count: 1"


@pytest.mark.parametrize(
    ("file", "old", "new", "failed", "place"),
    [
        ("spec.yaml.j2", "{% endfor %}", "", "its template is right", "spec.yaml.j2"),
        ("spec.yaml.j2", "{{ VpcId }}", '"vpc-0a1b2c3d"', "every parameter is used", "parameters.schema.json"),
        ("example.yaml", "Region: eu-west-1", "Region: eu-west-9", "example.yaml renders", "example.yaml"),
        ("spec.yaml.j2", "publisher: object", "publisher: nobody", "example.yaml compiles", "spec.yaml.j2"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(
    mine: str, file: str, old: str, new: str, failed: str, place: str
) -> None:
    shutil.rmtree("mine/team-web/examples")
    change(file, old, new)
    code, tests, told = run_tests(mine)
    assert (code, tests[failed]) == (1, False)
    lines = Path(f"mine/team-web/{place}").read_text().splitlines()
    (first, *_) = [each for each in told if each["severity"] == "error"]
    assert first["file"] == f"mine/team-web/{place}"
    assert 0 < int(str(first["line"])) <= len(lines) + 1
    if new and place == file:
        assert new.strip() in lines[int(str(first["line"])) - 1]


def test_a_finding_is_said_at_the_line_of_the_template(mine: str) -> None:
    shutil.rmtree("mine/team-web/examples")
    change("spec.yaml.j2", "  readonly_root_filesystem: true\n  execute_command: false\n", "")
    code, tests, told = run_tests(mine)
    assert (code, tests["example.yaml passes the scan"]) == (1, False)
    (finding,) = told
    template = Path("mine/team-web/spec.yaml.j2").read_text().splitlines()
    assert (finding["rule"], template[int(str(finding["line"])) - 1]) == ("CKV_AWS_336", "agent:")


def test_defaults_are_tried_together(mine: str) -> None:
    change("parameters.schema.json", '"default": 0', '"default": 604800')
    change("parameters.schema.json", '"maximum": 604800', '"maximum": 604801')
    change("parameters.schema.json", '"default": 604800', '"default": 604801')
    change("example.yaml", "Environment: staging", "Environment: staging\nSessionSeconds: 0")
    shutil.rmtree("mine/team-web/examples")
    code, tests, told = run_tests(mine)
    assert (code, [name for name, ok in tests.items() if not ok]) == (
        1,
        ["example.yaml validates without what has a default"],
    )
    assert "(the default of SessionSeconds)" in str(told[0]["message"])


def test_a_folder_without_a_blueprint_is_refused() -> None:
    code, tests, (told,) = run_tests(".")
    assert (code, tests, told["rule"]) == (1, {}, "blueprint-folder")
    assert run_tests("none")[0] == 1


def test_a_blueprint_without_an_example_fails(mine: str) -> None:
    shutil.rmtree("mine/team-web/examples")
    Path("mine/team-web/example.yaml").unlink()
    code, tests, _ = run_tests(mine)
    assert (code, tests["it has examples"]) == (1, False)


@pytest.mark.parametrize("link", ["example.yaml", "examples/production.yaml", "examples", "expected"])
def test_a_link_out_of_the_folder_is_neither_read_nor_written(mine: str, link: str) -> None:
    path = Path("mine/team-web") / link
    outside = Path("outside")
    outside.mkdir()
    (outside / "secret.yaml").write_text("hunter2")
    shutil.rmtree(path, ignore_errors=True)
    path.unlink(missing_ok=True)
    path.symlink_to((outside if path.suffix == "" else outside / "secret.yaml").resolve())
    code, tests, told = run_tests(mine, "--update")
    assert (code, tests["it has examples"]) == (1, False)
    assert "hunter2" not in repr(told)
    assert [path.name for path in outside.iterdir()] == ["secret.yaml"]


@pytest.mark.slow
@pytest.mark.parametrize("name", [each.name for each in blueprints()])
def test_our_own_blueprints_pass(name: str) -> None:
    code, tests, told = run_tests(str(blueprints_dir() / name))
    assert (code, [each for each, ok in tests.items() if not ok]) == (0, []), told
    assert "example.yaml passes the scan" in tests
