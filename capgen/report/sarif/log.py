"""One log with one run."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from capgen import __version__
from capgen.assess import Assessment
from capgen.diagnostics import Diagnostic, has_errors, in_reading_order
from capgen.report.sarif.locations import of_diagnostic
from capgen.report.sarif.message import message
from capgen.report.sarif.results import results_of_diagnostics, results_of_findings
from capgen.report.sarif.rules import level_of, rule_of, rule_of_diagnostic

if TYPE_CHECKING:
    from capgen.findings import Finding

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

MOST_RESULTS = 25_000
"""GitHub refuses a run with more:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support"""


def sarif_log(assessment: Assessment, said: Iterable[Diagnostic] = ()) -> dict[str, Any]:
    """Return the log of an assessment. `said` is what there is to say about its spec or plan.

    What is wrong with a spec or a waiver, or kept a region from being judged, is a result on its line: services show
    results on lines, and notifications nowhere. What has no line, such as the danger of a plan, is a notification:
    GitHub refuses a log with a result that has none. Where a region was not judged, the run is not successful.
    """
    unjudged = [diagnostic for region in assessment.regions for diagnostic in region.diagnostics]
    inputs = [*said, *assessment.waiver_diagnostics, *unjudged]
    told = in_reading_order(diagnostic for diagnostic in inputs if diagnostic.location)
    unplaced = [diagnostic for diagnostic in inputs if not diagnostic.location]
    results = [*results_of_findings(assessment), *results_of_diagnostics(assessment, told)]
    notifications = [_notification(assessment, diagnostic) for diagnostic in in_reading_order(unplaced)]
    if len(results) > MOST_RESULTS:
        notifications.append(_cut(len(results) - MOST_RESULTS))
        results = results[:MOST_RESULTS]
    complete = bool(assessment.regions) and not has_errors(unjudged)
    run = {
        "tool": {"driver": {"name": "capgen", "version": __version__, "semanticVersion": __version__,
                            "rules": _rules(assessment, told)}},
        "automationDetails": {"id": _category(assessment)},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": complete, "toolExecutionNotifications": notifications}],
        "results": results,
    }  # fmt: skip
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [_indexed(run)]}


def _rules(assessment: Assessment, told: list[Diagnostic]) -> list[dict[str, Any]]:
    """Describe each rule that has a result, in the order of their ids."""
    findings: dict[str, list[Finding]] = defaultdict(list)
    for region in assessment.regions:
        for finding in (*region.findings, *region.waived):
            findings[finding.check].append(finding)
    rules = {check: rule_of(found) for check, found in findings.items()}
    for diagnostic in told:
        rules.setdefault(diagnostic.rule, rule_of_diagnostic(diagnostic))
    return [rules[id] for id in sorted(rules)]


def _indexed(run: dict[str, Any]) -> dict[str, Any]:
    """Say in each result where in the list its rule stands."""
    places = {rule["id"]: index for index, rule in enumerate(run["tool"]["driver"]["rules"])}
    run["results"] = [result | {"ruleIndex": places[result["ruleId"]]} for result in run["results"]]
    return run


def _notification(assessment: Assessment, diagnostic: Diagnostic) -> dict[str, Any]:
    place = of_diagnostic(assessment, diagnostic)
    return {
        "descriptor": {"id": diagnostic.rule},
        "level": level_of(diagnostic),
        "message": message(diagnostic.message, diagnostic.hint or ""),
    } | ({"locations": place} if place else {})


def _cut(more: int) -> dict[str, Any]:
    text = message(f"{more} more results are not in this log, the waived ones first", "report.json has them all")
    return {"descriptor": {"id": "sarif-results-cut"}, "level": "warning", "message": text}


def _category(assessment: Assessment) -> str:
    """Return what keeps the logs of two deployments of a repository apart; two with one id replace each other."""
    deployments = sorted({region.deployment for region in assessment.regions})
    return f"capgen/{deployments[0]}/" if len(deployments) == 1 else "capgen/"
