"""The guard for CI: the committed output is what the specs compile to."""

from pathlib import Path

import pytest

from capgen.fleet.difference import MOST_LINES
from capgen.fleet.result import Fleet
from capgen.fleet.task import Verb
from tests.fleet.specs import edit, run, statuses, write_spec
from tests.output.example import tree


@pytest.fixture
def committed(here: Path) -> Path:
    """Return a folder with the output of one spec."""
    write_spec(here / "specs/a.yaml", "cap-a")
    run(here)
    return here


def check(here: Path, *arguments: str, force: bool = False) -> Fleet:
    return run(here, *arguments, verb=Verb.CHECK, force=force)


def test_current_output_passes_by_compiling_and_by_what_is_known(committed: Path) -> None:
    before = tree(committed / "out")
    for force in (True, False):
        found = check(committed, force=force)
        assert (statuses(found), found.ok) == ({"cap-a": "unchanged"}, True)
    assert tree(committed / "out") == before


def test_what_is_stale_is_told_file_by_file_and_nothing_is_written(committed: Path) -> None:
    output = committed / "out/cap-a"
    (output / "modules/database/README.md").write_text("edited\n")
    (output / "modules/storage/main.tf.json").unlink()
    (output / "eu-west-1/terraform.tfstate").write_text("{}")
    (output / "eu-west-1/ours_override.tf.json").write_text("{}")
    edit(committed / "specs/a.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    before = tree(committed / "out")
    found = check(committed)
    assert (statuses(found), found.ok) == ({"cap-a": "stale"}, False)
    (outcome,) = found.outcomes
    differing = {each.path: each for each in outcome.differences}
    assert {path: each.kind for path, each in differing.items()} == {
        "eu-west-1/main.tf.json": "changed",
        "manifest.json": "changed",
        "modules/database/README.md": "changed",
        "modules/storage/main.tf.json": "missing",
    }
    diff = differing["eu-west-1/main.tf.json"].diff.splitlines()
    assert [line for line in diff[2:] if line.startswith(("-", "+"))] == [
        '-      "image": "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:1.0.0",',
        '+      "image": "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:1.1.0",',
    ]
    readme = differing["modules/database/README.md"]
    assert (len(readme.diff.splitlines()), readme.cut > 0) == (MOST_LINES, True)
    assert tree(committed / "out") == before


def test_what_an_earlier_spec_left_is_superfluous(committed: Path) -> None:
    edit(committed / "specs/a.yaml", '"eu-west-1"', '"eu-central-1"')
    (outcome,) = check(committed).outcomes
    kinds = {each.path.split("/")[0]: each.kind for each in outcome.differences if "/" in each.path}
    assert (kinds["eu-central-1"], kinds["eu-west-1"]) == ("missing", "superfluous")


def test_an_output_that_no_spec_has_is_told_where_a_folder_was_named(committed: Path) -> None:
    (committed / "specs/a.yaml").rename(committed / "a.yaml")
    write_spec(committed / "specs/b.yaml", "cap-b")
    (committed / "out/notes").mkdir()
    found = check(committed)
    assert found.orphans == ("cap-a",)
    assert [(told.rule, told.severity) for told in found.diagnostics] == [("fleet-orphan", "warning")]
    assert check(committed, "specs/b.yaml").orphans == ()
    (committed / "specs/broken.yaml").write_text("api_version: [\n")
    assert check(committed).orphans == (), "the spec that cannot be read may be its"
