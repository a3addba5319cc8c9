"""The verdict, and what it rests on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from capgen.assess import Assessment, RegionAssessment
from capgen.diagnostics import Diagnostic, Severity, has_errors
from capgen.findings import FindingSeverity
from capgen.report.html.changes import ChangesView
from capgen.report.html.filters import count
from capgen.report.html.waivers import Standing, WaiverRow


class Answer(StrEnum):
    """Whether to roll out. LOOK is for a plan that policy accepts and that cannot be taken back."""

    YES = "yes"
    LOOK = "look"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One thing that stands against a rollout, or that is good to know, and the place that tells more."""

    text: str
    place: str


@dataclass(frozen=True, kw_only=True)
class RegionRow:
    """What there is of a region in numbers. `failing` are the findings that fail."""

    region: RegionAssessment
    failing: int
    severities: Mapping[FindingSeverity, int]
    soon: int
    ok: bool


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The verdict: what stands against it, what to know beside it, and the regions in numbers."""

    answer: Answer
    sentence: str
    against: tuple[Reason, ...]
    aside: tuple[Reason, ...]
    rows: tuple[RegionRow, ...]


def summary(
    assessment: Assessment, spec: tuple[Diagnostic, ...], waivers: tuple[WaiverRow, ...],
    changes: tuple[ChangesView, ...],
) -> Summary:  # fmt: skip
    """Return the verdict. `spec` is what there is to say of the spec."""
    good = assessment.ok and not has_errors(spec) and bool(assessment.regions)
    dangers = sum(each.dangers for each in changes)
    answer = Answer.NO if not good else Answer.LOOK if dangers else Answer.YES
    return Summary(
        answer=answer,
        sentence=_SENTENCES[answer],
        against=(*_against(assessment, spec), *_dangers(dangers)),
        aside=tuple(_aside(assessment, spec, waivers)),
        rows=tuple(_row(assessment, region, waivers) for region in assessment.regions),
    )


_SENTENCES = {
    Answer.YES: "Policy has nothing against this rollout.",
    Answer.LOOK: "Policy has nothing against what will be there. On the way, something is lost or let in.",
    Answer.NO: "This must not be rolled out as it is.",
}


def _against(assessment: Assessment, spec: tuple[Diagnostic, ...]) -> Iterator[Reason]:
    if not assessment.regions:
        yield Reason(text="Nothing was judged: there is no region", place="summary")
    for region in assessment.regions:
        for diagnostic in _of(region.diagnostics, Severity.ERROR):
            yield Reason(text=f"{region.name} was not judged: {diagnostic.message}", place="messages")
    failing = Counter(finding.severity for finding in assessment.failing)
    for severity, number in sorted(failing.items(), key=lambda item: item[0].rank):
        yield Reason(text=f"{count(number, f'{severity} finding')}", place="findings")
    for rule, number in sorted(
        Counter(each.rule for each in _of(assessment.waiver_diagnostics, Severity.ERROR)).items()
    ):
        one, many = _WAIVERS.get(rule, ("in error", "in error"))
        yield Reason(text=f"{count(number, 'waiver')} {one if number == 1 else many}", place="waivers")
    errors = len(list(_of(spec, Severity.ERROR)))
    if errors:
        yield Reason(text=f"{count(errors, 'error')}, told at the end of this page", place="messages")


_WAIVERS = {
    "waiver-expired": ("expired", "expired"),
    "waiver-unused": ("that matches nothing", "that match nothing"),
    "waiver-unknown-check": ("of a check that does not exist", "of checks that do not exist"),
}


def _dangers(number: int) -> Iterator[Reason]:
    if number:
        yield Reason(text=f"{count(number, 'change')} that cannot be taken back", place="changes")


def _aside(assessment: Assessment, spec: tuple[Diagnostic, ...], waivers: tuple[WaiverRow, ...]) -> Iterator[Reason]:
    below = len(assessment.findings) - len(assessment.failing)
    if below:
        yield Reason(text=f"{count(below, 'finding')} too slight to fail (below {assessment.terms.fail_on})",
                     place="findings")  # fmt: skip
    soon = sum(row.standing is Standing.SOON for row in waivers)
    if soon:
        yield Reason(text=f"{count(soon, 'waiver')} with at most 30 days left", place="waivers")
    waived = [finding.severity for region in assessment.regions for finding in region.waived]
    if waived:
        yield Reason(text=f"{count(len(waived), 'finding')} accepted by waivers{_severe(waived)}", place="waivers")
    unknown = len({sentence for region in assessment.regions for sentence in region.reachability.unknown})
    if unknown:
        yield Reason(text=f"{count(unknown, 'thing')} that the proof cannot know", place="reachability")
    blind = sum(region.judged and region.intended is None for region in assessment.regions)
    if blind:
        yield Reason(
            text=f"{count(blind, 'region')} of which nothing says what flows are intended", place="reachability"
        )
    warnings = len(list(_of((*spec, *(each for region in assessment.regions for each in region.diagnostics)),
                            Severity.WARNING)))  # fmt: skip
    if warnings:
        yield Reason(text=count(warnings, "warning"), place="messages")


def _severe(severities: Sequence[FindingSeverity]) -> str:
    """Say how many are critical or high: `, 1 of them critical, 4 high`."""
    found = ((severities.count(each), each) for each in (FindingSeverity.CRITICAL, FindingSeverity.HIGH))
    told = [f"{number} {severity}" for number, severity in found if number]
    return ", ".join(("", told[0].replace(" ", " of them ", 1), *told[1:])) if told else ""


def _of(diagnostics: Iterable[Diagnostic], severity: Severity) -> Iterator[Diagnostic]:
    return (each for each in diagnostics if each.severity is severity)


def _row(assessment: Assessment, region: RegionAssessment, waivers: tuple[WaiverRow, ...]) -> RegionRow:
    found = Counter(finding.severity for finding in region.findings)
    failing = sum(assessment.terms.fails(finding) for finding in region.findings)
    soon = sum(row.standing is Standing.SOON and any(name == region.name for name, _ in row.covered) for row in waivers)
    return RegionRow(region=region, failing=failing, severities={each: found[each] for each in FindingSeverity},
                     soon=soon, ok=region.judged and not failing)  # fmt: skip
