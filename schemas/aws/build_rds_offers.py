# ruff: noqa: INP001 - a script, beside the data it makes
"""Build `rds_offers.json`: which PostgreSQL versions and instance classes RDS offers, and where.

`build_tables.py` runs this; docs/regions.md says how. The lists are AWS's own, collected by cfn-lint.
"""

from __future__ import annotations

import argparse
import json
import re
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TARGET = Path(__file__).resolve().parent / "rds_offers.json"

HEAD = {
    "description": (
        "What RDS for PostgreSQL offers. versions: the minor versions that a new instance can have, by major version. "
        "classes: the sizes of each family of instance classes. regions: the families that each region has; a region "
        "that is missing here is not known yet."
    ),
    "source": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html",
        "https://github.com/aws-cloudformation/cfn-lint",
    ],
}
OLDEST_MAJOR = 13
MINOR = re.compile(r"(\d+)\.(\d+)")


def extension(name: str) -> Any:
    """Return one of cfn-lint's lists about database instances."""
    folder = files("cfnlint") / "data" / "schemas" / "extensions" / "aws_rds_dbinstance"
    return json.loads((folder / name).read_text(encoding="utf-8"))


def of_postgres(cases: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the cases of a list that are about PostgreSQL."""
    return [case for case in cases if case["if"]["properties"]["Engine"].get("const") == "postgres"]


def read_versions() -> dict[str, list[int]]:
    """Return the minor versions that are on offer, by major version."""
    (known,) = of_postgres(extension("engine_version.json")["allOf"])
    (gone,) = of_postgres(extension("engine_version_deprecated.json")["allOf"])
    retired = set(gone["if"]["properties"]["EngineVersion"]["enum"])
    versions: dict[int, list[int]] = {}
    for name in known["then"]["properties"]["EngineVersion"]["enum"]:
        match = MINOR.fullmatch(name)
        if match and name not in retired and int(match[1]) >= OLDEST_MAJOR:
            versions.setdefault(int(match[1]), []).append(int(match[2]))
    return {str(major): sorted(versions[major]) for major in sorted(versions)}


def read_classes() -> dict[str, set[str]]:
    """Return the instance classes that PostgreSQL can have, by region."""
    return {
        region: {
            name
            for case in of_postgres(cases["allOf"])
            for name in case["then"]["properties"]["DBInstanceClass"]["enum"]
        }
        for region, cases in extension("dbinstanceclass_enum.json").items()
    }


def current(versions: Mapping[str, list[int]]) -> set[str]:
    """Return the classes that go with the versions on offer: older families are left to older versions."""
    wanted = [f"{major}.{minor}" for major, minors in versions.items() for minor in minors]
    return {
        name
        for case in of_postgres(extension("db_instance_class.json")["allOf"])
        if any(re.match(case["if"]["properties"]["EngineVersion"]["pattern"], each) for each in wanted)
        for name in case["then"]["properties"]["DBInstanceClass"]["enum"]
    }


def family(name: str) -> str:
    """Return `db.m6g` of `db.m6g.large`."""
    return name.rpartition(".")[0]


def size_order(size: str) -> tuple[int, int]:
    """Sort sizes from small to large."""
    named = ("micro", "small", "medium", "large", "xlarge")
    return (named.index(size), 0) if size in named else (len(named), int(size.removesuffix("xlarge")))


def build() -> str:
    """Return the table as text, one line for each family and region."""
    versions, regions = read_versions(), read_classes()
    offered = {name for name in current(versions) if name.count(".") > 1}
    classes = {
        each: sorted((name.rpartition(".")[2] for name in offered if family(name) == each), key=size_order)
        for each in sorted({family(name) for name in offered})
    }
    homes = {region: sorted({family(name) for name in regions[region] & offered}) for region in sorted(regions)}
    for region, families in homes.items():
        partial = sorted(name for name in offered - regions[region] if family(name) in families)
        if partial:
            raise SystemExit(
                f"{region} lacks {', '.join(partial)} of families that it has: the table cannot say that yet"
            )
    date = json.loads((TARGET.parent / "regions.json").read_text(encoding="utf-8"))["date"]
    head = {**HEAD, "date": date, "cfn_lint": version("cfn-lint")}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    blocks = [_block("versions", versions), _block("classes", classes), _block("regions", homes)]
    return "\n".join(["{", *lines, ",\n".join(blocks), "}", ""])


def _block(name: str, rows: Mapping[str, list[Any]]) -> str:
    written = ",\n".join(f"  {json.dumps(key)}: {json.dumps(row)}" for key, row in rows.items())
    return f" {json.dumps(name)}: {{\n{written}\n }}"


def main(arguments: list[str] | None = None) -> int:
    """Write the table, or with --check compare it."""
    parser = argparse.ArgumentParser(description="Build the table of what RDS for PostgreSQL offers from cfn-lint.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if rds_offers.json differs")
    text = build()
    if parser.parse_args(arguments).check:
        agrees = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text
        print(f"rds_offers.json: {'agrees' if agrees else 'differs'}")
        return 0 if agrees else 1
    TARGET.write_text(text, encoding="utf-8")
    print("rds_offers.json: written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
