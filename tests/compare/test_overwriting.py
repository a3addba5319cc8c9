"""A replication that begins onto a file system which exists loses what that holds, and no other replication does."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from capgen.assess import evaluate_tree
from capgen.compare import OVERWRITING, Action, Comparison, ResourceChange, compare
from capgen.gate import Danger, DangerKind
from capgen.gate.planned import planned_changes
from capgen.pipeline import compile_spec
from capgen.report.change_words import OVERWRITTEN, headline, remark
from capgen.report.review_words import danger_in_words, remarks
from tests.output.example import example_spec
from tests.output.variants import VARIANTS, patched
from tests.trees.edit import edit_json

PAIR = VARIANTS["standby"]
RECOVERY = PAIR["disaster_recovery"]
REPLICATION = "module.replication.aws_efs_replication_configuration.this"


def tree(folder: Path, **recovery: Any) -> Path:
    """Compile the pair with something different in `disaster_recovery`."""
    folder.mkdir()
    spec = folder / "spec.yaml"
    patch = {**PAIR, "disaster_recovery": {**RECOVERY, **recovery}}
    spec.write_text(patched(example_spec(), {**patch, "policy": {"waivers": []}}), encoding="utf-8")
    compiled = compile_spec(spec, folder / "out")
    assert compiled.directory is not None, compiled.diagnostics
    return compiled.directory


def compared(old: Path, new: Path) -> tuple[Comparison, dict[str, ResourceChange]]:
    comparison = compare(evaluate_tree(old), evaluate_tree(new))
    return comparison, {change.address: change for region in comparison.regions for change in region.resources}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tree(tmp_path_factory.mktemp("pair") / "pair")


@pytest.fixture(scope="module")
def promoted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tree(tmp_path_factory.mktemp("pair") / "promoted", promoted=True)


def test_a_promotion_loses_nothing_and_taking_it_back_loses_what_was_written_since(pair: Path, promoted: Path) -> None:
    comparison, changes = compared(pair, promoted)
    assert changes[REPLICATION].action is Action.DESTROY
    assert changes["module.database.aws_db_instance.this"].action is Action.UPDATE
    assert not comparison.dangerous

    comparison, changes = compared(promoted, pair)
    assert changes[REPLICATION].action is Action.CREATE
    assert comparison.dangerous
    assert [address for address, change in changes.items() if change.dangerous] == [REPLICATION]
    assert remark(changes[REPLICATION]).startswith("DATA LOSS, the file system that it copies to exists")
    (region,) = (region for region in comparison.regions if region.region == "eu-central-1")
    assert headline(region).startswith("the data of 1 resource is lost")


def test_a_pair_that_is_made_overwrites_nothing(pair: Path) -> None:
    changes = [change for region in compare([], evaluate_tree(pair)).regions for change in region.resources]
    assert REPLICATION in {change.address for change in changes}
    assert not any(change.dangerous for change in changes)


@pytest.mark.parametrize(
    ("destination", "overwritten"),
    [("fs-0a1b2c3d4e5f60718", True), ("${data.aws_efs_file_system.that.id}", True)],
)
def test_a_replication_onto_something_from_elsewhere(
    pair: Path, promoted: Path, tmp_path: Path, destination: str, *, overwritten: bool
) -> None:
    tree = Path(shutil.copytree(pair, tmp_path / "cap-production"))
    edit_json(tree / "eu-central-1" / "main.tf.json", "module/replication/destination_file_system_id", destination)
    _, changes = compared(promoted, tree)
    assert (changes[REPLICATION].action, changes[REPLICATION].overwrites) == (Action.CREATE, overwritten)


def test_a_replication_that_is_made_anew_overwrites_too(pair: Path, tmp_path: Path) -> None:
    tree = Path(shutil.copytree(pair, tmp_path / "cap-production"))
    edit_json(
        tree / "eu-central-1" / "main.tf.json", "module/replication/source_file_system_id", "fs-0a1b2c3d4e5f60718"
    )
    _, changes = compared(pair, tree)
    assert (changes[REPLICATION].action, changes[REPLICATION].overwrites) == (Action.REPLACE, True)


@pytest.mark.parametrize(
    ("actions", "after", "overwritten"),
    [
        (["create"], {"file_system_id": "fs-0a1b2c3d4e5f60718"}, True),
        (["delete", "create"], {"file_system_id": "fs-0a1b2c3d4e5f60718"}, True),
        (["create"], {"region": "eu-central-1"}, False),
        (["delete"], None, False),
    ],
)
def test_in_a_plan_an_id_that_is_known_is_that_of_a_file_system_that_exists(
    actions: list[str], after: dict[str, str] | None, *, overwritten: bool
) -> None:
    body: dict[str, Any] = {"actions": actions, "before": None, "after": {"destination": [after]} if after else None}
    entry: dict[str, Any] = {"address": REPLICATION, "type": OVERWRITING, "mode": "managed", "change": body}
    (change,) = planned_changes((entry,))
    assert (change.dangerous, change.overwrites) == (overwritten, overwritten)
    assert [text for text in remarks(change) if "overwritten" in text] == [OVERWRITTEN] * overwritten
    danger = Danger(kind=DangerKind.DATA, addresses=(REPLICATION,), allowed=False, change=change)
    assert (OVERWRITTEN in danger_in_words(danger)) is overwritten
