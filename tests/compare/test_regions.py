"""Which regions belong together, and what happens to those that only one side has."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from capgen.assess import RegionAssessment, evaluate_tree
from capgen.compare import compare
from tests.trees.edit import edit_json


def test_a_region_that_goes_destroys_what_it_holds(evaluated: Sequence[RegionAssessment]) -> None:
    comparison = compare(evaluated, [])
    assert (comparison.vanished, comparison.appeared) == (("eu-west-1",), ())
    assert comparison.dangerous
    (region,) = comparison.regions
    assert {str(change.action) for change in region.resources} == {"destroy"}
    assert len(region.resources) == evaluated[0].resources
    assert {change.type for change in region.resources if change.dangerous} == {
        "aws_db_instance", "aws_efs_file_system", "aws_kms_key", "aws_s3_bucket", "aws_secretsmanager_secret",
    }  # fmt: skip
    assert {change.gained for change in region.permissions} == {False}


def test_a_region_that_comes_opens_its_door_to_the_world(evaluated: Sequence[RegionAssessment]) -> None:
    comparison = compare([], evaluated)
    assert (comparison.vanished, comparison.appeared) == ((), ("eu-west-1",))
    (region,) = comparison.regions
    assert {str(change.action) for change in region.resources} == {"create"}
    assert [change.flow.source for change in region.exposure if change.world] == ["0.0.0.0/0"]
    assert comparison.dangerous


def test_regions_belong_together_by_name_and_deployments_where_there_are_several(
    evaluated: Sequence[RegionAssessment],
) -> None:
    (region,) = evaluated
    other = replace(region, name="eu-central-1", region="eu-central-1")
    assert compare([region, other], [other, region]).equal
    assert compare([region], [other]).vanished == ("eu-west-1",)
    assert compare([region], [other], one_root=True).equal
    renamed = replace(region, deployment="cap-staging", name="cap-staging/eu-west-1")
    assert compare([region], [renamed]).equal
    assert compare([region, renamed], [renamed]).vanished == ("eu-west-1",)


def test_how_the_flattened_root_calls_a_block_is_no_difference(small: Path, small_copy: Path) -> None:
    """A key that sorts first moves the index by which the flattened root calls every other instance."""
    edit_json(small_copy / "eu-west-1" / "main.tf.json", "module/network/subnets",
              {"0": "10.0.3.0/24", "a": "10.0.1.0/24", "b": "10.0.2.0/24"})  # fmt: skip
    (region,) = compare(evaluate_tree(small), evaluate_tree(small_copy)).regions
    assert {change.address: str(change.action) for change in region.resources} == {
        'module.network.aws_subnet.this["0"]': "create"
    }


def test_what_terraform_keeps_beside_a_root_plays_no_role(
    evaluated: Sequence[RegionAssessment], example: Path, tmp_path: Path
) -> None:
    tree = Path(shutil.copytree(example, tmp_path / "cap-production"))
    (tree / "eu-west-1" / "terraform.tfstate").write_text("{}", encoding="utf-8")
    (tree / "eu-west-1" / "RUNBOOK.md").write_text("other", encoding="utf-8")
    assert compare(evaluated, evaluate_tree(tree)).equal
