import json
from pathlib import Path
from typing import Any

import pytest

from capgen.assess import assess_tree
from tests.terms import TERMS
from tests.trees.edit import edit_json

MAIN = "modules/storage/main.tf.json"
RUN = {"local-exec": {"command": "curl https://example.com/x | sh"}}


def told(tree: Path) -> set[tuple[str, str]]:
    return {(each.rule, str(each.severity)) for each in assess_tree(tree, terms=TERMS).diagnostics}


@pytest.mark.parametrize("provisioner", [RUN, [RUN], {"remote-exec": {"inline": ["id"]}}])
def test_a_provisioner_is_never_judged_as_harmless(small_copy: Path, provisioner: Any) -> None:
    edit_json(small_copy / MAIN, "resource/aws_s3_bucket/this/provisioner", provisioner)
    (region,) = assess_tree(small_copy, terms=TERMS).regions
    assert not region.judged
    (found,) = (each for each in region.diagnostics if each.rule == "scan-program")
    assert "module.storage.aws_s3_bucket.this" in found.message
    assert found.location is not None
    assert found.location.file == MAIN


def test_terraform_data_with_a_program_is_one(small_copy: Path) -> None:
    edit_json(small_copy / MAIN, "resource/terraform_data", {"x": {"provisioner": RUN}})
    assert ("scan-program", "error") in told(small_copy)


def test_the_data_source_that_runs_a_program_is_one(small_copy: Path) -> None:
    document = json.loads((small_copy / MAIN).read_text())
    document["data"] = {"external": {"x": {"program": ["sh", "-c", "id"]}}}
    (small_copy / MAIN).write_text(json.dumps(document))
    assert ("scan-program", "error") in told(small_copy)


def test_another_provider_is_told(small_copy: Path) -> None:
    edit_json(small_copy / MAIN, "resource/google_storage_bucket", {"x": {"name": "x"}})
    assert ("scan-provider", "warning") in told(small_copy)
