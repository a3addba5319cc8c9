"""The judgement of a plan as plain data: `--format json`. schemas/review.schema.json describes it."""

from importlib.metadata import version
from typing import Any

from capgen import __version__
from capgen.gate import Review, Verdict
from capgen.report.document import report_document
from capgen.report.json import diagnostics_as_json

VERSION = "capgen-review/v1"


def review_document(review: Review) -> dict[str, Any]:
    """Return every fact of a judgement. Values that are marked as sensitive are not in it."""
    assessed = report_document(review.assessment)
    return {
        "version": VERSION,
        "ok": review.verdict is Verdict.PASSED,
        "verdict": str(review.verdict),
        "plan": review.plan,
        "today": assessed["today"],
        "fail_on": assessed["fail_on"],
        "tool": {"capgen": __version__, "checkov": version("checkov")},
        "region": review.region.region,
        "dangers": [danger.to_json() for danger in review.dangers],
        "changes": [change.to_json() for change in review.changes],
        "exposure": [change.to_json() for change in review.region.exposure],
        "permissions": [change.to_json() for change in review.region.permissions],
        "drift": review.drift.to_json(),
        "outputs": [output.to_json() for output in review.outputs],
        "unjudged": [each.to_json() for each in review.unjudged],
        "other_providers": dict(review.others),
        "failed_checks": [{"check": check, "message": message} for check, message in review.failed_checks],
        "held_to_tree": review.held,
        "policy": {"regions": assessed["regions"], "waivers": assessed["waivers"]},
        **diagnostics_as_json(review.all_diagnostics),
    }
