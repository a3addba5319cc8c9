"""Stage 15, report: what the other stages found, for people, for pipelines and for reviews."""

from capgen.report.json import diagnostics_as_json
from capgen.report.text import render_diagnostics

__all__ = ["diagnostics_as_json", "render_diagnostics"]
