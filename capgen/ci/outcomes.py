"""What the plan and the gate said of each region: the files that a pipeline's jobs hand on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OUTCOME = "outcome.json"
REVIEW = "review.md"

_GATES = {0: "passed", 1: "refused", 2: "not judged", 3: "dangerous"}
_NOTHING_TO_DO = 0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The exit codes of `plan -detailed-exitcode` and of `capgen review` (None where there was no plan to judge)."""

    deployment: str
    region: str
    plan: int | None
    gate: int | None
    after: str
    review: str

    @property
    def good(self) -> bool:
        """Whether nothing stands against applying it, or its plan has to wait for another region's apply."""
        return self.gate == 0 or self.waits

    @property
    def waits(self) -> bool:
        """Whether it could not be planned, and what it needs may only come with an earlier region.

        Where nothing is known of a plan (no role, say), another region's apply does not help.
        """
        return self.plan is not None and self.gate is None and bool(self.after)

    @property
    def words(self) -> str:
        """The outcome in a word or two."""
        if self.waits:
            return "planned later"
        if self.gate is None:
            return "not planned"
        if self.gate == 0 and self.plan == _NOTHING_TO_DO:
            return "no changes"
        return _GATES.get(self.gate, "not judged")


def read_outcomes(folder: Path) -> list[Outcome]:
    """Return what lies below the folder, the bad first. A file that is not whole counts as a region not planned."""
    found = [_outcome(file) for file in sorted(folder.rglob(OUTCOME))]
    return sorted(found, key=lambda each: (each.good, each.deployment, each.region))


def _outcome(file: Path) -> Outcome:
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        content = {}
    given: dict[str, Any] = content if isinstance(content, dict) else {}
    review = file.with_name(REVIEW)
    return Outcome(
        deployment=str(given.get("deployment", file.parent.name)), region=str(given.get("region", "?")),
        plan=_code(given.get("plan")), gate=_code(given.get("gate")), after=str(given.get("after") or ""),
        review=review.read_text(encoding="utf-8", errors="replace") if review.is_file() else "",
    )  # fmt: skip


def _code(value: object) -> int | None:
    return value if isinstance(value, int) else None
