"""Whatever opens or closes a flow of the compiled example is found, at the block that does it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.output.example import GOLDEN, example_spec
from tests.reach.judged import found_in, models, told
from tests.reach.mutants import MUTANTS, ROOT, Mutant


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    unread = shutil.ignore_patterns("*.md", "*.hcl", "tests", "lambda", "files")
    return Path(shutil.copytree(GOLDEN / "cap-production", tmp_path / "cap-production", ignore=unread))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_found_at_its_block(copy: Path, mutant: Mutant) -> None:
    file = copy / mutant.folder / "main.tf.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    mutant.change(document)
    file.write_text(json.dumps(document, indent=2, sort_keys=True), encoding="utf-8")
    findings = found_in(copy / ROOT, models(example_spec())[ROOT])
    assert told(findings) == mutant.told
    assert any(mutant.words in finding.message for finding in findings), [finding.message for finding in findings]
    for finding in findings:
        line = (copy / finding.file).read_text(encoding="utf-8").splitlines()[finding.line - 1]
        assert f'"{finding.address.split("[")[0].rpartition(".")[2]}": {{' in line


def test_the_example_itself_is_as_intended(copy: Path) -> None:
    assert found_in(copy / ROOT, models(example_spec())[ROOT]) == []


def test_there_are_enough_mutants() -> None:
    assert len(MUTANTS) >= 25
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
