# ruff: noqa: INP001 - a script, beside the data it makes
"""Build `regions.json`: every AWS region and partition, and what a deployment has to know about it.

`build_tables.py` runs this; docs/regions.md says how. The regions, their partitions and the metering endpoint of AWS
Marketplace come from botocore. An older botocore than the one that the file names is refused when writing; with --check
it only has to agree about the regions that it knows.
Whether a region has to be enabled first is not in botocore: ENABLED_BY_DEFAULT is kept by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore
import botocore.session

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET = Path(__file__).resolve().parent / "regions.json"

SOURCES = [
    "https://github.com/boto/botocore/blob/develop/botocore/data/endpoints.json",
    "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
]
DESCRIPTION = (
    "Every AWS region that has service endpoints. opt_in: an account has to enable the region before its first use. "
    "marketplace_metering: AWS Marketplace has a metering endpoint there, so that a container can register its usage. "
    "partitions: region_pattern is the form of the codes of a partition's regions, those to come included."
)
#: The day of the last comparison with AWS's pages, of all tables. Set it by hand: the output has no clock.
DATE = "2026-11-23"
#: Regions from before March 2019; every later one of the partition `aws` has to be enabled.
ENABLED_BY_DEFAULT = frozenset({
    "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2",
    "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1",
    "us-east-2", "us-west-1", "us-west-2",
})  # fmt: skip
PARTITION_WITH_OPT_IN = "aws"
METERING_SERVICE = "metering.marketplace"


def read_regions() -> dict[str, dict[str, Any]]:
    """Return the regions of the botocore at hand, by code."""
    regions: dict[str, dict[str, Any]] = {}
    for partition in botocore.session.get_session().get_data("endpoints")["partitions"]:
        metering = partition["services"].get(METERING_SERVICE, {}).get("endpoints", {})
        for code, region in partition["regions"].items():
            regions[code] = {
                "name": region["description"],
                "partition": partition["partition"],
                "dns_suffix": partition["dnsSuffix"],
                "opt_in": partition["partition"] == PARTITION_WITH_OPT_IN and code not in ENABLED_BY_DEFAULT,
                "marketplace_metering": code in metering,
            }
    return dict(sorted(regions.items()))


def read_partitions() -> dict[str, dict[str, str]]:
    """Return the partitions of the botocore at hand, by name."""
    found = botocore.session.get_session().get_data("partitions")["partitions"]
    partitions = {
        each["id"]: {
            "dns_suffix": each["outputs"]["dnsSuffix"],
            "region_pattern": each["regionRegex"].replace("\\-", "-").replace("(de)", "de"),
        }
        for each in found
    }
    return dict(sorted(partitions.items()))


def render(regions: dict[str, dict[str, Any]], version: str) -> str:
    """Write the table, one line for each partition and region."""
    head = {"description": DESCRIPTION, "source": SOURCES, "date": DATE, "botocore": version}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    blocks = [_block("partitions", read_partitions()), _block("regions", regions)]
    return "\n".join(["{", *lines, ",\n".join(blocks), "}", ""])


def _block(name: str, rows: Mapping[str, Any]) -> str:
    written = ",\n".join(f"  {json.dumps(key)}: {json.dumps(row)}" for key, row in rows.items())
    return f" {json.dumps(name)}: {{\n{written}\n }}"


def numbers(version: str) -> tuple[int, ...]:
    """Return a version in a form that compares."""
    return tuple(int(part) for part in version.split("."))


def differences(committed: dict[str, Any], regions: dict[str, dict[str, Any]], *, older: bool) -> list[str]:
    """Return the codes at which the committed table and botocore disagree."""
    known = committed["regions"]
    if not older:
        return sorted(code for code in known.keys() | regions.keys() if known.get(code) != regions.get(code))
    stable = ("partition", "dns_suffix", "opt_in")  # endpoints come later than the region
    return sorted(code for code in regions if any(regions[code][key] != known.get(code, {}).get(key) for key in stable))


def main(arguments: list[str] | None = None) -> int:
    """Write the table, or with --check compare it."""
    parser = argparse.ArgumentParser(description="Build the table of AWS regions from botocore.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if regions.json differs")
    options = parser.parse_args(arguments)
    committed: dict[str, Any] = {"botocore": "0", "regions": {}}
    if TARGET.is_file():
        committed = json.loads(TARGET.read_text(encoding="utf-8"))
    current: str = botocore.__version__
    older = numbers(current) < numbers(committed["botocore"])
    regions = read_regions()
    if options.check:
        differing = differences(committed, regions, older=older)
        if not older and TARGET.read_text(encoding="utf-8") != render(regions, committed["botocore"]):
            differing = differing or ["its head or its partitions"]
        verdict = f"differs at {', '.join(differing)}" if differing else "agrees"
        print(f"regions.json: {verdict} (botocore {current})")
        return 1 if differing else 0
    if older:
        reason = f"botocore {current} is older than {committed['botocore']}, which regions.json was built from"
        print(f"build_regions: {reason}; see this script's documentation", file=sys.stderr)
        return 2
    TARGET.write_text(render(regions, current), encoding="utf-8")
    print(f"regions.json: {len(regions)} regions from botocore {current}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
