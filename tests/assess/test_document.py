"""docs/waivers.md says what the code does."""

import re
from pathlib import Path

from capgen.assess import read_waiver_file
from capgen.load import load_text
from capgen.rules.registry import RULES
from capgen.validate import validate_document
from tests.output.example import REPOSITORY
from tests.validate.specs import HEAD

TEXT = (REPOSITORY / "docs" / "waivers.md").read_text(encoding="utf-8")


def test_its_examples_are_a_part_of_a_spec_and_a_shared_file(tmp_path: Path) -> None:
    in_spec, shared = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    document, diagnostics = load_text(HEAD + in_spec, "spec.yaml")
    assert document is not None
    assert [*diagnostics, *validate_document(document)] == []
    (tmp_path / "waivers.yaml").write_text(shared, encoding="utf-8")
    (waiver,), diagnostics = read_waiver_file(tmp_path / "waivers.yaml")
    assert diagnostics == []
    assert (waiver.deployments, waiver.regions) == (("cap-*", "shop"), ("eu-*",))


def test_it_names_every_rule() -> None:
    said = (REPOSITORY / "capgen" / "assess" / "waiver_diagnostics.py").read_text(encoding="utf-8")
    rules = {
        *re.findall(r'rule="(waiver-[a-z-]+)"', said),
        *(rule.id for rule in RULES if rule.id.startswith("policy-")),
    }
    assert len(rules) == 6
    assert set(re.findall(r"\| `((?:waiver|policy)-[a-z-]+)` \|", TEXT)) == rules
