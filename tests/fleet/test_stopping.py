"""A fleet that is stopped: no process outlives it, and no output is half."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.fleet.specs import write_spec
from tests.output.example import tree


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Return a folder with a short path: the system has few characters for that of a socket."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _begin(verb: str, environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "capgen", verb, "specs", "--jobs", "2"], env=environment, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=_interruptible,  # noqa: PLW1509 : it does one system call
    )  # fmt: skip


def _interruptible() -> None:
    """Undo what a shell does for a command in the background, as which these tests may run: it ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_fleet_that_is_stopped_leaves_no_process_and_no_half_output(
    fleet: Path, temporary: Path, number: signal.Signals
) -> None:
    for copy in range(60):
        write_spec(fleet / f"specs/more-{copy}.yaml", f"more-{copy}")
    before = tree(fleet / "out")
    process = _begin("compile", {**os.environ, "TMPDIR": str(temporary)})
    while not (fleet / "out/more-0").exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode in {130, 128 + signal.SIGTERM}, (process.returncode, said)
    assert b"Traceback" not in said
    assert not _session(process.pid)
    assert list(temporary.iterdir()) == []
    names = sorted(path.name for path in (fleet / "out").iterdir())
    assert all(not name.startswith(".") for name in names)
    assert 4 < len(names) < 64
    assert all((fleet / "out" / name / "manifest.json").is_file() for name in names)
    after = tree(fleet / "out")
    assert before.keys() <= after.keys()


@pytest.mark.slow
def test_a_fleet_that_is_stopped_while_its_processes_start_says_nothing(fleet: Path) -> None:
    """Workers are forked from a process that first imports checkov: Ctrl-C reaches that one too."""
    before = tree(fleet / "out")
    process = _begin("build", os.environ)
    while not any(b"forkserver" in _command(each) for each in _running(process.pid)):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    time.sleep(0.2)
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, (b"", b""))
    assert tree(fleet / "out") == before
    assert not _session(process.pid)


@pytest.mark.slow
def test_the_path_of_the_temporary_folder_may_be_long(fleet: Path, temporary: Path) -> None:
    """A server that forks workers listens at a path for which the system has some hundred characters."""
    deep = temporary / ("x" * 90)
    deep.mkdir()
    for copy in range(3):
        write_spec(fleet / f"specs/more-{copy}.yaml", f"more-{copy}")
    process = _begin("compile", {**os.environ, "TMPDIR": str(deep)})
    printed, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (0, b""), said
    assert b"7 deployments: 7 built" in printed


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def _belongs(process: Path, leader: int) -> bool:
    """Say whether a process is of a session and alive: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html."""
    try:
        state, _, _, session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
    except OSError:
        return False
    return state != "Z" and int(session) == leader


def _running(leader: int) -> list[Path]:
    return [process for process in Path("/proc").glob("[0-9]*") if _belongs(process, leader)]


def _session(leader: int) -> list[Path]:
    """Return the processes that a stopped one has left, waiting a moment for those that are ending."""
    for _ in range(40):
        found = _running(leader)
        if not found:
            return []
        time.sleep(0.1)
    return found
