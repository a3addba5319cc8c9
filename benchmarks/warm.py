"""Scan one deployment again and again in one process, with and without its report, and print the median seconds.

Usage: python -m benchmarks.warm OUT/DEPLOYMENT REPORT RUNS
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from capgen.assess import Terms, assess_tree
from capgen.report.write import write_report


def main(deployment: Path, report: Path, runs: int) -> None:
    """Measure and print."""
    terms = Terms(today=datetime.now(UTC).date())
    scan = timed(lambda: assess_tree(deployment, terms=terms), runs)
    both = timed(lambda: write_report(report, assess_tree(deployment, terms=terms)), runs)
    print(json.dumps([scan, both]))


def timed(work: Callable[[], object], runs: int) -> float:
    """Return the median seconds of `runs` runs, after one that does not count."""
    seconds = []
    for number in range(runs + 1):
        start = time.perf_counter()
        work()
        if number:
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
