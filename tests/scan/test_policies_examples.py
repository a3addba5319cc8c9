"""Every policy's example: its good spec passes, its bad one fails at the address that it names."""

from pathlib import Path

import pytest
import yaml

from capgen.assess import assess_tree
from capgen.evaluate import Tree, flatten
from capgen.scan.policies import POLICIES
from capgen.scan.policies.example import EXAMPLES, example_of
from capgen.scan.runner import run
from tests.scan.examples import write_example
from tests.terms import TERMS

IDS = [policy.id for policy in POLICIES]


def verdicts(policy: str, root: Path) -> dict[str, bool | None]:
    """Return what a policy says of a root, by address."""
    tree = Tree(base=root.parent, boundary=root.parent)
    flattened = flatten(tree.directory(root), tree)
    assert tree.diagnostics == []
    return {flattened.origins[one.block].address: one.passed for one in run(flattened) if one.check == policy}


def test_every_policy_has_an_example() -> None:
    assert sorted(folder.name for folder in EXAMPLES.iterdir()) == sorted(IDS)
    for folder in EXAMPLES.iterdir():
        assert sorted(file.name for file in folder.iterdir()) == ["bad.json", "bad.yaml", "good.yaml"]


@pytest.mark.parametrize("policy", IDS)
def test_an_example_says_what_it_shows(policy: str) -> None:
    example = example_of(policy)
    assert example.good.startswith("# ")
    assert example.bad.startswith("# ")
    assert ("bad.json changes what it compiles to" in example.bad) is bool(example.edits)


@pytest.mark.slow
@pytest.mark.parametrize("policy", IDS)
def test_the_good_example_passes_and_the_bad_one_fails(policy: str, tmp_path: Path) -> None:
    example = example_of(policy)
    good = verdicts(policy, write_example(example.good, (), tmp_path / "good"))
    bad = verdicts(policy, write_example(example.bad, example.edits, tmp_path / "bad"))
    assert good, "nothing was judged"
    assert set(good.values()) == {True}
    assert bad[example.address] is False
    assert [address for address, passed in bad.items() if passed is not True] == [example.address]


@pytest.mark.slow
@pytest.mark.parametrize("environment", ["production", "staging", "development"])
def test_an_environment_passes_every_policy_or_waives_it(environment: str, tmp_path: Path) -> None:
    spec = yaml.dump({**yaml.safe_load(example_of("CAPGEN_1").good), "environment": environment})
    (region,) = assess_tree(write_example(spec, (), tmp_path).parent, terms=TERMS).regions
    assert region.judged, region.diagnostics
    assert [(one.check, one.address) for one in region.findings if one.check in IDS] == []
    waived = {one.check for one in region.waived if one.check in IDS}
    assert waived == ({"CAPGEN_20", "CAPGEN_21", "CAPGEN_27"} if environment == "development" else set())
