"""What policy finds, as text for a person."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from capgen.assess import Assessment, RegionAssessment
from capgen.findings import Finding, FindingSeverity
from capgen.report.accepted import next_expiry
from capgen.report.files import compiled_file
from capgen.report.words import count
from capgen.report.wrapped import wrapped
from capgen.validate.words import printable

SEVERITY_STYLES = {
    FindingSeverity.CRITICAL: "bold red",
    FindingSeverity.HIGH: "red",
    FindingSeverity.MEDIUM: "yellow",
    FindingSeverity.LOW: "cyan",
}


def print_findings(console: Console, assessment: Assessment, *, reported: bool = False) -> None:
    """Print every region: what stands, the worst first, and a summary line each.

    On a terminal, sentences are wrapped to its width; addresses and places never are, so that they can be copied.
    `reported` says that a report with all the rest was written.
    """
    print_standing(console, assessment)
    for region in assessment.regions:
        for line in _summary(console, assessment, region):
            console.print(line, soft_wrap=True)
    if not reported and any(region.waived for region in assessment.regions):
        hint = "Add --report DIR to see who accepted each waived finding, why and until when."
        console.print(Text(hint, style="dim"), soft_wrap=True)


def print_standing(console: Console, assessment: Assessment) -> None:
    """Print what stands in every region, the worst first."""
    for region in assessment.regions:
        for line in _findings(console, assessment, region):
            console.print(line, soft_wrap=True)


def _findings(console: Console, assessment: Assessment, region: RegionAssessment) -> Iterator[Text]:
    for severity, findings in groupby(region.findings, key=lambda finding: finding.severity):
        group = list(findings)
        told = "" if assessment.terms.fails(group[0]) else ": told, does not fail"
        yield Text(f"{printable(region.name)}: {len(group)} {severity}{told}", style=SEVERITY_STYLES[severity])
        for finding in group:
            yield from _finding(console, finding, compiled_file(assessment, finding.file))
            yield Text()


def _finding(console: Console, finding: Finding, file: str) -> Iterator[Text]:
    head = Text(f"  {printable(finding.check)}  ", style=SEVERITY_STYLES[finding.severity])
    yield from wrapped(head, Text(printable(finding.message)), console)
    yield Text(f"    {printable(finding.address)}")
    yield Text(f"    at   {printable(file)}:{finding.line}", style="dim")
    if finding.spec is not None:
        place = f"{finding.spec.file}:{finding.spec.line} ({finding.spec_path})"
        yield Text(f"    spec {printable(place)}", style="dim")
    elif finding.spec_path:
        yield Text(f"    spec {printable(finding.spec_path)}", style="dim")
    if finding.why:
        yield from wrapped(Text("    why  "), Text(printable(finding.why)), console)
    yield from wrapped(Text("    fix  "), Text(printable(finding.fix)), console)
    if finding.link:
        yield Text(f"    see  {printable(finding.link)}", style="dim")


def _summary(console: Console, assessment: Assessment, region: RegionAssessment) -> Iterator[Text]:
    name = f"{printable(region.name)}: "
    if not region.judged:
        yield Text(f"{name}not judged", style="bold red")
        return
    failing = sum(assessment.terms.fails(finding) for finding in region.findings)
    told = len(region.findings) - failing
    findings = f"{count(len(region.findings), 'finding')}{f' ({told} told)' if told else ''}"
    expiry = next_expiry(region.waived)
    waived = f"{len(region.waived)} waived{f' until {expiry}' if expiry else ''}"
    judged = f"{count(region.resources, 'resource')}, {count(len(region.passed), 'check')} passed"
    style = "red" if failing else "yellow" if told else "green"
    yield from wrapped(Text(name, style=style), Text(f"{judged}, {findings}, {waived}", style=style), console)
