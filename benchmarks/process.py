"""Run a command as a whole process and account for it."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_SAMPLED = 0.25
"""Seconds between two looks at the processes of a command."""
_SESSION = 3
"""Where the session stands behind the name in a process's stat: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html."""


@dataclass(frozen=True)
class Run:
    """Wall-clock seconds of a command, and MiB of its largest process (workers and Node.js included)."""

    seconds: float
    peak_mib: float


def run(command: Sequence[str], directory: Path) -> Run:
    """Run a command once. Fails with its output when it does; exit code 1 of checkov's is a verdict, not a failure.

    Bytecode caches are on, as they are for anyone who has not turned them off.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=directory, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:  # fmt: skip
        memory = _Memory(process.pid)
        memory.start()
        assert process.stderr is not None
        errors = process.stderr.read()
        process.wait()
    seconds = time.perf_counter() - start
    memory.stop()
    if process.returncode not in ((0, 1) if Path(command[0]).name == "checkov" else (0,)):
        sys.exit(f"{command} failed with {process.returncode}:\n{errors.decode()}")
    return Run(seconds, memory.peak_kib / 1024)


class _Memory(Thread):
    """Watches the processes of a session for the most memory that one of them ever had."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.peak_kib = 0
        self._session = session
        self._over = Event()

    def run(self) -> None:
        """Look until told to stop. The kernel keeps each process's peak, so a look late in its life is enough."""
        while not self._over.wait(_SAMPLED):
            self.peak_kib = max([self.peak_kib, *_peaks(self._session)])

    def stop(self) -> None:
        """Stop looking."""
        self._over.set()
        self.join()


def _peaks(session: int) -> Iterator[int]:
    """Yield the peak of each process of a session, in KiB."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            if folder.joinpath("stat").read_text().rpartition(")")[2].split()[_SESSION] == str(session):
                status = folder.joinpath("status").read_text()
                yield from (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


@dataclass(frozen=True)
class Measured:
    """Medians of several runs; a pipeline of commands adds their times and takes the largest memory."""

    seconds: float
    peak_mib: float


def measure(pipelines: Sequence[Sequence[Sequence[str]]], directory: Path, runs: int) -> list[Measured]:
    """Measure several pipelines of commands in turn, A B A B, after one round that warms caches and does not count."""
    rounds: list[list[Run]] = [[] for _ in pipelines]
    for number in range(runs + 1):
        for index, commands in enumerate(pipelines):
            parts = [run(command, directory) for command in commands]
            if number:
                rounds[index].append(Run(sum(part.seconds for part in parts), max(part.peak_mib for part in parts)))
    return [
        Measured(statistics.median(one.seconds for one in found), statistics.median(one.peak_mib for one in found))
        for found in rounds
    ]
