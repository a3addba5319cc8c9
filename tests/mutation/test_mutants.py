"""Every single flaw that is put into the compiled example, or a variant of it, is reported at the block that has it."""

import json
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from capgen.assess import assess_tree
from tests.output.example import GOLDEN
from tests.output.variants import compiled_variant
from tests.terms import TERMS

EXAMPLE = GOLDEN / "cap-production"
MUTANTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "mutants.yaml").read_text(encoding="utf-8"))


WITHOUT_A_FLAW = {"aws_internet_gateway", "aws_s3_object"}
"""Types that cannot be wrong by themselves: a route leads to the gateway, and the bucket keeps the object."""

VARIANTS = sorted({mutant["variant"] for mutant in MUTANTS if "variant" in mutant})

Copies = Callable[[str | None], Path]


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Copy the example, or a variant of it, once: a mutant changes one file of the copy, and puts that back."""

    @cache
    def copy(variant: str | None) -> Path:
        folder = tmp_path_factory.mktemp("mutants") / "cap-production"
        if variant is None:
            return Path(shutil.copytree(EXAMPLE, folder))
        for name, content in compiled_variant(variant).items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return folder

    return copy


def mutated(copy: Path, mutant: dict[str, Any]) -> tuple[Path, str]:
    """Return the file that the mutant changes, and its text with the flaw."""
    root = mutant["in"] == "root"
    file = copy / (mutant.get("region", "eu-west-1") if root else f"modules/{mutant['in']}") / "main.tf.json"
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
    emitted = types_in({str(path): path.read_bytes() for path in EXAMPLE.glob("modules/*/main.tf.json")})
    text = " ".join(f"{mutant['path']} {mutant['address']}" for mutant in MUTANTS)
    assert {type for type in emitted if f"{type}." not in text} == set()
    assert len({mutant["name"] for mutant in MUTANTS}) == len(MUTANTS) >= 60


def test_there_are_mutants_of_what_variants_alone_have() -> None:
    emitted = {type for variant in VARIANTS for type in types_in(compiled_variant(variant))}
    text = " ".join(f"{mutant['path']} {mutant['address']}" for mutant in MUTANTS)
    assert {type for type in emitted if f"{type}." not in text} == WITHOUT_A_FLAW


def types_in(files: Mapping[str, bytes]) -> set[str]:
    """Return the types of resources in the modules of a tree."""
    return {
        type
        for name, content in files.items()
        if name.endswith("main.tf.json") and "/modules/" in f"/{name}"
        for type in json.loads(content).get("resource", {})
    }


@pytest.mark.slow
@pytest.mark.parametrize("variant", [None, *VARIANTS])
def test_without_a_mutant_a_tree_has_no_finding_that_one_names(variant: str | None, copies: Copies) -> None:
    found = {(finding.check, finding.address) for finding in assess_tree(copies(variant), terms=TERMS).findings}
    named = {mutant["address"] for mutant in MUTANTS if mutant.get("variant") == variant}
    assert {one for one in found if variant is None or one[1] in named} == set()


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant["name"] for mutant in MUTANTS])
def test_a_mutant_is_reported_at_its_address(mutant: dict[str, Any], copies: Copies) -> None:
    copy = copies(mutant.get("variant"))
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
