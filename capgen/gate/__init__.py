"""Stage 14, gate: the judgement of a saved plan before it is applied."""

from capgen.gate.danger import Danger, DangerKind
from capgen.gate.judge import review_plan
from capgen.gate.planned import Kind, PlannedChange
from capgen.gate.review import Review, Verdict

__all__ = ["Danger", "DangerKind", "Kind", "PlannedChange", "Review", "Verdict", "review_plan"]
