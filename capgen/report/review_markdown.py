"""The judgement of a plan as Markdown, for a comment on a pull request: the verdict first."""

from collections.abc import Iterator

from capgen.compare import AttributeChange, ExposureChange, PermissionChange
from capgen.diagnostics import Diagnostic
from capgen.gate import Danger, Kind, PlannedChange, Review, Verdict
from capgen.report.change_words import attribute_in_words, exposure_in_words
from capgen.report.markdown.escape import code, escaped
from capgen.report.markdown.findings import found, waived
from capgen.report.markdown.section import Section, fitted
from capgen.report.review_words import (
    action_in_words,
    allowance,
    counts_in_words,
    danger_in_words,
    drifted_in_words,
    notes,
    remarks,
    verdict_in_words,
)
from capgen.report.words import count

_FOLDED = 12
"""Entries of a list beyond which it is folded away."""

_MOST_ATTRIBUTES = 20


def review_markdown(review: Review) -> str:
    """Return the comment: at most 65,536 characters, with what is left out counted. A user's text is never markup."""
    drift, region = review.drift, review.region
    drifted = [
        *(_drifted(each.address, drifted_in_words(each), each.attributes) for each in drift.resources),
        *(
            _exposed(each, ", and the plan **leaves it open**" if each in drift.stays else "")
            for each in drift.exposure
        ),
        *(_permission(each, " **The plan leaves it so.**" if each in drift.kept else "") for each in drift.permissions),
    ]
    sections = [
        Section(heading=_heading(review), noun="count", blocks=[_counts(review)]),
        Section(heading="### Dangerous", noun="danger", blocks=[_danger(each) for each in review.dangers]),
        Section(heading="### Problems", noun="problem", blocks=[_problem(each) for each in review.all_diagnostics]),
        _folded("Exposure", "flow", [_exposed(each) for each in region.exposure]),
        _folded("Permissions", "permission", [_permission(each) for each in region.permissions]),
        _folded("Findings", "finding", list(found(review.assessment))),
        _folded("Drift: changed outside Terraform", "change", drifted),
        _folded("Resources", "resource", [_change(each) for each in review.changes]),
        _folded("Outputs", "output", [f"- {code(each.name)}: {each.action}\n" for each in review.outputs]),
        _folded("Not judged", "argument", [f"- {code(each.argument)} of {code(each.address)}\n"
                                           for each in review.unjudged]),
        Section(heading="### Notes", noun="note", blocks=[f"- {escaped(note)}\n" for note in notes(review)]),
        waived(review.assessment),
    ]  # fmt: skip
    return fitted(sections, elsewhere="capgen review --format json")


def _folded(title: str, noun: str, blocks: list[str]) -> Section:
    """Return a list, folded away where it is long."""
    if len(blocks) <= _FOLDED:
        return Section(heading=f"### {title}", noun=noun, blocks=blocks)
    opening = f"<details><summary>{count(len(blocks), noun)}</summary>\n\n"
    return Section(heading=f"### {title}", noun=noun, blocks=blocks, opening=opening, closing="\n</details>\n")


def _heading(review: Review) -> str:
    sign = {Verdict.PASSED: "passed", Verdict.REFUSED: "refused", Verdict.UNUSABLE: "not judged",
            Verdict.DANGEROUS: "dangerous"}[review.verdict]  # fmt: skip
    return f"## capgen review: {sign}\n\n**{escaped(verdict_in_words(review))}** ({code(review.plan)})"


def _counts(review: Review) -> str:
    if not review.readable:
        return ""
    judged = review.assessment.regions[0]
    standing = count(len(judged.findings), "finding")
    policy = f"{count(judged.resources, 'resource')} judged, {count(len(judged.passed), 'check')} passed, {standing}"
    terms = f"judged for {review.assessment.terms.today}"
    return (f"{code(review.region.region)}: {counts_in_words(review.changes)}. {policy}, "
            f"{len(judged.waived):,} waived; {terms}.\n")  # fmt: skip


def _danger(danger: Danger) -> str:
    if danger.allowed:
        return f"- allowed: {escaped(danger_in_words(danger))}\n"
    return f"- **{escaped(danger_in_words(danger))}**  \n  {code(allowance(danger))}\n"


def _problem(diagnostic: Diagnostic) -> str:
    hint = f"  \n  {escaped(diagnostic.hint)}" if diagnostic.hint else ""
    return f"- **{diagnostic.severity}** {escaped(diagnostic.message)} ({code(diagnostic.rule)}){hint}\n"


def _exposed(change: ExposureChange, after: str = "") -> str:
    world = ", **the whole Internet**" if change.opened and change.world else ""
    rules = f" by {', '.join(map(code, change.flow.rules))}" if change.flow.rules else ""
    return (
        f"- **{'opened' if change.opened else 'closed'}** {escaped(exposure_in_words(change))}{world}{rules}{after}\n"
    )


def _permission(change: PermissionChange, after: str = "") -> str:
    what = "gains" if change.gained else "loses"
    return f"- {code(change.holder)} **{what}**: {escaped(change.words)}{after}\n"


def _change(change: PlannedChange) -> str:
    done = action_in_words(change)
    kind = f"**{done}**" if change.kind in (Kind.DESTROY, Kind.REPLACE, Kind.FORGET) else done
    said = "; ".join(escaped(remark) for remark in remarks(change))
    return f"- {kind} {code(change.shown)}{f': {said}' if said else ''}\n{''.join(_attributes(change.attributes))}"


def _drifted(address: str, said: str, attributes: tuple[AttributeChange, ...]) -> str:
    return f"- {code(address)}: {escaped(said)}\n{''.join(_attributes(attributes))}"


def _attributes(attributes: tuple[AttributeChange, ...]) -> Iterator[str]:
    for attribute in attributes[:_MOST_ATTRIBUTES]:
        yield f"  - {code(attribute_in_words(attribute))}\n"
    if len(attributes) > _MOST_ATTRIBUTES:
        yield f"  - and {len(attributes) - _MOST_ATTRIBUTES:,} more\n"
