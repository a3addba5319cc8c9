"""Reviews of the genuine plans in plans/, each made once."""

import copy
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from capgen.assess import Assessment, RegionAssessment, Terms
from capgen.gate import Review, review_plan
from capgen.gate.consequences import consequences
from capgen.gate.flatten import flatten_plan
from capgen.gate.plan import plan_of
from capgen.gate.planned import planned_changes

PLANS = Path(__file__).with_name("plans")
RICH = Path(__file__).parents[1] / "trees" / "rich" / "eu-west-1"
TERMS = Terms(today=date(2026, 11, 23))

#: Every plan that can be judged.
READABLE = tuple(sorted(path.stem for path in PLANS.glob("*.json") if path.stem != "database_kept"))


def plan_file(name: str) -> Path:
    """Return the file of a plan."""
    return PLANS / f"{name}.json"


@cache
def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(plan_file(name).read_text(encoding="utf-8"))
    return document


def document(name: str) -> dict[str, Any]:
    """Return the JSON of a plan, to be changed."""
    return copy.deepcopy(_read(name))


@cache
def reviewed(name: str) -> Review:
    """Judge a plan without a compiled root."""
    return review_plan(plan_file(name), TERMS)


@cache
def weighed(name: str, *allow: str) -> Review:
    """Judge what a plan does, and do not ask policy, as if it had nothing to say of the region."""
    plan = plan_of(document(name), f"{name}.json")
    region = RegionAssessment(name="eu-west-1", deployment=name, region="eu-west-1")
    nothing = Assessment(terms=TERMS, regions=(region,))
    changes = planned_changes(plan.changes)
    return consequences(plan, flatten_plan(plan, None), changes, nothing, region="eu-west-1", allow=allow)


def review_of(plan: dict[str, Any], folder: Path, **options: Any) -> Review:
    """Judge a plan that was changed."""
    file = folder / "plan.json"
    file.write_text(json.dumps(plan), encoding="utf-8")
    return review_plan(file, TERMS, **options)


def change_of(plan: dict[str, Any], address: str) -> dict[str, Any]:
    """Return Terraform's entry for an address."""
    found: dict[str, Any] = next(each for each in plan["resource_changes"] if each["address"] == address)
    return found
