"""A deployment that fails fails alone: the others' output is whole, and its own is as it was."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from capgen.fleet import pool
from capgen.fleet.run import local_runner
from capgen.write.interrupted import put_back
from tests.fleet import killing
from tests.fleet.specs import edit, run, statuses, write_spec
from tests.output.example import tree

NAMES = ("a", "b", "c", "d")


@pytest.fixture
def fleet(here: Path) -> Path:
    """Return a folder with four deployments that are compiled, and whose specs have changed since."""
    for name in NAMES:
        write_spec(here / f"specs/{name}.yaml", f"cap-{name}")
    run(here)
    for name in NAMES:
        state = here / f"out/cap-{name}/eu-west-1/terraform.tfstate"
        state.write_text("{}")
        edit(here / f"specs/{name}.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    return here


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
    before, write = tree(fleet / "out"), Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if ".cap-b." in str(path) and path.name == "variables.tf.json":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        found = run(fleet)
    assert_only_b_failed(fleet, before, found, "disk")
    (told,) = found.all_diagnostics
    assert "no space left on device" in told.message


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
def test_what_a_killed_worker_was_doing_is_done_by_the_next(fleet: Path) -> None:
    found = run(fleet, runner=local_runner(2, killing.dies_once))
    assert (statuses(found), found.ok) == ({f"cap-{name}": "built" for name in NAMES}, True)
    assert (fleet / "died").exists()


@pytest.mark.slow
def test_a_worker_is_replaced_after_a_while(fleet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LIFE", 2)
    found = run(fleet, runner=local_runner(1, killing.tells_its_process))
    processes = [outcome.directory for outcome in found.outcomes]
    assert processes[0] == processes[1] != processes[2] == processes[3]
    assert str(os.getpid()) not in processes


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_fleet_that_is_stopped_leaves_no_process_and_no_half_output(fleet: Path, number: signal.Signals) -> None:
    for copy in range(60):
        write_spec(fleet / f"specs/more-{copy}.yaml", f"more-{copy}")
    before = tree(fleet / "out")
    environment = {**os.environ, "TMPDIR": str(fleet / "temporary")}
    (fleet / "temporary").mkdir()
    command = [sys.executable, "-m", "capgen", "compile", "specs", "--jobs", "2"]
    process = subprocess.Popen(command, start_new_session=True, env=environment, stderr=subprocess.PIPE)
    while not (fleet / "out/more-0").exists():
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode in {130, 128 + signal.SIGTERM}, (process.returncode, said)
    assert b"Traceback" not in said
    assert not _session(process.pid)
    assert list((fleet / "temporary").iterdir()) == []
    names = sorted(path.name for path in (fleet / "out").iterdir())
    assert all(not name.startswith(".") for name in names)
    assert 4 < len(names) < 64
    assert all((fleet / "out" / name / "manifest.json").is_file() for name in names)
    after = tree(fleet / "out")
    assert before.keys() <= after.keys()


def _belongs(process: Path, leader: int) -> bool:
    """Say whether a process is of a session and alive: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html."""
    try:
        state, _, _, session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
    except OSError:
        return False
    return state != "Z" and int(session) == leader


def _session(leader: int) -> list[Path]:
    """Return the processes that a stopped one has left, waiting a moment for those that are ending."""
    for _ in range(40):
        found = [process for process in Path("/proc").glob("[0-9]*") if _belongs(process, leader)]
        if not found:
            return []
        time.sleep(0.1)
    return found
