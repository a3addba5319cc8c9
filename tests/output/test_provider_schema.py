"""The provider's own schema accepts every block of the example and of each variant."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from capgen.diagnostics import has_errors
from capgen.pipeline import validate
from capgen.plan.build import plan_deployment
from capgen.terraform.provider_check import check_block
from capgen.terraform.provider_schema import Kind
from capgen.topology import Topology
from tests.output.example import GOLDEN, example_spec, tree
from tests.output.variants import VARIANTS, compiled_variant, variant_spec

pytestmark = pytest.mark.slow  # every variant is compiled

LABELLED: tuple[Kind, ...] = ("resource", "data", "ephemeral")


def blocks(files: Mapping[str, bytes]) -> Iterator[tuple[str, Kind, str, dict[str, Any]]]:
    """Return where each block stands, its kind, type and body."""
    for path, content in files.items():
        if not path.endswith(".tf.json"):
            continue
        document = json.loads(content)
        for kind in LABELLED:
            for type, labels in document.get(kind, {}).items():
                for label, body in labels.items():
                    yield f"{path} {type}.{label}", kind, type, body
        for type, bodies in document.get("provider", {}).items():
            for body in bodies:
                yield f"{path} provider {type}", "provider", type, body


def refused(files: Mapping[str, bytes]) -> list[str]:
    return [
        f"{place}: {problem}"
        for place, kind, type, body in blocks(files)
        for problem in check_block(kind, type, body)
    ]  # fmt: skip


def test_the_committed_example_has_every_kind_of_block_and_none_is_refused() -> None:
    files = tree(GOLDEN / "cap-production")
    assert {kind for _, kind, _, _ in blocks(files)} == {*LABELLED, "provider"}
    assert refused(files) == []


@pytest.mark.parametrize("name", VARIANTS)
def test_no_block_of_a_variant_is_refused(name: str) -> None:
    assert refused(compiled_variant(name)) == []


def topology(text: str, folder: Path) -> Topology:
    spec = folder / "spec.yaml"
    spec.write_text(text, encoding="utf-8")
    validated = validate(spec)
    assert not has_errors(validated.diagnostics), validated.diagnostics
    assert validated.model is not None
    return plan_deployment(validated.model)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_a_valid_spec(name: str, tmp_path: Path) -> None:
    assert topology(variant_spec(name), tmp_path).roots


def test_the_variants_reach_every_choice_of_every_shape(tmp_path: Path) -> None:
    texts = [example_spec(), *map(variant_spec, VARIANTS)]
    plans = [plan for text in texts for root in topology(text, tmp_path).roots for plan in root.modules]
    reached = {
        (plan.component, field.name, getattr(plan.shape, field.name))
        for plan in plans
        for field in fields(plan.shape)  # type: ignore[arg-type]  # a shape is its room's own dataclass
    }
    choices = {
        (plan.component, name, choice)
        for plan in plans
        for name, hint in get_type_hints(type(plan.shape)).items()
        for choice in (get_args(hint) if get_origin(hint) is Literal else (True, False))
    }
    assert choices - reached == set()
