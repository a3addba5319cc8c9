"""The review of a fleet, in every form."""

from pathlib import Path

from capgen.fleet.result import Fleet
from capgen.pipeline import Validated
from capgen.report.write import write_report


def write_fleet_report(directory: Path, fleet: Fleet) -> None:
    """Write an index that leads to a page for each deployment, and one SARIF log, JUnit file and document for all.

    Raises OSError when the disk fails.
    """
    assert fleet.assessment is not None
    told = tuple(diagnostic for outcome in fleet.outcomes for diagnostic in outcome.diagnostics)
    specs = {
        outcome.model.name: Validated(outcome.model.regions[0].sources.document, outcome.model, outcome.diagnostics)
        for outcome in fleet.outcomes
        if outcome.model is not None
    }
    write_report(directory, fleet.assessment, diagnostics=(*told, *fleet.diagnostics), specs=specs)
