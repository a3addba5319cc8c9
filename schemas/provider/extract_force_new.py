# ruff: noqa: INP001 - a script, beside the data it makes
"""Extract which attributes of the AWS provider force a resource to be replaced.

`terraform providers schema` does not say it: the provider decides when it plans. So this script lets the real Terraform
and the real provider plan resources that exist in one form and are configured in another, and reads `replace_paths`:

    python -m schemas.provider.extract_force_new            # write the table; takes some minutes
    python -m schemas.provider.extract_force_new --check    # exit 1 if the committed table differs from a fresh one
    python -m schemas.provider.extract_force_new --only aws_efs_file_system

Run it in the checkout, since it takes valid values from the compiled example of the tests. It needs `terraform` on PATH
and the provider as `extract.py` does, and no network: nothing is refreshed, and credentials are made up. What the
example does not set gets a value that is known after apply, which no validator refuses.

The table, `force_new-<version>.json`, has per type `force_new`, the paths of arguments and nested blocks that force
replacement, indexes left out; `defaults`, what the provider sets where the configuration sets nothing; and `undecided`,
the paths that could not be planned, with Terraform's reason. An argument that AWS decides where it is not set
(`optional` and `computed`) forces nothing when it is taken out: the provider keeps what exists.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from capgen.terraform.provider_schema import Block, block_schema, covered_types
from schemas.provider.extract import ExtractError, install_provider, run_terraform, write
from schemas.provider.force_new.bodies import example_bodies
from schemas.provider.force_new.planning import Planner, Subject
from schemas.provider.force_new.state import existing
from schemas.provider.force_new.trial import Kind, Trial, trials, value_at

HERE = Path(__file__).resolve().parent
DESCRIPTION = "What forces Terraform to replace a resource, as the AWS provider plans it; see extract_force_new.py."


def schema_of(type: str) -> Block:
    """Return the schema of a type of resource."""
    schema = block_schema("resource", type)
    assert schema is not None
    return schema


def extract(coverage: dict[str, Any], types: Sequence[str]) -> dict[str, Any]:
    """Plan every trial of the types, and return the table."""
    bodies = example_bodies()
    tried = [trial for type in types for trial in trials(type, schema_of(type), bodies.get(type, []))]
    with tempfile.TemporaryDirectory(prefix="capgen-force-new-") as name:
        planner = _planner(Path(name), coverage["provider"], coverage["version"])
        created, refused = planner.plan(
            {number: Subject(type=trial.type, config=trial.config) for number, trial in enumerate(tried)}
        )
        subjects = {
            number: Subject(type=tried[number].type, config=tried[number].config,
                            exists=existing(tried[number], schema_of(tried[number].type), change["after"]))
            for number, change in created.items()
        }  # fmt: skip
        changed, refused_later = planner.plan(subjects)
    refused |= refused_later
    return {
        "description": DESCRIPTION,
        "source": f"https://registry.terraform.io/providers/hashicorp/aws/{coverage['version']}/docs",
        "provider": coverage["provider"],
        "version": coverage["version"],
        "resource": {
            type: _of_type(type, {number: trial for number, trial in enumerate(tried) if trial.type == type},
                           created, changed, refused)
            for type in types
        },
    }  # fmt: skip


def _planner(work: Path, provider: str, version: str) -> Planner:
    install_provider(work, provider, version)
    schemas = json.loads(run_terraform(work, "providers", "schema", "-json"))["provider_schemas"][provider]
    versions = {type: schema["version"] for type, schema in schemas["resource_schemas"].items()}
    return Planner(work=work, provider=provider, versions=versions)


def _of_type(
    type: str,
    tried: dict[int, Trial],
    created: dict[int, dict[str, Any]],
    changed: dict[int, dict[str, Any]],
    refused: dict[int, str],
) -> dict[str, Any]:
    forced: set[str] = set()
    decided: set[str] = set()
    reasons: dict[str, str] = {}
    for number, trial in tried.items():
        path = ".".join(trial.path)
        if number in refused:
            reasons.setdefault(path, refused[number])
            continue
        if trial.kind is Kind.CHANGED or not trial.computed:
            decided.add(path)
        if any(_same(trial.path, replaced) for replaced in changed[number].get("replace_paths", [])):
            forced.add(path)
    undecided = {path: reason for path, reason in sorted(reasons.items()) if path not in forced | decided}
    table = {"force_new": sorted(forced), "defaults": dict(_defaults(type, tried, created)), "undecided": undecided}
    return {key: value for key, value in table.items() if value or key == "force_new"}


def _same(path: tuple[str, ...], replaced: Sequence[str | int]) -> bool:
    """Say whether a path that forces replacement is the one tried. Inside a set, the provider names the set alone."""
    names = tuple(name for name in replaced if isinstance(name, str))
    return names[: len(path)] == path or path[: len(names)] == names


def _defaults(
    type: str, tried: dict[int, Trial], created: dict[int, dict[str, Any]]
) -> Iterator[tuple[str, str | float | bool]]:
    """Yield what the provider plans for arguments at the top that the configuration leaves out."""
    attributes = schema_of(type).attributes
    for number, trial in sorted(tried.items(), key=lambda item: item[1].path):
        if trial.kind is Kind.REMOVED and len(trial.path) == 1 and number in created:
            value = value_at(created[number]["after"], trial.path)
            if isinstance(value, str | int | float | bool) and trial.path[0] in attributes:
                yield trial.path[0], value


def render(value: object, depth: int = 0) -> str:
    """Write JSON with one line per path: short, and readable as a diff."""
    if isinstance(value, list):
        items = [json.dumps(item) for item in value]
    elif isinstance(value, dict):
        items = [f"{json.dumps(key)}: {render(item, depth + 1)}" for key, item in value.items()]
    else:
        return json.dumps(value)
    ends = "[]" if isinstance(value, list) else "{}"
    pad = "\n" + " " * depth
    return f"{ends[0]}{pad} {f',{pad} '.join(items)}{pad}{ends[1]}" if items else ends


def main(arguments: list[str] | None = None) -> int:
    """Write the table, or with --check compare it with the committed one."""
    parser = argparse.ArgumentParser(description="Extract which attributes force a resource to be replaced.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the committed table differs")
    parser.add_argument("--only", nargs="+", metavar="TYPE", help="plan these types alone, and print what is found")
    options = parser.parse_args(arguments)
    coverage = json.loads((HERE / "coverage.json").read_text(encoding="utf-8"))
    target = HERE / f"force_new-{coverage['version']}.json"
    try:
        table = extract(coverage, options.only or covered_types("resource"))
    except ExtractError as error:
        print(f"extract_force_new: {error}", file=sys.stderr)
        return 2
    if options.only:
        print(render(table["resource"]))
        return 0
    return write(target, render(table), check=options.check)


if __name__ == "__main__":
    raise SystemExit(main())
