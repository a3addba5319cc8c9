"""What `capgen check` finds as plain data: schemas/check.schema.json describes the form."""

from typing import Any

from capgen.fleet.outcome import Status
from capgen.fleet.result import Fleet
from capgen.report.fleet.document import outcome_data
from capgen.report.fleet.summary import summary
from capgen.report.json import diagnostics_as_json

VERSION = "capgen-check/v1"

_WORDS = {Status.UNCHANGED: "current"}


def check_document(fleet: Fleet) -> dict[str, Any]:
    """Return which outputs are not what their specs compile to, and how they differ."""
    found, shard = summary(fleet), fleet.options.shard
    return {
        "version": VERSION,
        "ok": fleet.ok,
        "out": fleet.options.out.as_posix(),
        "shard": f"{shard.number}/{shard.count}" if shard else None,
        "summary": {"deployments": found.deployments, "current": found.unchanged, "stale": found.stale,
                    "failed": found.failed},
        "deployments": [
            outcome_data(outcome) | {
                "status": str(_WORDS.get(outcome.status, outcome.status)),
                "files": [{"path": each.path, "kind": each.kind, "diff": each.diff, "cut": each.cut}
                          for each in outcome.differences],
            }
            for outcome in fleet.outcomes
        ],
        "orphans": list(fleet.orphans),
        **diagnostics_as_json(fleet.diagnostics),
    }  # fmt: skip
