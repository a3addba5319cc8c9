"""Every edit of the compiled example is told by its consequences, and nothing else is."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from capgen.assess import RegionAssessment, evaluate_tree
from capgen.compare import Comparison, RegionChanges, compare
from tests.compare.edits import EDITS, Edit


def compared(evaluated: Sequence[RegionAssessment], example: Path, folder: Path, edit: Edit) -> Comparison:
    tree = Path(shutil.copytree(example, folder / "cap-production"))
    edit.change(tree)
    after = evaluate_tree(tree)
    assert [region.diagnostics for region in after if not region.judged] == []
    return compare(evaluated, after)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_by_its_consequences(
    evaluated: Sequence[RegionAssessment], example: Path, tmp_path: Path, name: str
) -> None:
    edit = EDITS[name]
    comparison = compared(evaluated, example, tmp_path, edit)
    (region,) = comparison.regions
    actions = {change.address: str(change.action) for change in region.resources}
    expected = dict(edit.actions)
    assert (actions if edit.alone else {address: actions.get(address) for address in expected}) == expected
    told = {f"{change.address} {each.path}" for change in region.resources for each in change.attributes
            if each.forces_replacement}  # fmt: skip
    assert set(edit.forced) == told if edit.alone else set(edit.forced) <= told
    if edit.alone or edit.exposure:
        assert exposure(region) == edit.exposure
    if edit.alone or edit.permissions:
        assert permissions(region) == edit.permissions
    assert comparison.dangerous is edit.dangerous
    assert comparison.equal is not bool(edit.actions)


def exposure(region: RegionChanges) -> tuple[str, ...]:
    return tuple(
        f"{'WORLD ' if change.world else ''}{'opened' if change.opened else 'closed'} {change.flow.source} "
        f"{change.flow.destination} {change.flow.from_port}{' internet' if change.flow.internet else ''}"
        for change in region.exposure
    )


def permissions(region: RegionChanges) -> tuple[str, ...]:
    return tuple(f"{'gained' if change.gained else 'lost'} {change.holder} {change.action}"
                 for change in region.permissions)  # fmt: skip


def test_a_tree_equals_itself(evaluated: Sequence[RegionAssessment]) -> None:
    comparison = compare(evaluated, evaluated)
    assert comparison.equal
    assert not comparison.dangerous
    assert [region.region for region in comparison.regions] == ["eu-west-1"]


def test_what_loses_data_comes_first(evaluated: Sequence[RegionAssessment], example: Path, tmp_path: Path) -> None:
    (region,) = compared(evaluated, example, tmp_path, EDITS["the file system has another mode"]).regions
    ranks = [(not change.dangerous, {"update": 1, "create": 2}.get(change.action, 0)) for change in region.resources]
    assert ranks == sorted(ranks)
    assert region.resources[0].address == "module.storage.aws_efs_file_system.this"
    assert region.resources[0].prevent_destroy


def test_every_replacement_says_what_forces_it(
    evaluated: Sequence[RegionAssessment], example: Path, tmp_path: Path
) -> None:
    (region,) = compared(evaluated, example, tmp_path, EDITS["the key has several regions"]).regions
    for change in region.resources:
        forced = [attribute for attribute in change.attributes if attribute.forces_replacement]
        assert bool(forced) == (change.action == "replace"), change.address
    database = next(change for change in region.resources if change.type == "aws_db_instance")
    causes = {attribute.path: attribute.because for attribute in database.attributes}
    assert causes["kms_key_id"] == "module.encryption.aws_kms_key.this"


def test_a_replacement_goes_no_further_than_what_refers_to_it(
    evaluated: Sequence[RegionAssessment], example: Path, tmp_path: Path
) -> None:
    (region,) = compared(evaluated, example, tmp_path, EDITS["the service runs another image"]).regions
    service = region.resources[-1]
    assert [(each.path, each.because) for each in service.attributes] == [
        ("task_definition", "module.service.aws_ecs_task_definition.this")
    ]
