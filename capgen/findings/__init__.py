"""What policy says against what Terraform will create, and who accepted what of it, why and until when."""

from capgen.findings.finding import Finding, FindingSeverity
from capgen.findings.waiver import Waiver

__all__ = ["Finding", "FindingSeverity", "Waiver"]
