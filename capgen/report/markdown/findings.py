"""Findings that stand, each with what to do; and waived ones in short."""

from collections.abc import Iterator

from capgen.assess import Assessment, RegionAssessment
from capgen.findings import Finding
from capgen.report.accepted import Accepted, accepted, next_expiry
from capgen.report.markdown.escape import code, escaped, web_address
from capgen.report.markdown.section import Section
from capgen.report.words import count


def found(assessment: Assessment) -> Iterator[str]:
    """Write every finding that stands as an item of a list, the worst of all regions first."""
    told = [(region, finding) for region in assessment.regions for finding in region.findings]
    for region, finding in sorted(told, key=lambda each: each[1].severity.rank):
        yield _item(region, finding, fails=assessment.terms.fails(finding))


def waived(assessment: Assessment) -> Section:
    """Write every waiver that accepts a finding as a row of a table that is folded away."""
    rows = [_row(each) for each in accepted(assessment) if each.findings]
    findings = [finding for region in assessment.regions for finding in region.waived]
    day = next_expiry(findings)
    until = f", the first of them until {day}" if day else ""
    table = "| check | resource | findings | owner | until | reason |\n|---|---|--:|---|---|---|\n"
    return Section(
        heading="### Waivers",
        opening=f"<details><summary>{count(len(findings), 'waived finding')}{until}</summary>\n\n{table}",
        noun="waiver",
        blocks=rows,
        closing="\n</details>\n",
    )


def _item(region: RegionAssessment, finding: Finding, *, fails: bool) -> str:
    told = "" if fails else " (told, does not fail)"
    places = [code(f"{finding.file}:{finding.line}")]
    if finding.spec is not None:
        path = f" ({code(finding.spec_path)})" if finding.spec_path else ""
        places.insert(0, f"{code(f'{finding.spec.file}:{finding.spec.line}')}{path}")
    link = web_address(finding.link)
    why = [*([escaped(finding.why)] if finding.why else []), *([f"[More about it]({link})"] if link else [])]
    lines = [
        f"- **{finding.severity}**{told} {code(finding.check)} {escaped(finding.message)}",
        f"{code(finding.address)} in {code(region.name)}, {', '.join(places)}",
        *([" ".join(why)] if why else []),
        f"**Fix:** {escaped(finding.fix)}",
    ]
    return "  \n  ".join(lines) + "\n"


def _row(used: Accepted) -> str:
    waiver = used.waiver
    until = waiver.expires.isoformat() if waiver.expires else "the profile changes"
    cells = (code(waiver.check), code(waiver.resource), str(used.findings), escaped(waiver.owner), until,
             escaped(waiver.reason))  # fmt: skip
    return f"| {' | '.join(cells)} |\n"
