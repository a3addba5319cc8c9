"""Building over an output: whole or not at all, and what is not capgen's stays, byte for byte."""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pytest

from capgen.pipeline import compile_spec
from capgen.write import swap
from tests.output.example import example_spec, tree
from tests.output.variants import VARIANTS, patched

pytestmark = pytest.mark.slow  # each disk that fails is a compilation

NAME = "cap-production"
USERS_FILES = {
    "eu-west-1/terraform.tfstate": "{}",
    "eu-west-1/terraform.tfstate.backup": "{}",
    "eu-west-1/.terraform.lock.hcl": "# lock",
    "eu-west-1/.terraform/modules/modules.json": "{}",
    "eu-west-1/team_override.tf.json": "{}",
    "eu-west-1/extra.tf": "# ours",
    "modules/database/notes.md": "# ours",
    "README.md": "# ours",
}


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """Return a spec whose output exists, with an operator's files in it."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(example_spec(), encoding="utf-8")
    target = compile_spec(spec, tmp_path / "out").directory
    assert target is not None
    for name, text in USERS_FILES.items():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    provider = target / "eu-west-1" / ".terraform" / "providers" / "aws"
    provider.parent.mkdir()
    provider.symlink_to(tmp_path)
    return spec


def change(spec: Path) -> None:
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace("cap-agent:1.0.0", "cap-agent:1.1.0"), encoding="utf-8")


def full(*_: object, **__: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def failing_once(number: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, but its call of that number finds the disk full.

    Calls with a file descriptor do not count: so does the removal of the CDK's temporary folder, at any time.
    """
    calls = count()

    def failing(*arguments: object, **named: object) -> object:
        counts = not (arguments and isinstance(arguments[0], int))
        return full() if counts and next(calls) == number else real(*arguments, **named)

    return failing


FAILURES = {
    "the first file cannot be written": (swap, "_write_file", 0),
    "a file halfway cannot be written": (swap, "_write_file", 20),
    "the state cannot be taken along": (os, "link", 0),
    "an override cannot be taken along": (os, "link", 4),
    "the old tree cannot be moved away": (Path, "rename", 0),
    "the new tree cannot be moved in": (Path, "rename", 1),
    "a folder cannot be listed": (os, "scandir", 1),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_disk_that_fails_leaves_the_old_output(spec: Path, monkeypatch: pytest.MonkeyPatch, failure: str) -> None:
    out = spec.parent / "out"
    before = tree(out)
    change(spec)
    owner, name, number = FAILURES[failure]
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, failing_once(number, getattr(owner, name)))
        with pytest.raises(OSError, match="No space left"):
            compile_spec(spec, out)
    assert tree(out) == before
    assert [path.name for path in out.iterdir()] == [NAME]
    assert compile_spec(spec, out).directory is not None
    assert tree(out) != before


def test_an_old_output_that_can_not_be_moved_back_is_not_deleted(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = spec.parent / "out"
    before = tree(out / NAME)
    change(spec)
    rename = Path.rename
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", lambda path, to: rename(path, to) if path.name == NAME else full())
        with pytest.raises(OSError, match="it is cap-production as it was before") as failed:
            compile_spec(spec, out)
    assert tree(Path(failed.value.filename)) == before


@pytest.mark.parametrize(
    "mistake", [("\nregions:", "\nregions: ["), ("desired_count: 1", "desired_count: x"), ("10.0.0.5/32", "10.0.0.5/8")]
)
def test_a_spec_that_is_wrong_leaves_the_old_output(spec: Path, mistake: tuple[str, str]) -> None:
    out = spec.parent / "out"
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    spec.write_text(spec.read_text(encoding="utf-8").replace(*mistake), encoding="utf-8")
    compiled = compile_spec(spec, out)
    assert compiled.directory is None
    assert compiled.diagnostics
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_building_again_keeps_what_is_not_capgens(spec: Path) -> None:
    target = spec.parent / "out" / NAME
    managed = tree(target).keys() - USERS_FILES.keys()
    change(spec)
    (target / "eu-west-1" / "main.tf.json").write_text("{}", encoding="utf-8")
    assert compile_spec(spec, spec.parent / "out").directory == target
    found = tree(target)
    assert {name: found[name].decode() for name in USERS_FILES} == USERS_FILES
    assert (target / "eu-west-1" / ".terraform" / "providers" / "aws").readlink() == spec.parent
    assert b"cap-agent:1.1.0" in found["eu-west-1/main.tf.json"]
    assert found.keys() == managed | USERS_FILES.keys()


def test_a_module_that_is_no_longer_called_goes_and_a_users_file_in_it_stays(spec: Path) -> None:
    target = spec.parent / "out" / NAME
    spec.write_text(patched(example_spec(), VARIANTS["two_regions"]), encoding="utf-8")
    compile_spec(spec, spec.parent / "out")
    second = target / "modules" / "load_balancer_2"
    assert (second / "main.tf.json").is_file()
    (second / "notes.md").write_text("ours", encoding="utf-8")
    (target / "eu-central-1" / "terraform.tfstate").write_text("{}", encoding="utf-8")
    spec.write_text(example_spec(), encoding="utf-8")
    compiled = compile_spec(spec, spec.parent / "out")
    assert [told.rule for told in compiled.diagnostics] == ["write-removed-region"]
    assert [path.name for path in second.iterdir()] == ["notes.md"]
    assert [path.name for path in (target / "eu-central-1").iterdir()] == ["terraform.tfstate"]


def test_a_folder_that_capgen_did_not_write_is_left_alone(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(example_spec(), encoding="utf-8")
    foreign = tmp_path / "out" / NAME
    foreign.mkdir(parents=True)
    (foreign / "main.tf").write_text("# ours", encoding="utf-8")
    compiled = compile_spec(spec, tmp_path / "out")
    assert compiled.directory is None
    assert [told.rule for told in compiled.diagnostics] == ["write-foreign-directory"]
    assert tree(foreign) == {"main.tf": b"# ours"}
