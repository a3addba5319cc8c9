"""Stage 8, scan: a compiled tree is judged with checkov, in this process, on what Terraform will really create."""

from capgen.scan.finding import Finding, FindingSeverity
from capgen.scan.runner import warm_up
from capgen.scan.scan import Locate, RegionScan, scan_region, scan_tree
from capgen.scan.waivers import POLICY_FILE

__all__ = [
    "POLICY_FILE",
    "Finding",
    "FindingSeverity",
    "Locate",
    "RegionScan",
    "scan_region",
    "scan_tree",
    "warm_up",
]
