"""checkov's own command line runs capgen's policies, on HCL, and says what capgen says."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from capgen.cli.main import app
from capgen.evaluate import Tree, flatten
from capgen.scan.runner import run
from tests.scan.hcl import write_hcl
from tests.scan.policy_cases import CASES
from tests.scan.roots import flattened_root

Verdicts = dict[tuple[str, str], bool]

#: The flattened root writes the text in an expression as checkov's evaluator does, in single quotes.
_QUOTED = re.compile(r"\('([^']*)'\)")

REPOSITORY = Path(__file__).parents[2]


def checkovs(resources: Mapping[tuple[str, str], Mapping[str, Any]], folder: Path) -> Verdicts:
    """Write resources as HCL, and return what checkov's command line says of capgen's policies."""
    document: dict[str, dict[str, Any]] = {}
    for (type, label), body in resources.items():
        document.setdefault(type, {})[label] = body
    (folder / "json").mkdir()
    (folder / "json/main.tf.json").write_text(_QUOTED.sub(r'(\\"\1\\")', json.dumps({"resource": document})))
    write_hcl(folder / "json", folder / "hcl")
    checks = CliRunner().invoke(app, ["policies", "--directory"]).stdout.strip()
    done = subprocess.run(
        [Path(sys.executable).with_name("checkov"), "--directory", folder / "hcl", "--framework", "terraform",
         "--external-checks-dir", checks, "--output", "json", "--skip-download", "--soft-fail"],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert report["results"]["parsing_errors"] == []
    return {
        (record["check_id"], record["resource"]): passed
        for name, passed in (("passed_checks", True), ("failed_checks", False))
        for record in report["results"][name]
        if record["check_id"].startswith("CAPGEN_")
    }


@pytest.mark.slow
def test_the_example_is_judged_the_same(tmp_path: Path) -> None:
    root = REPOSITORY / "out/cap-production/eu-west-1"
    tree = Tree(base=root.parent, boundary=root.parent)
    flattened = flatten(tree.directory(root), tree)
    ours = {(one.check, one.block): one.passed for one in run(flattened) if one.check.startswith("CAPGEN_")}
    open_questions = {check for (check, _), passed in ours.items() if passed is None}
    assert open_questions == {"CAPGEN_44"}, "the routes of a VPC that exists are known to AWS alone"
    judged = {key: passed for key, passed in ours.items() if passed is not None}
    assert set(judged.values()) == {True}
    assert checkovs(flattened.resources, tmp_path) == judged


@pytest.mark.slow
def test_flaws_are_judged_the_same(tmp_path: Path) -> None:
    blocks = {f"{type}.case_{number}": body for number, (_, type, body, _) in enumerate(CASES)}
    flattened = flattened_root(blocks)
    ours = {(one.check, one.block): one.passed for one in run(flattened)
            if one.check.startswith("CAPGEN_") and one.passed is not None}  # fmt: skip
    theirs = checkovs(flattened.resources, tmp_path)
    assert {key: (ours.get(key), theirs.get(key)) for key in ours.keys() | theirs.keys()
            if ours.get(key) is not theirs.get(key)} == {}  # fmt: skip
