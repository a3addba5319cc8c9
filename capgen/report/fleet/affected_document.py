"""What a git change touches as plain data: schemas/affected.schema.json describes the form."""

from dataclasses import asdict
from typing import Any

from capgen.fleet.affected import Affected
from capgen.report.json import diagnostics_as_json

VERSION = "capgen-affected/v1"


def affected_document(found: Affected) -> dict[str, Any]:
    """Return the regions. `include` is what a matrix of GitHub Actions takes: those that can be planned."""
    return {
        "version": VERSION,
        "ok": found.ok,
        "since": found.since,
        "until": found.until,
        "include": [asdict(each) for each in found.regions if each.change != "deleted"],
        "deleted": [asdict(each) for each in found.regions if each.change == "deleted"],
        **diagnostics_as_json(found.diagnostics),
    }
