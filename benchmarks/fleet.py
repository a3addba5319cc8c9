"""Fleets of two-region deployments: how time and memory grow, what an unchanged fleet costs, what a second core brings.

Prints Markdown tables. Each command is a whole process; the cost of one more regional root is the slope between the
smallest and the largest fleet. The program with cdktf's prebuilt provider makes the same resources, and its output is
scanned by checkov's command line.

Usage: python -m benchmarks.fleet [LARGEST]
"""

import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.process import Run, run

SIZES = (1, 10, 100, 1000)
REGIONS = ("eu-west-1", "eu-central-1")
DAY = "2026-11-23"
"""A day on which the example's waivers hold."""
REPOSITORY = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


@dataclass(frozen=True, kw_only=True)
class Fleet:
    """What was measured of one size."""

    size: int
    compiled: Run
    built: Run
    unchanged: Run
    checked: Run
    built_by_two: Run


def main(largest: int) -> None:
    """Measure and print."""
    sizes = sorted({size for size in SIZES if size < largest} | {largest})
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {len(REGIONS)} regions a deployment, one run.\n"
    )
    print("| deployments | `compile` | `build` | a deployment | nothing changed: `build` | `check` | `build --jobs 2` "
          "| MiB, largest process |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        os.environ["XDG_CACHE_HOME"] = str(here / "cache")
        spec = example(here)
        fleets = []
        for size in sizes:
            fleets.append(measured(size, spec, here / str(size)))
            row(fleets[-1])
        prebuilt = beside(spec, here / "prebuilt")
    slopes(fleets[0], fleets[-1])
    one = fleets[0].built
    print(f"cdktf with its prebuilt provider, then `checkov`, 1 deployment: {prebuilt.seconds:.1f} s, "
          f"{prebuilt.peak_mib:.0f} MiB; `capgen build` takes {one.seconds / prebuilt.seconds:.2f} of the time and "
          f"{one.peak_mib / prebuilt.peak_mib:.2f} of the memory.")  # fmt: skip


def example(here: Path) -> str:
    """Return the spec of the guide's example, in two regions."""
    parameters = REPOSITORY / "blueprints" / "cap-fullstack" / "example.yaml"
    file = here / "example.yaml"
    run([str(BIN / "capgen"), "init", "cap-fullstack", "--parameters", str(parameters), "-o", str(file)], here)
    spec = yaml.safe_load(file.read_text(encoding="utf-8"))
    (settings,) = spec["regions"].values()
    return yaml.safe_dump(spec | {"regions": dict.fromkeys(REGIONS, settings)}, sort_keys=False)


def measured(size: int, spec: str, here: Path) -> Fleet:
    """Measure a fleet of one size: compiled, built by one process, built again and checked, and built by two."""
    specs = here / "specs"
    specs.mkdir(parents=True)
    for number in range(size):
        text = spec.replace("name: cap-production", f"name: cap-{number:04}", 1)
        (specs / f"cap-{number:04}.yaml").write_text(text, encoding="utf-8")
    capgen, one = str(BIN / "capgen"), ["--jobs", "1"]
    judged = ["--today", DAY]
    build = [capgen, "build", str(specs), "-o", str(here / "built"), *judged, *one]
    return Fleet(
        size=size,
        compiled=run([capgen, "compile", str(specs), "-o", str(here / "compiled"), *one], here),
        built=run(build, here),
        unchanged=run(build, here),
        checked=run([capgen, "check", str(specs), "-o", str(here / "built"), *one], here),
        built_by_two=run(
            [capgen, "build", str(specs), "-o", str(here / "two"), *judged, "--jobs", "2", "--force"], here
        ),
    )


def beside(spec: str, here: Path) -> Run:
    """Measure the program with the prebuilt provider, and checkov on what it writes."""
    here.mkdir()
    (here / "spec.yaml").write_text(spec, encoding="utf-8")
    run([str(BIN / "capgen"), "compile", str(here / "spec.yaml"), "-o", str(here / "out")], here)
    os.environ["PYTHONPATH"] = str(REPOSITORY)
    program = [sys.executable, "-m", "benchmarks.prebuilt_provider", str(here / "out/cap-production"), str(here / "p")]
    checkov = [str(BIN / "checkov"), "-d", str(here / "p"), "--framework", "terraform_json", "--quiet", "--compact",
               "--skip-download"]  # fmt: skip
    parts = [run(program, here), run(checkov, here)]
    return Run(sum(part.seconds for part in parts), max(part.peak_mib for part in parts))


def row(fleet: Fleet) -> None:
    """Print what was measured of one size."""
    runs = (fleet.compiled, fleet.built, fleet.unchanged, fleet.checked, fleet.built_by_two)
    compiled, built, unchanged, checked, by_two = (f"{each.seconds:.1f} s" for each in runs)
    each = f"{fleet.built.seconds / fleet.size:.2f} s"
    peak = max(one.peak_mib for one in runs)
    print(
        f"| {fleet.size} | {compiled} | {built} | {each} | {unchanged} | {checked} | {by_two} | {peak:.0f} |",
        flush=True,
    )


def slopes(small: Fleet, large: Fleet) -> None:
    """Print what one more regional root costs, and the ratios of the largest fleet."""
    roots = (large.size - small.size) * len(REGIONS)
    compiled = (large.compiled.seconds - small.compiled.seconds) / roots * 1000
    built = (large.built.seconds - small.built.seconds) / roots * 1000
    unchanged, checked = large.unchanged.seconds / large.built.seconds, large.checked.seconds / large.built.seconds
    twice = large.built.seconds / large.built_by_two.seconds
    print(f"\nOne more regional root: {compiled:.0f} ms compiled, {built:.0f} ms compiled and scanned, on one core. "
          f"Of {large.size} deployments of which nothing changed, `build` takes {unchanged:.3f} and `check` "
          f"{checked:.3f} of the first build; two jobs are {twice:.2f} times as fast as one.")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1])
