"""An assessment as SARIF 2.1.0, as code scanning services read it."""

from capgen.report.sarif.log import sarif_log

__all__ = ["sarif_log"]
