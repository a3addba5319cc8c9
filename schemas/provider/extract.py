# ruff: noqa: INP001 - a script, beside the data it makes
"""Extract the part of the AWS provider's schema that capgen needs.

`coverage.json` beside this file names the provider, its version, and the blocks to cover (`*` is a wildcard). The
result, `aws-<version>.json`, is what `capgen.terraform.provider_schema` checks every emitted block against.

To rebuild it, after an edit of `coverage.json` or for another provider version:

    python schemas/provider/extract.py            # write the extract
    python schemas/provider/extract.py --check    # exit 1 if the committed extract differs from a fresh one

It needs `terraform` on PATH. The provider comes from a filesystem mirror where there is one: the directory that holds
`registry.terraform.io/`, named by CAPGEN_TF_PLUGIN_DIR or found in the usual places. Without one, Terraform asks its
registry.

Format, per block: `attributes` maps a name to its Terraform JSON type and its flags (required, optional, computed,
sensitive, write_only, deprecated: only those that are true); `block_types` maps a name to its nesting_mode, its
min_items and max_items where they are limited, and its nested `block`.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MIRROR_VARIABLE = "CAPGEN_TF_PLUGIN_DIR"
CLI_CONFIGURATION = "cli.tfrc"
MIRROR_PARENTS = ("~/.terraform.d", "/usr/local/share/terraform", "/usr/share/terraform", "/opt")

#: The extract's section for each kind of block, and the name of its table in Terraform's own output.
KINDS = {"resource": "resource_schemas", "data": "data_source_schemas", "ephemeral": "ephemeral_resource_schemas"}
FLAGS = ("required", "optional", "computed", "sensitive", "write_only", "deprecated")
NESTING_MODES = ("single", "list", "set")


class ExtractError(Exception):
    """The extract cannot be made; the text says why and what to do."""


def find_mirror(provider: str) -> Path | None:
    """Return the filesystem mirror's directory, or None: Terraform then downloads the provider."""
    named = os.environ.get(MIRROR_VARIABLE)
    if named:
        if not (Path(named) / provider).is_dir():
            raise ExtractError(f"{MIRROR_VARIABLE} names no mirror of {provider}: that is not a directory in {named}")
        return Path(named).resolve()
    for parent in MIRROR_PARENTS:
        for candidate in sorted(Path(parent).expanduser().glob("*/" + provider)):
            return candidate.parents[len(Path(provider).parts) - 1]
    return None


def read_provider_schema(provider: str, version: str) -> dict[str, Any]:
    """Ask Terraform for the provider's schema, in a throw-away directory."""
    with tempfile.TemporaryDirectory(prefix="capgen-extract-") as name:
        install_provider(Path(name), provider, version)
        output = json.loads(run_terraform(Path(name), "providers", "schema", "-json"))
    schema: dict[str, Any] = output["provider_schemas"][provider]
    return schema


def install_provider(work: Path, provider: str, version: str) -> None:
    """Make a directory a Terraform root with the provider installed, and with a CLI configuration of its own."""
    mirror = find_mirror(provider)
    method = f"filesystem_mirror {{\n    path = {json.dumps(str(mirror))}\n  }}" if mirror else "direct {}"
    (work / CLI_CONFIGURATION).write_text(f"provider_installation {{\n  {method}\n}}\n", encoding="utf-8")
    required = {"terraform": {"required_providers": {"aws": {"source": provider, "version": version}}}}
    (work / "main.tf.json").write_text(json.dumps(required), encoding="utf-8")
    run_terraform(work, "init", "-input=false", "-no-color")


def run_terraform(work: Path, *arguments: str, may_fail: bool = False) -> str:
    """Run a command of Terraform in a directory and return what it prints."""
    binary = shutil.which("terraform")
    if binary is None:
        raise ExtractError("terraform is not on PATH: install it, 1.11 or later")
    own = {"TF_CLI_CONFIG_FILE": str(work / CLI_CONFIGURATION), "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TF_")} | own
    command = [binary, *arguments]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - fixed arguments
    if done.returncode != 0 and not may_fail:
        raise ExtractError(f"terraform {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def compact_block(block: dict[str, Any], where: str) -> dict[str, Any]:
    """Keep what decides whether a body is valid; drop descriptions."""
    compact: dict[str, Any] = {}
    attributes = {}
    for name, attribute in sorted(block.get("attributes", {}).items()):
        if "type" not in attribute:
            raise ExtractError(f"{where}.{name}: nested attribute types are not supported; extend the format first")
        attributes[name] = {"type": attribute["type"]} | {flag: True for flag in FLAGS if attribute.get(flag)}
    if attributes:
        compact["attributes"] = attributes
    nested = {}
    for name, block_type in sorted(block.get("block_types", {}).items()):
        if block_type["nesting_mode"] not in NESTING_MODES:
            raise ExtractError(f"{where}.{name}: nesting mode {block_type['nesting_mode']} is not supported")
        kept = {key: block_type[key] for key in ("nesting_mode", "min_items", "max_items") if key in block_type}
        nested[name] = kept | {"block": compact_block(block_type["block"], f"{where}.{name}")}
    if nested:
        compact["block_types"] = nested
    if block.get("deprecated"):
        compact["deprecated"] = True
    return compact


def build(coverage: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Make the extract of `schema` that `coverage` asks for."""
    provider, version = coverage["provider"], coverage["version"]
    extract: dict[str, Any] = {
        "description": "The part of the AWS provider's schema that capgen's output is checked against.",
        "source": f"https://registry.terraform.io/providers/hashicorp/aws/{version}/docs",
        "provider": provider,
        "version": version,
    }
    for kind, table in KINDS.items():
        available = schema[table]
        names: set[str] = set()
        for pattern in coverage[kind]:
            matches = fnmatch.filter(available, pattern)
            if not matches:
                raise ExtractError(f"the provider {version} has no {kind} {pattern}: correct coverage.json")
            names.update(matches)
        extract[kind] = {name: compact_block(available[name]["block"], name) for name in sorted(names)}
    extract["provider_config"] = compact_block(schema["provider"]["block"], "provider")
    return extract


def render(value: object, depth: int = 0) -> str:
    """Write JSON with one line per attribute: short, and readable as a diff."""
    if not isinstance(value, dict) or ("type" in value and not isinstance(value["type"], dict)):
        return json.dumps(value, separators=(", ", ": "))
    if not value:
        return "{}"
    pad = " " * (depth + 1)
    lines = [f"{pad}{json.dumps(key)}: {render(item, depth + 1)}" for key, item in value.items()]
    return "{\n" + ",\n".join(lines) + "\n" + " " * depth + "}"


def main(arguments: list[str] | None = None) -> int:
    """Write the extract, or with --check compare it with the committed one."""
    parser = argparse.ArgumentParser(description="Extract the part of the AWS provider's schema that capgen needs.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the committed extract differs")
    parser.add_argument("--coverage", type=Path, default=HERE / "coverage.json", help="what to cover")
    options = parser.parse_args(arguments)
    coverage = json.loads(options.coverage.read_text(encoding="utf-8"))
    target = HERE / f"aws-{coverage['version']}.json"
    try:
        extract = build(coverage, read_provider_schema(coverage["provider"], coverage["version"]))
    except ExtractError as error:
        print(f"extract: {error}", file=sys.stderr)
        return 2
    return write(target, render(extract), check=options.check)


def write(target: Path, text: str, *, check: bool) -> int:
    """Write a table as text, or compare it with the committed one, and return the exit code."""
    fresh = f"{text}\n".encode()
    if check:
        same = target.is_file() and target.read_bytes() == fresh
        print(f"{target.name}: {'up to date' if same else 'differs: run the script without --check'}")
        return 0 if same else 1
    target.write_bytes(fresh)
    print(f"{target.name}: {len(fresh)} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
