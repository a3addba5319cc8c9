"""`capgen build` beside the same resources in cdktf with its prebuilt provider, scanned by checkov's command line.

Prints a Markdown table. Every row is the median of RUNS runs, measured in turn in one go.
"""

import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.process import Measured, measure, run

RUNS = 5
EXAMPLE_DAY = "2026-11-23"
"""A day on which the example's waivers hold."""
REPOSITORY = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        spec = here / "cap-production.yaml"
        example = REPOSITORY / "blueprints" / "cap-fullstack" / "example.yaml"
        capgen = str(BIN / "capgen")
        init = [capgen, "init", "cap-fullstack", "--parameters", str(example), "-o", str(spec)]
        build = [capgen, "build", str(spec), "-o", str(here / "out"), "--today", EXAMPLE_DAY]
        for command in (init, build):
            run(command, here)
        os.environ["PYTHONPATH"] = str(REPOSITORY)
        prebuilt = [
            sys.executable,
            "-m",
            "benchmarks.prebuilt_provider",
            str(here / "out/cap-production"),
            str(here / "p"),
        ]
        checkov = [str(BIN / "checkov"), "-d", str(here / "p"), "--framework", "terraform_json", "--quiet", "--compact",
                   "--skip-download"]  # fmt: skip
        validate = [capgen, "validate", str(spec)]
        cdktf = [sys.executable, "-c", "import cdktf"]
        ours, theirs, ours_validate, import_cdktf = measure(
            [[build], [prebuilt, checkov], [validate], [cdktf]], here, RUNS
        )
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, medians of {RUNS} runs.\n")
    print("| command | seconds | MiB, largest process |\n|---|---|---|")
    row("`capgen build`", ours)
    row("cdktf with its prebuilt AWS provider, then `checkov`", theirs)
    ratio(ours, theirs)
    row("`capgen validate`", ours_validate)
    row('`python -c "import cdktf"`', import_cdktf)
    ratio(ours_validate, import_cdktf)


def row(name: str, measured: Measured) -> None:
    """Print one measurement."""
    print(f"| {name} | {measured.seconds:.2f} | {measured.peak_mib:.0f} |")


def ratio(one: Measured, other: Measured) -> None:
    """Print the first measurement as a share of the second."""
    print(f"| *share* | *{one.seconds / other.seconds:.2f}* | *{one.peak_mib / other.peak_mib:.2f}* |")


if __name__ == "__main__":
    main()
