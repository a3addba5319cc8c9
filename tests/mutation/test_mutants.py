"""Every single flaw that is put into the compiled example is reported, at the block that has it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from capgen.assess import assess_tree
from tests.output.example import GOLDEN
from tests.terms import TERMS

EXAMPLE = GOLDEN / "cap-production"
MUTANTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "mutants.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example: a mutant changes one file of it, and puts that back."""
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("mutants") / "cap-production"))


def mutated(copy: Path, mutant: dict[str, Any]) -> tuple[Path, str]:
    """Return the file that the mutant changes, and its text with the flaw."""
    root = mutant["in"] == "root"
    file = copy / ("eu-west-1" if root else f"modules/{mutant['in']}") / "main.tf.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    block, *keys = mutant["path"].split("/")
    if root:
        node, keys = document["module"], [block, *keys]
    else:
        type, label = block.split(".")
        node, keys = document["resource"].setdefault(type, {}), [label, *keys]
    for key in keys[:-1]:
        node = node[int(key) if isinstance(node, list) else key]
    last = int(keys[-1]) if isinstance(node, list) else keys[-1]
    before = json.dumps(document)
    if "text" in mutant:
        old, new = mutant["text"]
        assert node[last].count(old) >= 1, f"{old} is not in {node[last]}"
        node[last] = node[last].replace(old, new, 1)
    elif "drop" in mutant:
        del node[last]
    else:
        node[last] = mutant["set"]
    assert json.dumps(document) != before
    return file, json.dumps(document, indent=2, sort_keys=True)


def test_there_are_mutants_of_every_resource_type_that_the_example_has() -> None:
    emitted = {
        type
        for file in EXAMPLE.glob("modules/*/main.tf.json")
        for type in json.loads(file.read_text(encoding="utf-8")).get("resource", {})
    }
    text = " ".join(f"{mutant['path']} {mutant['address']}" for mutant in MUTANTS)
    assert {type for type in emitted if f"{type}." not in text} == set()
    assert len({mutant["name"] for mutant in MUTANTS}) == len(MUTANTS) >= 60


@pytest.mark.slow
def test_the_example_itself_has_no_finding(copy: Path) -> None:
    assert assess_tree(copy, terms=TERMS).findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant["name"] for mutant in MUTANTS])
def test_a_mutant_is_reported_at_its_address(mutant: dict[str, Any], copy: Path) -> None:
    file, text = mutated(copy, mutant)
    sound = file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    try:
        assessment = assess_tree(copy, terms=TERMS)
    finally:
        file.write_text(sound, encoding="utf-8")
    found = {(finding.check, finding.address) for finding in assessment.failing}
    assert all(region.judged for region in assessment.regions), assessment.diagnostics
    assert mutant["address"] in {address for check, address in found if check == mutant.get("check", check)}, found
