"""Stage 9, report: what the other stages found, as text for a terminal and as data for a machine."""

from capgen.report.json import diagnostics_as_json
from capgen.report.text import render_diagnostics

__all__ = ["diagnostics_as_json", "render_diagnostics"]
