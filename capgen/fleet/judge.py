"""Judge the output of one task."""

from dataclasses import replace
from pathlib import Path

from capgen.assess import assess_regions
from capgen.fleet.outcome import Outcome
from capgen.fleet.plain import JudgedRegion, slim
from capgen.fleet.store import key_of
from capgen.fleet.task import Task
from capgen.fleet.tree import tree_state
from capgen.pipeline import Validated
from capgen.pipeline.locators import locators


def judged(task: Task, outcome: Outcome, validated: Validated) -> Outcome:
    """Return the outcome with its regions, to which no waiver is applied: those that specs share cross deployments."""
    assert task.terms is not None
    assert outcome.directory is not None
    assert validated.model is not None
    out, directory = Path(task.out), Path(outcome.directory)
    state = tree_state(directory)
    regions = assess_regions(directory, terms=task.terms, base=out, locators=locators(validated.model))
    return replace(
        outcome,
        tree=None if state is None else key_of(state),
        regions=tuple(
            JudgedRegion(assessment=region if task.whole else slim(region), passed=len(region.passed))
            for region in regions
        ),
        model=validated.model if task.whole else None,
    )
