"""Files that are not as capgen wrote them are named; nothing else is."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from capgen.assess import Assessment, assess_tree
from tests.terms import TERMS
from tests.trees.edit import edit_json

ROOT = "eu-west-1/main.tf.json"
SECURITY = "modules/security/main.tf.json"


@pytest.fixture
def written(small_copy: Path) -> Path:
    """A tree with the manifest that capgen writes."""
    files = {file.relative_to(small_copy).as_posix(): sha256(file.read_bytes()).hexdigest()
             for file in sorted(small_copy.rglob("*")) if file.is_file()}  # fmt: skip
    (small_copy / "manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    return small_copy


def said(assessment: Assessment) -> list[tuple[str, str]]:
    return [(str(each.severity), each.message) for each in assessment.diagnostics if each.rule == "scan-changed"]


def test_a_tree_as_it_was_written_says_nothing(written: Path) -> None:
    assert assess_tree(written, terms=TERMS).diagnostics == ()


def test_a_file_that_was_edited_is_named(written: Path) -> None:
    edit_json(written / ROOT, "module/security/cidrs", ["10.0.0.0/8"])
    (written / SECURITY).write_text((written / SECURITY).read_text() + "\n")
    assert said(assess_tree(written, terms=TERMS)) == [
        ("warning", f"2 files are not as capgen wrote them: {ROOT}, {SECURITY}")
    ]


def test_additions_that_terraform_reads_are_named_and_other_files_are_not(written: Path) -> None:
    for name in ("eu-west-1/x_override.tf.json", "modules/security/more.tf.json"):
        (written / name).write_text("{}")
    (written / "eu-west-1/x.auto.tfvars.json").write_text("{}")
    for name in ("eu-west-1/terraform.tfstate", "eu-west-1/.hidden.tf.json", "notes.md", "modules/security/x.py"):
        (written / name).write_text("{}")
    named = "eu-west-1/x.auto.tfvars.json, eu-west-1/x_override.tf.json, modules/security/more.tf.json"
    told = ("warning", f"3 files are there that capgen did not write: {named}")
    assert said(assess_tree(written, terms=TERMS)) == [told]


def test_a_file_that_is_gone_is_named(written: Path) -> None:
    manifest = json.loads((written / "manifest.json").read_text())
    manifest["files"]["modules/security/gone.md"] = "0"
    (written / "manifest.json").write_text(json.dumps(manifest))
    gone = [message for _, message in said(assess_tree(written, terms=TERMS)) if "gone" in message]
    assert gone == ["1 file is gone that capgen wrote: modules/security/gone.md"]


def test_without_its_policy_a_root_is_not_judged(written: Path) -> None:
    """No flow would be unintended, and a spec without waivers would pass."""
    (written / "eu-west-1/policy.json").unlink()
    assessment = assess_tree(written, terms=TERMS)
    (region,) = assessment.regions
    assert not region.judged
    (error,) = (message for severity, message in said(assessment) if severity == "error")
    assert error.startswith("eu-west-1/policy.json is gone that capgen wrote: nothing says what is intended")


def test_only_the_regions_that_are_judged_are_looked_at(written: Path) -> None:
    manifest = json.loads((written / "manifest.json").read_text())
    manifest["files"]["us-east-1/main.tf.json"] = "0"
    (written / "manifest.json").write_text(json.dumps(manifest))
    assert said(assess_tree(written / "eu-west-1", terms=TERMS)) == []


def test_two_regions_are_told_once(written: Path) -> None:
    shutil.copytree(written / "eu-west-1", written / "us-east-1")
    (written / SECURITY).write_text((written / SECURITY).read_text() + "\n")
    messages = [message for _, message in said(assess_tree(written, terms=TERMS))]
    assert messages.count(f"1 file is not as capgen wrote it: {SECURITY}") == 1


@pytest.mark.parametrize("text", ["{", "[]", '{"files": []}', '{"files": {"../../x": 1, "modules/security": null}}'])
def test_a_manifest_that_is_none_does_no_harm(small_copy: Path, text: str) -> None:
    (small_copy / "manifest.json").write_text(text)
    assert assess_tree(small_copy, terms=TERMS).regions[0].judged
