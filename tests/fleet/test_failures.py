"""A deployment that fails fails alone: the others' output is whole, and its own is as it was."""

from pathlib import Path
from typing import Any

import pytest

from capgen.fleet.run import local_runner
from capgen.write import swap
from capgen.write.interrupted import put_back
from tests.fleet import killing
from tests.fleet.conftest import NAMES
from tests.fleet.specs import edit, run, statuses
from tests.output.example import tree


def assert_only_b_failed(here: Path, before: dict[str, bytes], found: Any, rule: str) -> None:
    """Hold a fleet to this: all but `cap-b` is new and whole, `cap-b` is as it was, nothing else lies about."""
    assert statuses(found) == {f"cap-{name}": "failed" if name == "b" else "built" for name in NAMES}
    assert not found.ok
    assert [told.rule for told in found.all_diagnostics] == [rule]
    after = tree(here / "out")
    assert {path for path in after if after[path] != before.get(path)} == {
        f"cap-{name}/{file}" for name in "acd" for file in ("eu-west-1/main.tf.json", "manifest.json")
    }
    assert after.keys() == before.keys()
    assert sorted(path.name for path in (here / "out").iterdir()) == [f"cap-{name}" for name in NAMES]
    assert statuses(run(here))["cap-b"] == "built"


def test_a_disk_that_fills_fails_one_deployment(fleet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(fleet / "out")

    def full(path: str, mode: str) -> Any:
        """Open a device that has no space: https://man7.org/linux/man-pages/man4/full.4.html."""
        opened = "/dev/full" if "/.cap-b." in path and path.endswith("variables.tf.json") else path
        return Path(opened).open(mode)

    with monkeypatch.context() as patched:
        patched.setattr(swap, "open", full, raising=False)
        found = run(fleet)
    assert_only_b_failed(fleet, before, found, "disk")
    (told,) = found.all_diagnostics
    assert told.message == "cannot read or write a file of cap-b: no space left on device"


def test_a_spec_that_is_broken_fails_one_deployment(fleet: Path) -> None:
    before = tree(fleet / "out")
    edit(fleet / "specs/b.yaml", "10.0.0.5/32", "10.0.0.5/8")
    found = run(fleet)
    edit(fleet / "specs/b.yaml", "10.0.0.5/8", "10.0.0.5/32")
    assert_only_b_failed(fleet, before, found, "security-valid-cidr")


def test_a_mistake_of_capgens_fails_one_deployment_and_is_told_as_that(fleet: Path) -> None:
    before = tree(fleet / "out")
    found = run(fleet, runner=lambda tasks, _: (killing.raises(task) for task in tasks))
    assert_only_b_failed(fleet, before, found, "fleet-bug")
    (told,) = found.all_diagnostics
    assert "ZeroDivisionError in killing.py" in told.message


def test_what_a_killed_swap_has_left_is_put_back(here: Path) -> None:
    for name in ("cap-a", "cap-b", "cap-b.c"):
        (here / f"out/.{name}.x7k/old").mkdir(parents=True)
        (here / f"out/.{name}.x7k/old/state").write_text(name)
        (here / f"out/.{name}.x7k/new").mkdir()
    (here / "out/cap-a").mkdir()
    put_back(here / "out", ["cap-a", "cap-b"])
    assert sorted(path.name for path in (here / "out").iterdir()) == [".cap-b.c.x7k", "cap-a", "cap-b"]
    assert (here / "out/cap-b/state").read_text() == "cap-b"
    assert list((here / "out/cap-a").iterdir()) == []
    put_back(here / "none", ["cap-a"])


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_of_its_swap_fails_one_deployment(fleet: Path) -> None:
    before = tree(fleet / "out")
    found = run(fleet, runner=local_runner(2, killing.dies_between_the_renames))
    assert_only_b_failed(fleet, before, found, "fleet-worker-killed")


@pytest.mark.slow
@pytest.mark.parametrize("work", [killing.dies_once, killing.loses_node_once])
def test_what_a_killed_worker_was_doing_is_done_by_the_next(fleet: Path, work: Any) -> None:
    found = run(fleet, runner=local_runner(1, work))
    assert (statuses(found), found.ok) == ({f"cap-{name}": "built" for name in NAMES}, True)
    assert (fleet / "died").exists()
