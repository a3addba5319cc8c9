"""Where the spec is at hand it counts, whatever the tree says of itself."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from capgen import pipeline
from tests.output.example import GOLDEN, example_spec
from tests.terms import TERMS
from tests.trees.edit import edit_json

ROOT, POLICY = "eu-west-1/main.tf.json", "eu-west-1/policy.json"
DATABASE = {"source": "60.0.0.0/8", "destination": "database", "port": 5432, "protocol": "tcp",
            "spec": "access.database_cidrs"}  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOLDEN / "cap-production", tmp_path / "cap-production"))


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    (tmp_path / "cap.yaml").write_text(example_spec(), encoding="utf-8")
    return tmp_path / "cap.yaml"


def edit_policy(tree: Path, key: str, *more: Any) -> None:
    policy = json.loads((tree / POLICY).read_text())
    policy[key] = [*policy[key], *more]
    (tree / POLICY).write_text(json.dumps(policy))


def rules(scanned: pipeline.Scanned) -> set[str]:
    return {each.rule for each in scanned.diagnostics}


def test_the_tree_of_the_spec_is_as_it_should_be(tree: Path, spec: Path) -> None:
    scanned = pipeline.scan(tree, TERMS, spec)
    assert scanned.ok
    assert scanned.diagnostics == ()


def test_a_flow_that_was_added_to_the_tree_alone_is_not_intended(tree: Path, spec: Path) -> None:
    edit_policy(tree, "flows", DATABASE)
    edit_json(tree / ROOT, "module/security/database_cidrs", ["60.0.0.0/8"])
    alone, held = pipeline.scan(tree, TERMS), pipeline.scan(tree, TERMS, spec)
    assert not any(region.judged for region in alone.assessment.regions), "anyone may have said what is intended"
    assert rules(alone) == {"scan-changed"}
    assert [(one.check, str(one.severity)) for one in held.assessment.findings] == [("CAPGEN_40", "critical")]
    assert rules(held) == {"scan-changed", "scan-policy-differs"}
    (told,) = (each for each in held.diagnostics if each.rule == "scan-policy-differs")
    assert "(flows)" in told.message
    assert told.location is not None
    assert told.location.file == POLICY


def test_a_waiver_that_was_added_to_the_tree_alone_does_not_hold(tree: Path, spec: Path) -> None:
    waiver = json.loads((tree / POLICY).read_text())["waivers"][0]
    edit_policy(tree, "waivers", waiver | {"check": "CAPGEN_40", "resource": "*"})
    edit_json(tree / ROOT, "module/security/database_cidrs", ["60.0.0.0/8"])
    alone = pipeline.scan(tree, TERMS)
    assert not any(region.judged for region in alone.assessment.regions), "anyone may have waived it"
    held = pipeline.scan(tree, TERMS, spec)
    assert [one.check for one in held.assessment.findings] == ["CAPGEN_40"]
    assert "scan-policy-differs" in rules(held)


@pytest.mark.parametrize("text", ["{", "[]", None])
def test_a_policy_that_cannot_be_read_is_not_needed(tree: Path, spec: Path, text: str | None) -> None:
    if text is None:
        (tree / POLICY).unlink()
    else:
        (tree / POLICY).write_text(text)
    assert not pipeline.scan(tree, TERMS).ok
    held = pipeline.scan(tree, TERMS, spec)
    assert held.ok
    assert rules(held) == {"scan-changed", "scan-policy-differs"}


def test_a_region_that_the_spec_does_not_have_is_told(tree: Path, spec: Path) -> None:
    shutil.copytree(tree / "eu-west-1", tree / "us-east-1")
    held = pipeline.scan(tree, TERMS, spec)
    (stranger,) = (each for each in held.diagnostics if each.rule == "scan-not-of-spec")
    assert stranger.location is not None
    assert (stranger.location.file, stranger.allowed) == ("us-east-1/policy.json", "eu-west-1")


def test_another_deployment_beside_it_is_held_to_its_own(tree: Path, spec: Path) -> None:
    shutil.copytree(tree, tree.parent / "out/cap-production")
    shutil.copytree(tree, tree.parent / "out/other")
    held = pipeline.scan(tree.parent / "out", TERMS, spec)
    told = [each.location.file for each in held.diagnostics if each.rule == "scan-not-of-spec" and each.location]
    assert told == ["other/eu-west-1/policy.json"]


def test_a_tree_of_another_state_of_the_spec_is_not_judged(tree: Path, spec: Path) -> None:
    spec.write_text(example_spec().replace("10.0.0.5/32", "10.0.0.6/32"), encoding="utf-8")
    stale = pipeline.scan(tree, TERMS, spec)
    assert not stale.ok
    assert rules(stale) >= {"scan-other-spec"}


def test_the_order_of_keys_makes_no_other_spec(tree: Path, spec: Path) -> None:
    lines = spec.read_text(encoding="utf-8").split("\nagent:\n")
    spec.write_text("agent:\n" + lines[1].split("\n\n", 1)[0] + "\n" + lines[0] + "\n\n"
                    + lines[1].split("\n\n", 1)[1], encoding="utf-8")  # fmt: skip
    assert pipeline.scan(tree, TERMS, spec).ok
