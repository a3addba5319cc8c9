"""What the comparison foretells is what the real Terraform plans on the applied example."""

import shutil
from pathlib import Path

import pytest

from capgen.assess import evaluate_tree
from capgen.compare import compare
from tests.compare.edits import EDITS
from tests.emulator.emulator import Emulator
from tests.emulator.override import OVERRIDE
from tests.output.deployed import Deployed
from tests.output.example import example_spec
from tests.terraform.harness import Terraform

TOGETHER = (
    (
        "a list that is a set has another order",
        "a number is written as text",
        "a policy lists its actions in another order",
        "an argument says what the provider would",
        "the snapshot that the database came from is not looked at",
    ),
    (
        "a setting of the database is changed",
        "a subnet has no mount target",
        "anyone of another account may become the task",
        "everything has another tag",
        "the bucket is emptied with the deployment",
        "the database grows",
        "the database is opened to a range",
        "the key waits for a shorter time",
        "the range of the Console is widened to the world",
        "the secret can be restored for a shorter time",
        "the service runs more tasks",
        "the throughput of the file system is changed",
        "the web is closed",
    ),
    ("a role is renamed", "the load balancer becomes internal", "the range of the Console moves"),
    ("the bucket has another name", "the database is opened to the world", "the tasks may write where they could read"),
    ("the database is no longer encrypted", "the directory of the files moves", "the script is another"),
    ("the database has another master user", "the tasks may no longer read"),
    ("the file system has another mode", "the secret has another name"),
    ("the file system is encrypted with another key", "the service runs another image"),
    (
        "a log group has another name",
        "a rule lets a range in where it let a group in",
        "the database is renamed in place",
    ),
    ("the key has several regions",),
)
"""The edits that one plan is made of. Those with long consequences stand in different plans."""

NOT_PLANNED = {
    "Terraform works for a certain account",  # a plan does not tell of providers
    "Terraform works in another region",
    "another network",  # the emulator has no other one with the same subnets
    "the bucket is taken out",  # what refers to it leads nowhere: Terraform refuses the configuration
    "the database is no longer protected",  # protects against a plan, and is no part of one
    "the database is taken out",
    "the file system is encrypted with the key of AWS",  # told as an update, and Terraform keeps the key
    "the key is taken out",
}

ACTIONS = {
    ("create",): "create",
    ("update",): "update",
    ("delete",): "destroy",
    ("delete", "create"): "replace",
    ("create", "delete"): "replace",
}


def test_every_edit_is_planned_or_says_why_not() -> None:
    planned = [name for names in TOGETHER for name in names]
    assert sorted([*planned, *NOT_PLANNED]) == sorted(EDITS)


@pytest.fixture(scope="module")
def applied(terraform: Terraform, emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """The example, applied; then its resources lose the protection that would stop a plan."""
    deployed = Deployed.create(example_spec(), tmp_path_factory.mktemp("applied"), terraform, emulator)
    deployed.terraform.apply().require()
    for file in deployed.root.parent.glob("modules/*/main.tf.json"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('"prevent_destroy": true', '"prevent_destroy": false'), encoding="utf-8")
    return deployed


@pytest.mark.parametrize("names", TOGETHER, ids=lambda names: names[0])
def test_terraform_plans_what_is_foretold(applied: Deployed, tmp_path: Path, names: tuple[str, ...]) -> None:
    old, new = (Path(shutil.copytree(applied.root.parent, tmp_path / side, symlinks=True)) for side in ("old", "new"))
    for name in names:
        EDITS[name].change(new)
    root = new / applied.root.name
    command = applied.terraform.at(root)
    command.plan("-refresh=false", "-out=edited.tfplan").require(0, 2)
    plan = command.show_json(root / "edited.tfplan")
    planned = {
        change["address"]: ACTIONS[tuple(change["change"]["actions"])]
        for change in plan.get("resource_changes", [])
        if change["mode"] == "managed" and change["change"]["actions"] != ["no-op"]
    }
    for tree in (old, new):
        (tree / applied.root.name / OVERRIDE).unlink()
    (region,) = compare(evaluate_tree(old), evaluate_tree(new)).regions
    assert {change.address: str(change.action) for change in region.resources} == planned
