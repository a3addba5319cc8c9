# ruff: noqa: INP001 - a script, beside the data it makes
"""Keep `checks.json` level with checkov: every check that applies to what capgen emits, with our severity and our fix.

    python schemas/policy/build_checks.py            # refresh ids and titles
    python schemas/policy/build_checks.py --check    # write nothing; exit 1 if an id is new or gone, or a title changed

Ids and titles come from checkov's own registries, for the types that `schemas/provider/` covers and for the provider's
own block. `severity`, `fix` and `spec` are written by hand and kept: checkov has no severities offline, and knows
nothing of a spec. A new check is written with these three empty; the tests refuse the table until they are filled in.

A graph check applies to the types that it filters for; where it filters for none, to those whose attributes it reads.
"""

from __future__ import annotations

import argparse
import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TARGET = HERE / "checks.json"
EXTRACTS = HERE.parent / "provider"

DESCRIPTION = (
    "The checks of checkov that apply to the resource types which capgen emits. title is checkov's; severity, fix and "
    "spec (the path in the spec that decides, or the section that it belongs to) are capgen's."
)
SOURCE = "https://github.com/bridgecrewio/checkov/tree/{version}/checkov/terraform/checks"
HAND_WRITTEN = ("severity", "fix", "spec")


def emitted_types() -> dict[str, list[str]]:
    """Return the types of resources and of data sources that the extract of the provider's schema covers."""
    coverage = json.loads((EXTRACTS / "coverage.json").read_text(encoding="utf-8"))
    extract = json.loads((EXTRACTS / f"aws-{coverage['version']}.json").read_text(encoding="utf-8"))
    return {kind: sorted(extract[kind]) for kind in ("resource", "data")}


def applicable_checks(types: dict[str, list[str]]) -> dict[str, str]:
    """Return the title of every check that applies to one of the types, by id."""
    import checkov.terraform.runner  # noqa: F401 - loads every check of the framework
    from checkov.common.checks_infra.registry import get_graph_checks_registry
    from checkov.terraform.checks.data.registry import data_registry
    from checkov.terraform.checks.provider.registry import provider_registry
    from checkov.terraform.checks.resource.registry import resource_registry

    found = {check.id: check.name for type in types["resource"] for check in resource_registry.get_checks(type)}
    found |= {check.id: check.name for type in types["data"] for check in data_registry.get_checks(type)}
    found |= {check.id: check.name for check in provider_registry.get_checks("aws")}
    ours = {*types["resource"], *(f"data.{type}" for type in types["data"])}
    graph_registry = get_graph_checks_registry("terraform")
    graph_registry.load_checks()
    found |= {check.id: check.name for check in graph_registry.checks if subjects(check) & ours}
    return {id: found[id].strip() for id in sorted(found, key=natural)}


def subjects(check: Any) -> set[str]:
    """Return the types that a graph check gives a result for."""
    leaves = list(conditions(check))
    filters = [leaf for leaf in leaves if leaf.attribute == "resource_type"]
    if filters:
        return {type for leaf in filters for type in leaf.attribute_value}
    return {type for leaf in leaves if leaf.attribute for type in leaf.resource_types}


def conditions(check: Any) -> list[Any]:
    """Return the conditions that a graph check is composed of."""
    if not check.sub_checks:
        return [check]
    return [condition for part in check.sub_checks for condition in conditions(part)]


def natural(id: str) -> tuple[str, int]:
    """Order ids by family, then by number."""
    family, number = re.fullmatch(r"(.*_)(\d+)", id).groups()  # type: ignore[union-attr]
    return family, int(number)


def compare(committed: dict[str, dict[str, str]], titles: dict[str, str]) -> list[str]:
    """Return what changed since the table was written."""
    changes = [f"{id}: new: {titles[id]}" for id in titles if id not in committed]
    changes += [f"{id}: gone: {check['title']}" for id, check in committed.items() if id not in titles]
    changes += [
        f"{id}: retitled: {titles[id]}" for id in titles if id in committed and committed[id]["title"] != titles[id]
    ]
    return sorted(changes, key=lambda change: natural(change.split(":")[0]))


def main(arguments: list[str] | None = None) -> int:
    """Refresh the table, or with --check compare it."""
    parser = argparse.ArgumentParser(description="Keep checks.json level with checkov.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if checks.json differs")
    options = parser.parse_args(arguments)
    committed: dict[str, dict[str, str]] = {}
    if TARGET.is_file():
        committed = json.loads(TARGET.read_text(encoding="utf-8"))["checks"]
    titles = applicable_checks(emitted_types())
    changes = compare(committed, titles)
    for change in changes:
        print(change)
    if options.check:
        print(f"checks.json: {len(changes)} changes, {len(titles)} checks of checkov {version('checkov')} apply")
        return 1 if changes else 0
    empty = dict.fromkeys(HAND_WRITTEN, "")
    checks = {
        id: {"title": title} | {key: committed.get(id, empty)[key] for key in HAND_WRITTEN}
        for id, title in titles.items()
    }
    table = {
        "description": DESCRIPTION,
        "source": SOURCE.format(version=version("checkov")),
        "checkov": version("checkov"),
        "checks": checks,
    }
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    unfinished = [id for id, check in checks.items() if not all(check.values())]
    print(f"checks.json: {len(checks)} checks" + (f"; to be filled in: {', '.join(unfinished)}" if unfinished else ""))
    return 1 if unfinished else 0


if __name__ == "__main__":
    raise SystemExit(main())
