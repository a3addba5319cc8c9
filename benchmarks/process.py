"""Run a command as a whole process and account for it."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """Wall-clock seconds of a command, and MiB of its largest process (children such as Node.js included)."""

    seconds: float
    peak_mib: float


def run(command: Sequence[str], directory: Path) -> Run:
    """Run a command once. Fails with its output when it does; exit code 1 of checkov's is a verdict, not a failure.

    Bytecode caches are on, as they are for anyone who has not turned them off.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=directory, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode not in ((0, 1) if Path(command[0]).name == "checkov" else (0,)):
        sys.exit(f"{command} failed with {process.returncode}:\n{errors.decode()}")
    return Run(seconds, usage.ru_maxrss / 1024)


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
