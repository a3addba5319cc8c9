"""Who may do what in the example, in the words that a reviewer reads."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from capgen.permissions import atoms, holders
from tests.output.example import GOLDEN
from tests.output.variants import compiled_variant
from tests.permissions.root import flattened_root, in_words

WORDS = Path(__file__).parent / "golden"
EXAMPLE = GOLDEN / "cap-production" / "eu-west-1"


def test_the_example_reads_as_agreed(golden: Callable[[Path, str], None]) -> None:
    golden(WORDS / "cap-production.txt", in_words(holders(flattened_root(EXAMPLE))))


def test_the_example_taken_apart_reads_as_agreed(golden: Callable[[Path, str], None]) -> None:
    lines = [f"{holder.address}: {atom.words}" for holder in holders(flattened_root(EXAMPLE)) for atom in atoms(holder)]
    golden(WORDS / "cap-production-atoms.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("variant", "region", "role"),
    [
        ("standby", "eu-central-1", "module.replication.aws_iam_role.snapshot_replication"),
        ("new_vpc", "eu-west-1", "module.network.aws_iam_role.flow_logs"),
    ],
)
def test_a_role_that_variants_alone_have_reads_as_agreed(
    variant: str, region: str, role: str, tmp_path: Path, golden: Callable[[Path, str], None]
) -> None:
    for path, content in compiled_variant(variant).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    held = [holder for holder in holders(flattened_root(tmp_path / region)) if holder.address == role]
    golden(WORDS / f"{role.rpartition('.')[2]}.txt", in_words(held))


def test_every_policy_of_the_example_is_told() -> None:
    flattened = flattened_root(EXAMPLE)
    written = sum(
        len(json.loads(value)["Statement"])
        for body in flattened.resources.values()
        for value in body.values()
        if isinstance(value, str) and '"Statement"' in value
    )
    held = holders(flattened)
    assert sum(len(holder.trust) + len(holder.statements) for holder in held) == written > 30


def test_no_label_of_the_flattened_root_is_shown() -> None:
    shown = json.dumps([holder.to_json() for holder in holders(flattened_root(EXAMPLE))])
    assert "module.snapshots.aws_s3_bucket.this" in shown
    assert "snapshots__this" not in shown


def test_twice_read_is_the_same() -> None:
    first, second = (json.dumps([holder.to_json() for holder in holders(flattened_root(EXAMPLE))]) for _ in range(2))
    assert first == second
