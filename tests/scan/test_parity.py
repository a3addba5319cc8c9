"""The flattened root is judged as checkov's own HCL runner judges the same tree, but for the differences in a table."""

import json
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from capgen.scan import engine
from capgen.scan.flatten import flatten
from capgen.scan.runner import run
from capgen.scan.tree import Tree
from tests.scan.hcl import write_hcl

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
DIFFERENCES: list[dict[str, Any]] = json.loads((HERE / "differences.json").read_text(encoding="utf-8"))["differences"]
DEPLOYMENTS = [
    HERE / "trees/small",
    HERE / "trees/rich",
    *sorted(path.parent for path in REPOSITORY.glob("out/*/modules")),
]

Results = dict[tuple[str, str], bool]


def ours(root: Path) -> Results:
    tree = Tree(base=root.parent, boundary=root.parent)
    flattened = flatten(tree.directory(root), tree)
    assert tree.diagnostics == []
    verdicts = run(flattened)
    return {(one.check, flattened.origins[one.block].address): one.passed for one in verdicts if one.passed is not None}


def checkovs_own(tree: Path) -> Results:
    parts = engine.load()
    with engine.contained():
        from checkov.runner_filter import RunnerFilter
        from checkov.terraform.runner import Runner

        parts.policy_cache.clear()
        report = Runner().run(root_folder=str(tree), runner_filter=RunnerFilter())
    assert report.parsing_errors == []
    results: Results = {}
    for record in (*report.passed_checks, *report.failed_checks):
        results[record.check_id, record.resource.replace("aws.default", "provider.aws")] = (
            record in report.passed_checks
        )
    return results


def regions(deployment: Path) -> list[Path]:
    return sorted(path.parent for path in deployment.glob("*/main.tf.json"))


@pytest.mark.slow
@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda path: path.name)
def test_the_same_verdicts(deployment: Path, tmp_path: Path) -> None:
    for root in regions(deployment):
        one_region = tmp_path / root.name
        write_hcl(root, one_region / root.name)
        write_hcl(deployment / "modules", one_region / "modules")
        flat, hcl = ours(root), checkovs_own(one_region)
        unexplained = {
            f"{check} {address}: ours {flat.get((check, address))}, HCL {hcl.get((check, address))}"
            for check, address in flat.keys() | hcl.keys()
            if flat.get((check, address)) != hcl.get((check, address))
            and not explained(check, address, flat.get((check, address)), hcl.get((check, address)))
        }
        assert unexplained == set()


def explained(check: str, address: str, flat: bool | None, hcl: bool | None) -> bool:
    return any(
        fnmatchcase(check, known["check"])
        and fnmatchcase(address, known["address"])
        and (known["ours"], known["hcl"]) == (flat, hcl)
        for known in DIFFERENCES
    )


@pytest.mark.slow
def test_no_difference_is_out_of_date(tmp_path: Path) -> None:
    rich = HERE / "trees/rich"
    write_hcl(rich, tmp_path)
    flat, hcl = ours(rich / "eu-west-1"), checkovs_own(tmp_path)
    for known in DIFFERENCES:
        assert any(
            fnmatchcase(check, known["check"])
            and fnmatchcase(address, known["address"])
            and (flat.get((check, address)), hcl.get((check, address))) == (known["ours"], known["hcl"])
            for check, address in flat.keys() | hcl.keys()
        ), known
