"""Judge plans that were made a moment ago, beside the tree that they were made from."""

import json
from pathlib import Path

from capgen.assess import assess_tree
from capgen.gate import Review, review_plan
from tests.gate.reviews import TERMS
from tests.terraform.harness import Terraform


def reviewed_root(root: Path) -> set[tuple[str, str]]:
    """Return what the scan of a compiled root finds, accepted or not."""
    (region,) = assess_tree(root, terms=TERMS).regions
    assert region.judged, region.diagnostics
    return {(each.check, each.address) for each in (*region.findings, *region.waived)}


def judged(terraform: Terraform, saved: Path, tree: Path | None) -> Review:
    """Judge a saved plan as a pipeline does: by its JSON."""
    file = saved.with_suffix(".json")
    file.write_text(json.dumps(terraform.show_json(saved)), encoding="utf-8")
    return review_plan(file, TERMS, tree=tree)
