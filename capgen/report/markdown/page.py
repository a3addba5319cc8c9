"""The page: the verdict first, then what a reviewer has to decide about, most important first."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from capgen.assess import Assessment, RegionAssessment
from capgen.diagnostics import Diagnostic, Severity, in_reading_order
from capgen.report.accepted import next_expiry
from capgen.report.markdown.changes import changed
from capgen.report.markdown.escape import code, escaped
from capgen.report.markdown.findings import found, waived
from capgen.report.markdown.section import Section, fitted
from capgen.report.words import count

if TYPE_CHECKING:
    from capgen.compare import RegionChanges

_TABLE = (
    "| region | resources | checks passed | findings | waived | next expiry |\n"
    "|---|--:|--:|--:|--:|---|\n"
)  # fmt: skip


def markdown(assessment: Assessment, changes: "tuple[RegionChanges, ...]" = (), said: Iterable[Diagnostic] = ()) -> str:
    """Return the page: at most 65,536 characters, with what is left out counted. A user's text is never markup.

    `said` is what there is to say about the spec or the plan.
    """
    told = in_reading_order([*said, *assessment.diagnostics])
    rows = [_row(assessment, region) for region in assessment.regions]
    sections = [
        Section(heading=_verdict(assessment, told), opening=_TABLE if rows else "", noun="region", blocks=rows or [""]),
        Section(heading="### Problems", noun="problem", blocks=[_problem(diagnostic) for diagnostic in told]),
        *changed(changes),
        Section(heading="### Findings", noun="finding", blocks=list(found(assessment))),
        Section(heading="### What the tasks cannot reach", noun="need", blocks=list(_needs(assessment))),
        Section(heading="### What cannot be known", noun="sentence", blocks=list(_unknown(assessment))),
        waived(assessment),
    ]
    return fitted(sections)


def _verdict(assessment: Assessment, told: list[Diagnostic]) -> str:
    failing = len(assessment.failing)
    unjudged = sum(not region.judged for region in assessment.regions)
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in told)
    reasons = [
        *([f"{count(failing, 'finding')} {'fails' if failing == 1 else 'fail'}"] if failing else []),
        *([f"{count(unjudged, 'region')} {'was' if unjudged == 1 else 'were'} not judged"] if unjudged else []),
        *([count(errors, "error")] if errors else []),
    ]
    terms = f"Judged for {assessment.terms.today}; findings of severity {assessment.terms.fail_on} or worse fail."
    if reasons:
        return f"## capgen: refused\n\n**{', '.join(reasons)}.** {terms}"
    told_only = len(assessment.findings)
    also = f" {count(told_only, 'finding')} {'is' if told_only == 1 else 'are'} told." if told_only else ""
    return f"## capgen: passed\n\n**No finding fails.**{also} {terms}"


def _row(assessment: Assessment, region: RegionAssessment) -> str:
    name = code(region.name)
    if not region.judged:
        return f"| {name} | {region.resources:,} | **not judged** | | | |\n"
    failing = sum(assessment.terms.fails(finding) for finding in region.findings)
    findings = f"**{len(region.findings):,}**, {failing:,} failing" if region.findings else "0"
    expiry = next_expiry(region.waived) or ""
    counts = f"{region.resources:,} | {len(region.passed):,} | {findings} | {len(region.waived):,}"
    return f"| {name} | {counts} | {expiry} |\n"


def _problem(diagnostic: Diagnostic) -> str:
    place = f" at {code(str(diagnostic.location))}" if diagnostic.location else ""
    hint = f"  \n  {escaped(diagnostic.hint)}" if diagnostic.hint else ""
    return f"- **{diagnostic.severity}** {escaped(diagnostic.message)} ({code(diagnostic.rule)}){place}{hint}\n"


def _needs(assessment: Assessment) -> Iterator[str]:
    for region in assessment.regions:
        for need in region.reachability.needs:
            if need.way is None:
                yield f"- {code(region.name)}: {escaped(need.what)}: no way to {code(need.service)}\n"


def _unknown(assessment: Assessment) -> Iterator[str]:
    for region in assessment.regions:
        for sentence in region.reachability.unknown:
            yield f"- {code(region.name)}: {escaped(sentence)}\n"
