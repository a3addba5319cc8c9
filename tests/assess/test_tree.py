"""Which regions are judged, and what keeps one from being judged."""

import json
import shutil
from pathlib import Path

import pytest

from capgen.assess import RegionAssessment, assess_tree
from capgen.diagnostics import Location
from capgen.findings import Finding
from tests.terms import TERMS
from tests.trees.edit import edit_json

ROOT = "eu-west-1/main.tf.json"
POLICY = "eu-west-1/policy.json"


def waived(region: RegionAssessment, check: str) -> Finding:
    (finding,) = (finding for finding in region.waived if finding.check == check)
    return finding


@pytest.mark.parametrize(
    ("start", "name", "file"),
    [
        ("out/shop/eu-west-1", "eu-west-1", "../modules/security/main.tf.json"),
        ("out/shop", "eu-west-1", "modules/security/main.tf.json"),
        ("out", "shop/eu-west-1", "shop/modules/security/main.tf.json"),
        (".", "out/shop/eu-west-1", "out/shop/modules/security/main.tf.json"),
    ],
)
def test_a_tree_is_found_from_any_height(small: Path, tmp_path: Path, start: str, name: str, file: str) -> None:
    shutil.copytree(small, tmp_path / "out/shop")
    assessment = assess_tree(tmp_path / start, terms=TERMS)
    (region,) = assessment.regions
    assert (region.name, region.deployment, region.region) == (name, "shop", "eu-west-1")
    assert assessment.diagnostics == ()
    finding = waived(region, "CKV_AWS_260")
    assert finding.waiver is not None
    assert (finding.file, finding.waiver.reason) == (file, "The shop is public.")


def test_a_relative_path_is_a_path(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small / "eu-west-1")
    (region,) = assess_tree(Path(), terms=TERMS).regions
    assert (region.name, region.resources) == ("eu-west-1", 9)


def test_every_region_of_every_deployment_is_judged(small: Path, rich: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path / "a")
    shutil.copytree(rich, tmp_path / "b")
    shutil.copytree(rich / "eu-west-1", tmp_path / "b/us-east-1")
    regions = assess_tree(tmp_path, terms=TERMS).regions
    assert [(region.name, region.resources) for region in regions] == [
        ("a/eu-west-1", 9),
        ("b/eu-west-1", 56),
        ("b/us-east-1", 56),
    ]


def test_links_are_followed_once(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path / "elsewhere")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/region").symlink_to(tmp_path / "elsewhere/eu-west-1")
    (tmp_path / "out/round").symlink_to(tmp_path / "out")
    regions = assess_tree(tmp_path / "out", terms=TERMS).regions
    assert [(region.name, region.resources) for region in regions] == [("region", 9)]


def test_each_region_may_have_a_locator_of_its_own(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path / "a")
    shutil.copytree(small / "eu-west-1", tmp_path / "a/us-east-1")
    first, second = (Location("spec.yaml", line, 1) for line in (1, 2))
    assessment = assess_tree(
        tmp_path / "a", terms=TERMS, locate=lambda _: first, locators={"us-east-1": lambda _: second}
    )
    assert [{finding.spec for finding in region.findings} for region in assessment.regions] == [{first}, {second}]
    assert [waiver.place for region in assessment.regions for waiver in region.carried] == [first, second]


@pytest.mark.parametrize("name", ["empty", "absent", "file"])
def test_nothing_to_judge_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    assessment = assess_tree(tmp_path / name, terms=TERMS)
    assert [(each.rule, each.severity) for each in assessment.diagnostics] == [("scan-empty", "error")]
    assert not assessment.ok


def test_a_region_of_plain_hcl_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "eu-west-1").mkdir()
    (tmp_path / "eu-west-1/main.tf").write_text('resource "aws_s3_bucket" "open" {}\n')
    assert {each.rule for each in assess_tree(tmp_path, terms=TERMS).diagnostics} == {"scan-hcl", "scan-empty"}


def test_an_unreadable_file_means_that_nothing_was_judged(small_copy: Path) -> None:
    (small_copy / "modules/storage/main.tf.json").write_text("{")
    assessment = assess_tree(small_copy, terms=TERMS)
    (region,) = assessment.regions
    assert (region.judged, region.passed, region.findings) == (False, (), ())
    assert assessment.diagnostics[0].rule == "scan-parse"
    assert not assessment.ok


def test_a_value_that_is_not_evaluated_is_a_warning(small_copy: Path) -> None:
    edit_json(small_copy / ROOT, "module/network/name", "${module.absent.name}")
    assessment = assess_tree(small_copy, terms=TERMS)
    assert [(each.rule, each.severity) for each in assessment.diagnostics] == [("scan-expression", "warning")]
    assert assessment.regions[0].passed


def test_a_waiver_that_one_region_of_two_needs_is_used_when_that_region_is_judged_alone(
    small: Path, tmp_path: Path
) -> None:
    shutil.copytree(small, tmp_path / "shop")
    shutil.copytree(small / "eu-west-1", tmp_path / "shop/us-east-1")
    edit_json(tmp_path / "shop/us-east-1/main.tf.json", "module/security/cidrs", ["198.51.100.0/24"])
    assert assess_tree(tmp_path / "shop", terms=TERMS).diagnostics == ()
    assert assess_tree(tmp_path / "shop/us-east-1", terms=TERMS).diagnostics == ()
    edit_json(tmp_path / "shop/us-east-1/policy.json", "waivers/0/spec", "regions.us-east-1.policy.waivers[0]")
    assert [each.rule for each in assess_tree(tmp_path / "shop", terms=TERMS).diagnostics] == ["waiver-unused"]
    assert [each.rule for each in assess_tree(tmp_path / "shop/us-east-1", terms=TERMS).diagnostics] == [
        "waiver-unused"
    ]


def test_the_order_of_keys_and_files_changes_nothing(rich: Path, rich_copy: Path) -> None:
    for file in rich_copy.rglob("*.tf.json"):
        document = json.loads(file.read_text())
        file.write_text(json.dumps(dict(reversed(document.items())), indent=2))
    plain, shuffled = (assess_tree(path, terms=TERMS).regions[0] for path in (rich, rich_copy))
    assert shuffled.passed == plain.passed
    assert shuffled.reachability == plain.reachability
    assert {(one.check, one.address) for one in shuffled.findings} == {
        (one.check, one.address) for one in plain.findings
    }
