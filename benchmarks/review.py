"""Scan and report: of the example in one warm process, and of a fleet, beside checkov's command line on the same trees.

Prints a Markdown table. checkov's command line is measured on the trees as they are, of which it resolves no module
argument, and on the same trees written as HCL, of which it does.

Usage: python -m benchmarks.review [DEPLOYMENTS]
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.process import Measured, Run, run
from tests.scan.hcl import write_hcl

RUNS = 5
REPOSITORY = Path(__file__).parents[1]
EXAMPLE = REPOSITORY / "out" / "cap-production"
BIN = Path(sys.executable).parent
FRAMEWORKS = {"terraform_json": "checkov, the same JSON", "terraform": "checkov, the same as HCL"}


def main(deployments: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        one, fleet = here / "one", here / "fleet"
        shutil.copytree(EXAMPLE, one / "cap-production")
        for number in range(deployments):
            shutil.copytree(EXAMPLE, fleet / f"cap-production-{number:03}")
        for trees in (one, fleet):
            write_hcl(trees, here / f"{trees.name}-hcl")
        scan, scan_and_report = warm(one / "cap-production", here / "report")
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, medians of {RUNS} runs; the fleet once.\n")
        print("| what | seconds | MiB, largest process |\n|---|---|---|")
        print(f"| the example, scanned in a warm process | {scan:.3f} | |")
        print(f"| the example, scanned and reported in a warm process | {scan_and_report:.3f} | |")
        table("1 deployment", one, here, RUNS)
        table(f"{deployments} deployments", fleet, here, 1)


def table(name: str, trees: Path, here: Path, runs: int) -> None:
    """Measure whole processes on the same trees and print a row for each."""
    capgen = str(BIN / "capgen")
    row(f"{name}: `capgen scan --report`", [capgen, "scan", str(trees), "--report", str(here / "report")], here, runs)
    for framework, words in FRAMEWORKS.items():
        directory = trees if framework == "terraform_json" else here / f"{trees.name}-hcl"
        checkov = [str(BIN / "checkov"), "-d", str(directory), "--framework", framework, "--quiet", "--compact",
                   "--skip-download"]  # fmt: skip
        row(f"{name}: {words}", checkov, here, runs)


def row(name: str, command: list[str], here: Path, runs: int) -> None:
    """Measure one command and print it."""
    found: list[Run] = [run(command, here) for _ in range(runs)]
    measured = Measured(
        statistics.median(each.seconds for each in found), statistics.median(each.peak_mib for each in found)
    )
    print(f"| {name} | {measured.seconds:.2f} | {measured.peak_mib:.0f} |", flush=True)


def warm(deployment: Path, report: Path) -> tuple[float, float]:
    """Return the median seconds of a scan, and of a scan with its report, in one process that has done both before."""
    command = [sys.executable, "-m", "benchmarks.warm", str(deployment), str(report), str(RUNS)]
    result = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    scan, both = json.loads(result.stdout)
    return scan, both


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
