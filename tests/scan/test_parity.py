"""The flattened root is judged as checkov's own HCL runner judges the same tree, but for the differences in a table."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from capgen.evaluate.flatten import flatten
from capgen.evaluate.tree import Tree
from capgen.scan import engine
from capgen.scan.runner import run
from tests.scan.hcl import write_hcl

HERE = Path(__file__).parent
DIFFERENCES: list[dict[str, Any]] = json.loads((HERE / "differences.json").read_text(encoding="utf-8"))["differences"]
ROOTS = sorted([*HERE.parent.glob("trees/*/*/main.tf.json"), *HERE.parents[1].glob("out/*/*/main.tf.json")])

Results = dict[tuple[str, str], bool]
Difference = tuple[str, str, bool | None, bool | None]


@pytest.mark.slow
@pytest.mark.parametrize("root", [path.parent for path in ROOTS], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_same_verdicts(root: Path, tmp_path: Path) -> None:
    flat, hcl = ours(root), checkovs_own(root, tmp_path)
    found = differences(flat, hcl)
    assert [difference for difference in found if not any(explains(known, difference) for known in DIFFERENCES)] == []
    assert len(flat) >= len(hcl)


@pytest.mark.slow
def test_one_value_passed_directly_is_no_difference(tmp_path: Path) -> None:
    (tmp_path / "region").mkdir()
    plain = {
        "resource": {"aws_db_instance": {"this": {"multi_az": False, "storage_encrypted": True, "engine": "postgres"}}}
    }
    (tmp_path / "region/main.tf.json").write_text(json.dumps(plain))
    flat = ours(tmp_path / "region")
    assert flat == checkovs_own(tmp_path / "region", tmp_path / "hcl")
    assert flat["CKV_AWS_157", "aws_db_instance.this"] is False


def differences(flat: Results, hcl: Results) -> Iterator[Difference]:
    for check, address in sorted(flat.keys() | hcl.keys()):
        one, other = flat.get((check, address)), hcl.get((check, address))
        if one != other:
            yield check, address, one, other


def explains(known: dict[str, Any], difference: Difference) -> bool:
    check, address, flat, hcl = difference
    return (
        (known["ours"], known["hcl"]) == (flat, hcl)
        and _matches(known["check"], check)
        and _matches(known["address"], address)
    )


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None


def ours(root: Path) -> Results:
    tree = Tree(base=root.parent, boundary=root.parent)
    flattened = flatten(tree.directory(root), tree)
    assert tree.diagnostics == []
    verdicts = run(flattened)
    return {(one.check, flattened.origins[one.block].address): one.passed for one in verdicts if one.passed is not None}


def checkovs_own(root: Path, target: Path) -> Results:
    """Run checkov on the same tree in HCL. What it says of a block that it does not expand holds for each instance."""
    write_hcl(root, target / root.name)
    if (root.parent / "modules").is_dir():
        write_hcl(root.parent / "modules", target / "modules")
    parts = engine.load()
    with engine.contained():
        runner, runner_filter = import_module("checkov.terraform.runner"), import_module("checkov.runner_filter")
        parts.policy_cache.clear()
        report = runner.Runner().run(root_folder=str(target), runner_filter=runner_filter.RunnerFilter())
    assert report.parsing_errors == []
    results: Results = {}
    instances, repeated = [address for _, address in ours(root) if address.endswith("]")], set(repeated_blocks(root))
    for records, passed in ((report.passed_checks, True), (report.failed_checks, False)):
        for record in records:
            address = full_address(record)
            expanded = [one for one in instances if one.startswith(f"{address}[")]
            for one in expanded if address in repeated else [address]:
                results[record.check_id, one] = passed
    return results


def repeated_blocks(root: Path) -> Iterator[str]:
    """Return the addresses of the blocks that have `for_each` or `count`; they may have no instance at all."""
    for module in sorted((root.parent / "modules").glob("*/main.tf.json")):
        for type, labels in json.loads(module.read_text(encoding="utf-8")).get("resource", {}).items():
            for label, body in labels.items():
                if "for_each" in body or "count" in body:
                    yield f"module.{module.parent.name}.{type}.{label}"


def full_address(record: Any) -> str:
    """Return the address of what was judged, of which checkov leaves out `provider.` and `data.`."""
    kind = record.check_class.split(".")[3]
    if kind == "provider":
        return "provider.aws"
    module, dot, block = record.resource.rpartition(".aws_")
    return f"{module}{dot and '.'}data.aws_{block.removeprefix('aws_')}" if kind == "data" else str(record.resource)
