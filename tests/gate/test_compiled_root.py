"""The root that a plan was made from says what is accepted and what is intended."""

import shutil
from pathlib import Path
from typing import Any

from capgen.gate import Verdict, review_plan
from capgen.gate.compiled_root import read_root
from tests.gate.reviews import RICH, TERMS, plan_file, reviewed
from tests.trees.edit import edit_json

ACCEPTED = {"owner": "me", "reason": "so", "spec": "policy.waivers.0"}


def policy_of(folder: Path, **parts: Any) -> Path:
    """Return a copy of the rich root that says what is intended."""
    root = Path(shutil.copytree(RICH.parent, folder / "rich")) / RICH.name
    (root / "policy.json").write_text("{}", encoding="utf-8")
    for key, value in ({"waivers": [], "flows": []} | parts).items():
        edit_json(root / "policy.json", key, value)
    return root


def test_the_roots_waivers_count_and_its_intended_flows_are_held(tmp_path: Path) -> None:
    finding = reviewed("rich_nothing").assessment.findings[0]
    waiver = {"check": finding.check, "resource": finding.address, "expires": "2027-01-01"} | ACCEPTED
    root = policy_of(tmp_path, waivers=[waiver])
    review = review_plan(plan_file("rich_nothing"), TERMS, tree=root)
    assert review.held
    (region,) = review.assessment.regions
    assert [(each.check, each.address) for each in region.waived] == [(finding.check, finding.address)]
    without = {(each.check, each.address) for each in reviewed("rich_nothing").assessment.findings}
    unintended = {(each.check, each.address) for each in region.findings} - without
    assert unintended  # the root intends no flow at all
    assert all((root / each.file).is_file() for each in region.findings)


def test_a_waiver_of_the_root_that_has_expired_refuses(tmp_path: Path) -> None:
    check = reviewed("rich_nothing").assessment.findings[0].check
    waiver = {"check": check, "resource": "*", "expires": "2026-01-01"} | ACCEPTED
    review = review_plan(plan_file("rich_nothing"), TERMS, tree=policy_of(tmp_path, waivers=[waiver]))
    assert [told.rule for told in review.assessment.waiver_diagnostics] == ["waiver-expired"]
    assert review.verdict is Verdict.REFUSED


def test_a_deployments_folder_stands_for_the_root_of_the_plans_region() -> None:
    root, _ = read_root(RICH.parent, "eu-west-1", ())
    assert root is not None
    assert root.path == RICH


def test_a_root_that_the_plan_was_not_made_from_is_refused(tmp_path: Path) -> None:
    review = review_plan(plan_file("hcl"), TERMS, tree=RICH)
    assert {told.rule for told in review.diagnostics} == {"review-tree"}
    assert review.verdict is Verdict.UNUSABLE
    (told,) = review_plan(plan_file("hcl"), TERMS, tree=tmp_path).diagnostics
    assert "it has no .tf.json file" in told.message
