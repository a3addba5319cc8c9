"""The commands as a pipeline sees them."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from typer.testing import CliRunner, Result

from capgen.cli.main import app
from capgen.resources import table
from tests.fleet.specs import edit, write_spec
from tests.output.example import tree
from tests.terms import TODAY


def capgen(*arguments: str) -> Result:
    today = ("--today", str(TODAY)) if arguments[0] == "build" else ()
    return CliRunner().invoke(app, [*arguments, *today])


def data(result: Result, schema: str) -> Any:
    """Return the document that a command prints, held to its schema."""
    registry: Registry[Any] = Registry().with_resources(
        [(each["$id"], Resource.from_contents(each)) for each in (table("report.schema.json"),)]
    )
    document = json.loads(result.stdout)
    Draft202012Validator(table(f"{schema}.schema.json"), registry=registry).validate(document)
    return document


def test_a_folder_with_one_spec_tells_what_became_of_it(here: Path) -> None:
    write_spec(here / "specs/a.yaml", "cap-a")
    first = capgen("compile", "specs")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == "built     out/cap-a\n1 deployment: 1 built, 0 unchanged, 0 failed\n"
    assert capgen("compile", "specs").stdout == "1 deployment: 0 built, 1 unchanged, 0 failed\n"
    assert capgen("compile", "specs", "--force").stdout == first.stdout
    alone = capgen("compile", "specs/a.yaml")
    assert (alone.exit_code, alone.stdout) == (0, "out/cap-a\n")


def test_data_of_a_fleet_is_as_its_schema_says(here: Path) -> None:
    write_spec(here / "specs/a.yaml", "cap-a")
    (here / "specs/broken.yaml").write_text("name: [\napi_version: capgen/v1\n")
    compiled = capgen("compile", "specs", "--format", "json")
    found = data(compiled, "build")
    assert (compiled.exit_code, found["ok"]) == (1, False)
    assert [each["status"] for each in found["deployments"]] == ["built", "failed"]
    assert found["summary"]["failed"] == 1
    checked = data(capgen("check", "specs", "--format", "json"), "check")
    assert checked["summary"] == {"deployments": 2, "current": 1, "stale": 0, "failed": 1}


def test_check_shows_the_diff_and_fails(here: Path) -> None:
    write_spec(here / "specs/a.yaml", "cap-a")
    missing = capgen("check", "specs")
    assert missing.stdout.splitlines()[0] == "stale     out/cap-a: it was not written"
    capgen("compile", "specs")
    assert capgen("check", "specs").stdout == "1 deployment: 1 current, 0 stale, 0 failed\n"
    edit(here / "specs/a.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    stale = capgen("check", "specs")
    assert stale.exit_code == 1
    assert '    +      "image": "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:1.1.0",' in (
        stale.stdout.splitlines()
    )
    found = data(capgen("check", "specs", "--format", "json"), "check")
    assert [each["kind"] for each in found["deployments"][0]["files"]] == ["changed", "changed"]


def test_what_names_no_file_and_what_is_no_shard_is_a_wrong_call(here: Path) -> None:
    (here / "specs").mkdir()
    for arguments in (
        ("specs",),
        ("none/*.yaml",),
        ("a.yaml", "--shard", "3/2"),
        ("a.yaml", "--jobs", "0"),
        ("a.yaml", "--scheduler", "tcp://127.0.0.1:9"),
        (),
    ):
        for command in ("compile", "build"):
            assert capgen(command, *arguments).exit_code == 2, arguments
    assert capgen("compile", "a.yaml", "b.yaml").exit_code == 1
    assert "cannot read b.yaml" in capgen("compile", "a.yaml", "b.yaml").stderr


def test_a_folder_without_a_spec_is_a_wrong_call(here: Path) -> None:
    (here / "specs").mkdir()
    (here / "specs/base.yaml").write_text("api_version: capgen/v1\n")
    for command in ("compile", "build", "check"):
        refused = capgen(command, "specs")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "there is no deployment spec in specs" in refused.stderr
    write_spec(here / "specs/a.yaml", "cap-a")
    parts = [capgen("compile", "specs", "--shard", f"{number}/2") for number in (1, 2)]
    assert [part.exit_code for part in parts] == [0, 0], "a part may have none"
    assert "0 deployments: 0 built, 0 unchanged, 0 failed\n" in {part.stdout for part in parts}


def test_shards_together_do_every_deployment_once(here: Path) -> None:
    for name in "abcde":
        write_spec(here / f"specs/{name}.yaml", f"cap-{name}")
    done = []
    for number in (1, 2, 3, 4, 5):
        found = data(capgen("compile", "specs", "--shard", f"{number}/5", "--format", "json"), "build")
        assert found["shard"] == f"{number}/5"
        done += [each["deployment"] for each in found["deployments"]]
    assert sorted(done) == [f"cap-{name}" for name in "abcde"]
    assert len(list((here / "out").iterdir())) == 5


def test_affected_prints_lines_for_a_shell_and_a_matrix_for_ci(here: Path) -> None:
    spec = write_spec(here / "specs/a.yaml", "cap-a")
    for command in (["init", "--quiet"], ["add", "--all"], ["-c", "user.name=a", "-c", "user.email=a@example.com",
                                                             "commit", "--quiet", "--message", "a"]):  # fmt: skip
        subprocess.run(["git", *command], check=True)
    edit(spec, "cap-agent:1.0.0", "cap-agent:1.1.0")
    assert capgen("affected", "specs", "--since", "HEAD", "--jobs", "1").stdout == "cap-a eu-west-1\n"
    found = data(capgen("affected", "specs", "--since", "HEAD", "--format", "json", "--jobs", "1"), "affected")
    assert found["include"] == [
        {"deployment": "cap-a", "region": "eu-west-1", "directory": "out/cap-a/eu-west-1", "change": "changed"}
    ]
    spec.unlink()
    assert capgen("affected", "specs/*.yaml", "--since", "HEAD").stdout == "cap-a eu-west-1 deleted\n"
    refused = capgen("affected", "specs", "--since", "nothing")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "git knows no revision nothing" in refused.stderr
    unknown = data(capgen("affected", "specs", "--since", "nothing", "--format", "json"), "affected")
    assert (unknown["ok"], [told["rule"] for told in unknown["diagnostics"]]) == (False, ["affected-revision"])
    nowhere = capgen("affected", "spec", "--since", "HEAD")
    assert (nowhere.exit_code, nowhere.stdout) == (1, "")
    assert "there is no YAML file in spec: not at HEAD, and not in the working tree" in nowhere.stderr


@pytest.mark.slow
def test_a_fleet_is_judged_and_reported_together(here: Path) -> None:
    write_spec(here / "specs/a.yaml", "cap-a", policy={"waivers": []})
    write_spec(here / "specs/b.yaml", "cap-b")
    write_spec(here / "specs/c.yaml", "cap-c", access={"management_cidrs": ["10.0.0.5/8"]})
    built = capgen("build", "specs", "--report", "review", "--format", "json")
    assert built.exit_code == 1
    found = data(built, "build")
    by_name = {each["deployment"]: each for each in found["deployments"]}
    assert {name: each["status"] for name, each in by_name.items()} == {
        "cap-a": "built", "cap-b": "built", "cap-c": "failed",
    }  # fmt: skip
    (region,) = by_name["cap-a"]["regions"]
    assert region["findings"]
    assert region["findings"][0]["spec"]["file"] == "specs/a.yaml"
    assert (by_name["cap-b"]["regions"][0]["findings"], by_name["cap-c"]["regions"]) == ([], [])
    assert {"index.html", "deployments/cap-a.html", "deployments/cap-b.html", "report.sarif"} <= set(
        tree(here / "review")
    )
    (log,) = json.loads((here / "review/report.sarif").read_text())["runs"]
    places = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["results"]
        if "suppressions" not in result
    }
    assert places == {"specs/a.yaml", "specs/c.yaml"}
    again = capgen("build", "specs", "--report", "again")
    assert "3 deployments: 0 built, 2 unchanged, 1 failed" in again.stdout
    assert tree(here / "again") == tree(here / "review")
    assert capgen("build", "specs/b.yaml", "specs/a.yaml", "--fail-on", "critical").exit_code == 0
