"""The results of the commands as data for `--format json`."""

from collections.abc import Sequence
from typing import Any

from capgen.pipeline import Built, Compiled
from capgen.report.findings import findings_document
from capgen.report.json import diagnostics_as_json
from capgen.scan import RegionScan


def compiled_document(compiled: Compiled) -> dict[str, Any]:
    """Return what `compile` did: `directory` is null when the input was refused."""
    model = compiled.validated.model
    return {
        "ok": compiled.directory is not None,
        "deployment": model.name if model else None,
        "directory": compiled.directory.as_posix() if compiled.directory else None,
        **diagnostics_as_json(compiled.diagnostics),
    }


def built_document(built: Built) -> dict[str, Any]:
    """Return what `build` did: the compilation, every finding that stands, and the results per region."""
    return {**compiled_document(built.compiled), "ok": built.ok, **scans_document(built.scans, built.diagnostics)}


def scans_document(scans: Sequence[RegionScan], diagnostics: Sequence[Any]) -> dict[str, Any]:
    """Return what `scan` found: `findings` are those of all regions that no waiver covers."""
    regions = findings_document(scans)["regions"]
    findings = [{"region": region["region"], **finding} for region in regions for finding in region["findings"]]
    return {"findings": findings, "regions": regions, **diagnostics_as_json(diagnostics)}
