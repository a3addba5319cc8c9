"""A fleet dealt to machines: evenly, and so that little moves when a deployment comes or goes."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgen.fleet.shard import parse_shard, shard_of

NAMES = [f"cap-{number:04}" for number in range(1000)]


@pytest.mark.parametrize("text", ["0/4", "5/4", "1/0", "a/b", "1", "-1/4", "1/4/2", " 1/4", "1.0/4"])
def test_what_is_no_part_is_refused(text: str) -> None:
    assert parse_shard(text) is None


def test_a_part_is_read() -> None:
    shard = parse_shard("2/16")
    assert shard is not None
    assert (shard.number, shard.count) == (2, 16)


@given(st.sets(st.text(max_size=8), max_size=40), st.integers(1, 9))
def test_every_name_is_in_one_shard_and_sizes_differ_by_at_most_one(names: set[str], count: int) -> None:
    dealt = shard_of(names, count)
    assert dealt.keys() == names
    sizes = Counter(dealt.values())
    assert set(sizes) <= set(range(1, count + 1))
    each = [sizes[number] for number in range(1, count + 1)]
    assert max(each) - min(each) <= 1
    assert dealt == shard_of(sorted(names, reverse=True), count)


@pytest.mark.parametrize(("count", "most"), [(2, 2), (8, 8), (20, 12)])
def test_a_new_deployment_moves_few_others(count: int, most: int) -> None:
    before = shard_of(NAMES, count)
    for number in range(5):
        after = shard_of([*NAMES, f"new-{number}"], count)
        assert sum(before[name] != after[name] for name in NAMES) <= most


def test_another_machine_takes_its_share_and_little_else_moves() -> None:
    before, after = shard_of(NAMES, 8), shard_of(NAMES, 9)
    moved = sum(before[name] != after[name] for name in NAMES)
    assert 111 <= moved <= 160
