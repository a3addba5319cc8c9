"""In which order regions are applied."""

from hypothesis import given
from hypothesis import strategies as st

from capgen.ci import Root, waves
from tests.ci.variants import FLEET, root


@st.composite
def fleets(draw: st.DrawFn) -> list[Root]:
    steps = draw(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=30))
    return [root(f"cap-{name}", f"region-{index}", step=step) for index, (name, step) in enumerate(steps)]


@given(fleets(), st.sets(st.integers(0, 29)), st.integers(1, 4))
def test_every_affected_root_comes_once_after_those_it_waits_for(
    fleet: list[Root], picked: set[int], largest: int
) -> None:
    affected = {each.key for index, each in enumerate(fleet) if index in picked}
    found = waves(fleet, affected, largest)
    assert sorted(each.key for wave in found for each in wave) == sorted(affected)
    assert all(0 < len(wave) <= largest for wave in found)
    when = {each.key: number for number, wave in enumerate(found) for each in wave}
    chosen = [each for each in fleet if each.key in affected]
    for one in chosen:
        assert all(when[one.key] < when[other.key] for other in chosen
                   if other.deployment == one.deployment and other.step > one.step)  # fmt: skip
    assert len(found) <= len(waves(fleet, None, largest))  # so the workflow never has too few jobs


def test_steps_are_taken_over_all_deployments() -> None:
    assert [[each.region for each in wave] for wave in waves(FLEET)] == [["eu-west-1", "us-east-1"], ["eu-central-1"]]
    assert waves(FLEET, set()) == []
