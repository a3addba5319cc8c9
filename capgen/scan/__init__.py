"""Stage 9, scan: checkov judges a flattened root, in this process, on what Terraform will really create."""

from capgen.scan.check_ids import check_ids
from capgen.scan.runner import warm_up
from capgen.scan.scan import Locate, Passed, Scan, check_policies, scan
from capgen.scan.user_policies import PolicyError
from capgen.scan.verdict import IncompleteScanError

__all__ = [
    "IncompleteScanError",
    "Locate",
    "Passed",
    "PolicyError",
    "Scan",
    "check_ids",
    "check_policies",
    "scan",
    "warm_up",
]
