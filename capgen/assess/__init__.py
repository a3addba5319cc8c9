"""Stage 12, assess: what a compiled tree will be, who reaches it, and what policy says, as one judgement."""

from capgen.assess.assessment import Assessment, RegionAssessment, Terms
from capgen.assess.evaluated import evaluate_tree
from capgen.assess.intent import POLICY_FILE
from capgen.assess.specified import Specified
from capgen.assess.tree import assess_regions, assess_tree
from capgen.assess.waiver_file import read_waiver_file
from capgen.assess.waivers import apply_waivers

__all__ = [
    "POLICY_FILE",
    "Assessment",
    "RegionAssessment",
    "Specified",
    "Terms",
    "apply_waivers",
    "assess_regions",
    "assess_tree",
    "evaluate_tree",
    "read_waiver_file",
]
